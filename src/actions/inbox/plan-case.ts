import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import type { Process } from '../../domain/cases/process.js';
import { machine } from '../../domain/cases/raise.js';
import { isOpen } from '../../domain/cases/states.js';
import type { Contact } from '../../domain/contacts/contact.js';
import type { Intent } from '../../domain/inbox/classification.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { idOfRef, refOfPath } from '../../domain/records/ids.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { requestOn } from '../agreements/apply-step.js';
import { alikeCases } from '../cases/alike-cases.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { Who } from './who.js';

/** What a message asks, and of whom. */
export interface Matter {
  /** Id of the message. */
  id: string;
  intent: Intent | undefined;
  contact: StoredRecord<Contact>;
  who: Pick<Who, 'answers' | 'case' | 'order' | 'agreement'>;
  subject: string;
  text: string;
  channel: string;
  /** ISO 8601. */
  receivedAt: string;
  /** Who filed it, where a person did. */
  by?: string | undefined;
  /** Reference of the case that a write which broke off half way put it in. */
  begunIn?: string | undefined;
}

/** The case that a message belongs to. */
export interface CasePlan {
  /** Reference. */
  ref: string;
  opened: boolean;
  changes: Change[];
  why: string;
}

/** Processes that were read, so that a pull of thousands reads each once. */
const known = new WeakMap<Workspace, Map<string, Process | undefined>>();

function processOf(type: string, workspace: Workspace): Process | undefined {
  const processes = known.get(workspace) ?? new Map<string, Process | undefined>();
  known.set(workspace, processes);
  if (!processes.has(type)) processes.set(type, readProcess(workspace.root, type));
  return processes.get(type);
}

/** What is asked for by itself, and does not wait in the case of something else that is done. */
const pressing = new Set<Intent | undefined>(['complaint', 'cancellation', 'privacy', 'order']);

/** What came so long before a case, in milliseconds, did not begin it, whatever its date says. */
const sameMatterMs = 183 * 86_400_000;

/** Types of case that may be about one matter: who asks where his order is complains of it next. */
const oneMatter = new Set<string | undefined>(['question', 'order', 'complaint', 'return']);

/**
 * Finds the case that a message belongs to: the one it names, that of what it answers, an open one of the same customer
 * about the same order or in much the same words, or the only open complaint or cancellation; else it opens one, where the
 * workspace has a process for what is asked. The clock of the first message counts, in whichever order they are read; and
 * what began as a question and is complained of becomes a complaint.
 * @returns undefined for what belongs to no case
 */
export async function planCase(matter: Matter, tools: Tools): Promise<CasePlan | undefined> {
  const index = await tools.workspace.index();
  const { who, intent } = matter;
  const interrupted = beganIn(matter, index, tools);
  if (interrupted) return joining(interrupted, matter, 'it began');
  const thread = who.answers?.data.case;
  const inThread = thread
    ? (index.get(idOfRef(thread) ?? '') as unknown as StoredRecord<Case> | undefined)
    : undefined;
  const begun = who.case ?? inThread;
  const why = who.case ? 'it names the case' : 'it answers what was written in the case';
  if (begun && isOpen(begun.data.state) && (intent !== 'cancellation' || begun.data.type === intent))
    return joining(begun, matter, why);
  const opens =
    intent !== undefined && intent !== 'reply' && processOf(intent, tools.workspace) !== undefined;
  const alike = opens ? alikeOf(matter, intent, index) : undefined;
  if (alike) return joining(alike, matter, 'it reads like the open case');
  if (begun && !pressing.has(intent)) return joining(begun, matter, why);
  return opens ? opening(matter, intent, tools) : undefined;
}

/** The case that a write of this message which broke off half way had put it in, or had opened. */
function beganIn(
  { id, begunIn }: Matter,
  index: Index,
  { workspace }: Tools,
): StoredRecord<Case> | undefined {
  const opened = derivedId(workspace.config.id, 'case', `inbox ${id}`);
  const found = index.get(opened) ?? index.get(idOfRef(begunIn ?? '') ?? '');
  return found as unknown as StoredRecord<Case> | undefined;
}

/** An open case of the customer about the same matter. */
function alikeOf(matter: Matter, type: Intent, index: Index): StoredRecord<Case> | undefined {
  const { contact, who, subject, text } = matter;
  const asked = {
    title: subject,
    note: text,
    type,
    contact: contact.ref,
    company: contact.data.company,
    order: who.order?.ref,
    agreement: who.agreement?.ref,
  };
  const alike = alikeCases(asked, index);
  const ofType = alike.find(({ data }) => data.type === type);
  if (ofType) return ofType;
  const same = oneMatter.has(type) ? alike.find(({ data }) => oneMatter.has(data.type)) : undefined;
  if (same) return same;
  if (type !== 'complaint' && type !== 'cancellation') return undefined;
  const [only, ...others] = (index.naming(contact.id, ['case']) as unknown as StoredRecord<Case>[]).filter(
    ({ data }) => data.type === type && isOpen(data.state),
  );
  // Who complains again complains of the same, unless he names another order or agreement.
  const differs = (one: string | undefined, other: StoredRecord | undefined) =>
    one !== undefined && other !== undefined && idOfRef(one) !== other.id;
  if (!only || others.length > 0) return undefined;
  return differs(only.data.order, who.order) || differs(only.data.agreement, who.agreement)
    ? undefined
    : only;
}

function joining(kase: StoredRecord<Case>, matter: Matter, why: string): CasePlan {
  const { id, path, ref, data } = kase;
  const { receivedAt, intent, channel, id: message, who, by = machine } = matter;
  const set: Record<string, unknown> = {};
  const history: Record<string, unknown>[] = [];
  const told = [`${why} ${ref}`];
  const earlier = Date.parse(data.opened_at) - Date.parse(receivedAt);
  if (earlier > 0 && earlier < sameMatterMs) {
    set.opened_at = receivedAt;
    told.push('whose clock it moves back');
  }
  if (intent === 'complaint' && data.type !== 'complaint' && oneMatter.has(data.type) && isOpen(data.state)) {
    set.type = 'complaint';
    if (data.process !== undefined) set.process = 'complaint';
    history.push({ at: receivedAt, by, activity: 'complaint', why: `${channel} ${message}` });
    told.push('which is a complaint from now on');
  }
  if (data.order === undefined && who.order) set.order = who.order.ref;
  const changes: Change[] =
    Object.keys(set).length === 0
      ? []
      : [
          {
            op: 'update',
            kind: 'case',
            id,
            path,
            set,
            ...(history.length > 0 ? { append: { history } } : {}),
          },
        ];
  return { ref, opened: false, changes, why: told.join(', ') };
}

async function opening(matter: Matter, type: Intent, tools: Tools): Promise<CasePlan> {
  const { workspace } = tools;
  const { id: message, contact, who, subject, text, channel, receivedAt, by = machine } = matter;
  const title = titleOf(subject, text) ?? `${type} by ${channel}`;
  const record = await newRecord(
    'case',
    {
      title,
      type,
      state: 'new',
      channel,
      contact: contact.ref,
      company: contact.data.company,
      agreement: (who.agreement ?? onlyAgreement(matter, type, await workspace.index()))?.ref,
      order: who.order?.ref,
      office: processOf(type, workspace)?.office,
      opened_at: receivedAt,
      history: [{ at: receivedAt, by, to: 'new', why: `${channel} ${message}` }],
    },
    { title, id: derivedId(workspace.config.id, 'case', `inbox ${message}`) },
    tools,
  );
  return {
    ref: refOfPath(record.path),
    opened: true,
    changes: [record],
    why: `it opens a case of type ${type}`,
  };
}

/** The first words that say something, as the title of a case. */
function titleOf(subject: string, text: string): string | undefined {
  const bare = subject.replace(/^(?:\s*(?:re|r|i|fw|fwd|aw|wg|tr|rif|ant)\s*:)+/i, '').trim();
  const first =
    bare ||
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim();
  return first ? first.replace(/\s+/g, ' ').slice(0, 120) : undefined;
}

/**
 * The agreement that somebody ends: the one he names, or the only active one he has. Undefined where he names an order,
 * which it may be that he means.
 */
export function onlyAgreement(
  { contact, who }: Pick<Matter, 'contact' | 'who'>,
  intent: Intent | undefined,
  index: Index,
): StoredRecord<Agreement> | undefined {
  if (intent !== 'cancellation') return undefined;
  if (who.agreement) return who.agreement as unknown as StoredRecord<Agreement>;
  if (who.order) return undefined;
  const active = (index.naming(contact.id, ['agreement']) as unknown as StoredRecord<Agreement>[]).filter(
    ({ data }) => data.state === 'active',
  );
  return active.length === 1 ? active[0] : undefined;
}

/** What a cancellation writes into the agreement: that it is asked for, since when, and by which message. */
export function planCancellation(matter: Matter, index: Index, interaction: string): Change[] {
  const agreement = onlyAgreement(matter, matter.intent, index);
  const { receivedAt: at, by = machine } = matter;
  return agreement ? requestOn(agreement, { at, by, why: interaction }) : [];
}
