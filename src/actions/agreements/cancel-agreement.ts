import type { Agreement } from '../../domain/agreements/agreement.js';
import { requesting } from '../../domain/agreements/steps.js';
import type { Case } from '../../domain/cases/case.js';
import { ItacaError } from '../../domain/error.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { refOfPath } from '../../domain/records/ids.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { attach } from '../attach.js';
import { channelOf } from '../cases/channel-of.js';
import { findRecord } from '../find-record.js';
import { planCase } from '../inbox/plan-case.js';
import { newRecord } from '../new-record.js';
import { pastInstant } from '../past-instant.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { changeOf, withStep } from './apply-step.js';
import { type Effect, effectOf } from './effective.js';
import { cancellationCaseOf, isWithParty, partyOf } from './party.js';

export interface CancelInput {
  /** The interaction by which it was asked for, or the case in which, in any way of naming one. */
  in?: string;
  /** How it came, of a request that is not on file yet. */
  channel?: string;
  /** What was said. */
  text?: string;
  /** When it came, as a person types it. */
  at?: string;
  attach?: string[];
}

/** What a step of a cancellation came to. */
export interface StepOutcome {
  /** As it stands now. */
  agreement: StoredRecord<Agreement>;
  /** References of what the step rests on. */
  interaction: string | null;
  case: string | null;
  effect: Effect;
}

/**
 * Puts on file that somebody ends an agreement: from then on no offer goes to him. The request is in a case of type
 * cancellation, whose process has the clock; where none is open and the workspace has the process, one is opened.
 * @throws ItacaError `usage` where nothing says how it came; `conflict` where it is on file
 */
export async function cancelAgreement(which: string, input: CancelInput, tools: Tools): Promise<StepOutcome> {
  const agreement = await findRecord<Agreement>(tools.workspace, which, ['agreement']);
  const { id, ref, data } = agreement;
  requesting(data, { at: '9999-12-31T00:00:00Z', by: tools.actor });
  const asked = await requestOf(agreement, input, tools);
  const step = requesting(data, {
    at: asked.at,
    by: tools.actor,
    why: asked.interaction ?? asked.case ?? ref,
  });
  const changes = [...asked.changes, changeOf(agreement, step)];
  await write(changes, { subject: `agreement cancel ${id}`, also: asked.keep() }, tools);
  const after = withStep(agreement, step);
  return {
    agreement: after,
    interaction: asked.interaction,
    case: asked.case,
    effect: await effectOf(after, undefined, asked.at, tools),
  };
}

interface Request {
  at: string;
  interaction: string | null;
  case: string | null;
  changes: Change[];
  keep(): string[];
}

async function requestOf(
  agreement: StoredRecord<Agreement>,
  input: CancelInput,
  tools: Tools,
): Promise<Request> {
  const index = await tools.workspace.index();
  if (input.channel !== undefined) {
    if (input.in !== undefined)
      throw new ItacaError(
        'usage',
        '--in and --channel exclude each other: one is on file, the other is not',
      );
    return newRequest(agreement, input, tools);
  }
  const known = input.in ?? cancellationCaseOf(agreement.id, index)?.id;
  if (known === undefined)
    throw new ItacaError('usage', 'how did he ask for it?', {
      hint: 'say --channel letter "what he wrote", or name what is on file: --in <interaction or case>',
    });
  if (input.text !== undefined || input.at !== undefined || input.attach !== undefined)
    throw new ItacaError('usage', `what is on file says this itself: ${known}`, {
      hint: 'for a request that is not on file: --channel phone "what was said"',
    });
  const found = await findRecord(tools.workspace, known, ['interaction', 'case']);
  return found.kind === 'case'
    ? inCase(agreement, found as unknown as StoredRecord<Case>)
    : byInteraction(agreement, found as unknown as StoredRecord<Interaction>, tools);
}

/** A case on file, which names the agreement from now on. */
function inCase(agreement: StoredRecord<Agreement>, { id, path, ref, data }: StoredRecord<Case>): Request {
  const set = { agreement: agreement.ref };
  const changes: Change[] =
    data.agreement === undefined ? [{ op: 'update', kind: 'case', id, path, set }] : [];
  return { at: data.opened_at, interaction: null, case: ref, changes, keep: () => [] };
}

async function byInteraction(
  agreement: StoredRecord<Agreement>,
  said: StoredRecord<Interaction>,
  tools: Tools,
): Promise<Request> {
  const { id, path, ref, data, note } = said;
  if (data.direction === 'outbound' || data.direction === 'internal')
    throw new ItacaError('refused', `${ref} is no word of the customer`, { path });
  if (!isWithParty(data, agreement.data, await tools.workspace.index()))
    throw new ItacaError('refused', `${ref} is not of whose agreement it is`, { path });
  const { at, channel, subject = '', case: inCase } = data;
  const kase = inCase ?? (await caseOf(agreement, { id, at, channel, subject, text: note }, tools));
  const named = typeof kase === 'string' ? kase : kase?.ref;
  const set = {
    ...(data.agreement === undefined ? { agreement: agreement.ref } : {}),
    ...(inCase === undefined && named !== undefined ? { case: named } : {}),
  };
  const changes: Change[] =
    Object.keys(set).length > 0 ? [{ op: 'update', kind: 'interaction', id, path, set }] : [];
  if (typeof kase === 'object') changes.push(...kase.changes);
  return { at, interaction: ref, case: named ?? null, changes, keep: () => [] };
}

/** A request that is put on file with the step. */
async function newRequest(
  agreement: StoredRecord<Agreement>,
  { channel: by = '', text = '', at: when, attach: files = [] }: CancelInput,
  tools: Tools,
): Promise<Request> {
  const channel = channelOf(by);
  const at = pastInstant(when, tools);
  const { attachments, keep } = attach(files, tools);
  const id = tools.newId();
  const subject = `Cancellation of ${agreement.data.number ?? agreement.ref}`;
  const kase = await caseOf(agreement, { id, at, channel, subject, text }, tools);
  const { contact, company } = agreement.data;
  const interaction = await newRecord(
    'interaction',
    {
      at,
      channel,
      direction: 'inbound',
      by: tools.actor,
      contacts: contact === undefined ? undefined : [contact],
      company,
      case: kase?.ref,
      agreement: agreement.ref,
      subject,
      topics: ['cancellation'],
      attachments,
    },
    { title: `${channel} ${subject}`, note: text, id },
    tools,
  );
  const changes = [interaction, ...(kase?.changes ?? [])];
  return { at, interaction: refOfPath(interaction.path), case: kase?.ref ?? null, changes, keep };
}

/** The case of a request, as the inbox would find or open it. */
async function caseOf(
  agreement: StoredRecord<Agreement>,
  {
    id,
    at,
    channel,
    subject,
    text,
  }: { id: string; at: string; channel: string; subject: string; text: string },
  tools: Tools,
) {
  const contact = partyOf(agreement.data, await tools.workspace.index());
  if (!contact) return undefined;
  const who = {
    answers: undefined,
    case: undefined,
    order: undefined,
    agreement: agreement as unknown as StoredRecord,
  };
  return planCase(
    { id, intent: 'cancellation', contact, who, subject, text, channel, receivedAt: at, by: tools.actor },
    tools,
  );
}
