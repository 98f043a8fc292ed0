import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef, slug } from '../../domain/records/ids.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { requestOn } from '../agreements/apply-step.js';
import { attach } from '../attach.js';
import { findRecord } from '../find-record.js';
import { type Created, newRecord, nowIso } from '../new-record.js';
import { pastInstant } from '../past-instant.js';
import { refuseStranger } from '../refuse-stranger.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { alikeCases, type CaseSubject } from './alike-cases.js';
import { channelOf } from './channel-of.js';
import { caseInHand } from './in-hand.js';

export interface CaseInput {
  title: string;
  type: string;
  contact?: string;
  company?: string;
  channel?: string;
  priority?: string;
  owner?: string;
  office?: string;
  order?: string;
  agreement?: string;
  note?: string;
  /** When it arrived, as a person types it; now where absent. */
  at?: string;
  /** Files that came with it. */
  attach?: string[];
}

/** What came of opening a case. */
export interface OpenOutcome {
  /** The new case; undefined where the matter joined one that was open. */
  record?: Created;
  /** The case that it joined, and what was put on file there. */
  joined?: { kase: StoredRecord<Case>; interaction: Created };
  /** Open cases of the customer that read alike, the most alike first. */
  alike: StoredRecord<Case>[];
}

/**
 * Opens a case. Anyone may; who it belongs to is shown until somebody owns it.
 * @param join a case, or true for the most alike of the customer's open ones: then what was said becomes one more
 *   contact in that case, whose clock stays. Where none is alike, a case is opened
 */
export async function openCase(
  input: CaseInput,
  join: string | true | undefined,
  tools: Tools,
): Promise<OpenOutcome> {
  const { workspace } = tools;
  refuseStranger(input.owner, tools);
  refuseUnknownOffice(input.office, workspace.config.offices);
  if (input.channel !== undefined) channelOf(input.channel);
  const subject = await subjectOf(input, tools);
  const index = await workspace.index();
  const alike = typeof join === 'string' ? [] : alikeCases(subject, index);
  const target = typeof join === 'string' ? await openCaseNamed(join, tools) : alike[0];
  if (join !== undefined && target) {
    return { joined: { kase: target, interaction: await joinCase(target, input, subject, tools) }, alike };
  }
  const process = readProcess(workspace.root, input.type);
  const { owner } = input;
  const at = nowIso(tools);
  const openedAt = pastInstant(input.at, tools);
  const { attachments, keep } = attach(input.attach ?? [], tools);
  const record = await newRecord(
    'case',
    {
      title: input.title,
      type: input.type,
      state: 'new',
      priority: input.priority,
      channel: input.channel,
      contact: subject.contact,
      company: subject.company,
      agreement: subject.agreement,
      order: subject.order,
      owner,
      office:
        input.office ?? (owner ? workspace.config.members?.[owner]?.office : undefined) ?? process?.office,
      opened_at: openedAt,
      history: [{ at: openedAt, by: tools.actor, to: 'new' }, ...handOver(owner, at, tools.actor)],
      attachments,
    },
    { title: input.title, ...(input.note ? { note: input.note } : {}) },
    tools,
  );
  const ended =
    input.type === 'cancellation' ? await requestedBy(subject.agreement, openedAt, record.ref, tools) : [];
  await write([record, ...ended], { subject: `case open ${record.id}`, also: keep() }, tools);
  return { record, alike };
}

/** That an agreement is to end counts from the moment it is on file, in whichever way it came there. */
async function requestedBy(
  agreement: string | undefined,
  at: string,
  why: string,
  { workspace, actor }: Tools,
): Promise<Change[]> {
  const found = (await workspace.index()).get(idOfRef(agreement ?? '') ?? '');
  return found?.kind === 'agreement'
    ? requestOn(found as unknown as StoredRecord<Agreement>, { at, by: actor, why })
    : [];
}

/** Open cases of the customer that read as this one would. */
export async function alikeFor(input: CaseInput, tools: Tools): Promise<StoredRecord<Case>[]> {
  return alikeCases(await subjectOf(input, tools), await tools.workspace.index());
}

async function subjectOf(input: CaseInput, { workspace }: Tools): Promise<CaseSubject> {
  const named = async (text: string | undefined, kind: 'contact' | 'company' | 'order' | 'agreement') =>
    text === undefined ? undefined : findRecord(workspace, text, [kind]);
  const contact = await named(input.contact, 'contact');
  const company = await named(input.company, 'company');
  return {
    title: input.title,
    note: input.note,
    type: input.type,
    contact: contact?.ref,
    company: company?.ref ?? (contact?.data.company as string | undefined),
    order: (await named(input.order, 'order'))?.ref,
    agreement: (await named(input.agreement, 'agreement'))?.ref,
  };
}

/** A case to be joined, which has to be open: the clock of one that is done does not run on. */
async function openCaseNamed(which: string, tools: Tools): Promise<StoredRecord<Case>> {
  const { kase } = await caseInHand(which, tools);
  if (isOpen(kase.data.state)) return kase;
  throw new ItacaError('refused', `this case is ${kase.data.state}: its clock does not run any more`, {
    path: kase.path,
    hint: `take it up again first: itaca case reopen ${kase.id}`,
  });
}

/** Puts what was said on file as one more contact in a case. */
async function joinCase(
  kase: StoredRecord<Case>,
  input: CaseInput,
  subject: CaseSubject,
  tools: Tools,
): Promise<Created> {
  const { attachments, keep } = attach(input.attach ?? [], tools);
  const contact = subject.contact ?? kase.data.contact;
  const channel = input.channel === undefined ? 'note' : channelOf(input.channel);
  const interaction = await newRecord(
    'interaction',
    {
      at: pastInstant(input.at, tools),
      channel,
      direction: 'inbound',
      by: tools.actor,
      contacts: contact ? [contact] : undefined,
      company: subject.company ?? kase.data.company,
      case: kase.ref,
      subject: input.title,
      attachments,
    },
    { title: `${channel} ${slug(input.title, '')}`, ...(input.note ? { note: input.note } : {}) },
    tools,
  );
  await write([interaction], { subject: `case join ${kase.id} ${interaction.id}`, also: keep() }, tools);
  return interaction;
}

/** A case that is opened for somebody else is handed over to him. */
function handOver(owner: string | undefined, at: string, by: string): Record<string, unknown>[] {
  return owner === undefined || owner === by ? [] : [{ at, by, owner }];
}

function refuseUnknownOffice(office: string | undefined, offices: object = {}): void {
  const known = Object.keys(offices);
  if (office === undefined || known.length === 0 || known.includes(office)) return;
  throw new ItacaError('usage', `there is no office "${office}"`, { hint: `there are: ${known.join(', ')}` });
}
