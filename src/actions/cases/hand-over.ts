import type { Case } from '../../domain/cases/case.js';
import { levelOf } from '../../domain/cases/escalation.js';
import { historyOf } from '../../domain/cases/history-of.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { caseInHand } from './in-hand.js';
import { mayGo, planned } from './move-case.js';

type Entry = Record<string, unknown>;

/**
 * Gives a case to a member, or to an office where nobody owns it until somebody accepts. The clock of the hand-over runs
 * until the other does something about it.
 * @throws ItacaError `usage` for somebody that `itaca.yaml` does not list
 */
export async function assignCase(
  which: string,
  to: string,
  why: string | undefined,
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const { members = {}, offices = {} } = tools.workspace.config;
  refuseUnknown(to, tools);
  const toOffice = !Object.hasOwn(members, to) && Object.hasOwn(offices, to);
  const { kase } = await caseInHand(which, tools);
  const has = toOffice ? kase.data.owner === undefined && kase.data.office === to : kase.data.owner === to;
  if (has) throw new ItacaError('conflict', `${to} has it already`, { path: kase.path });
  const office = members[to]?.office;
  const set: Entry = toOffice ? { owner: '', office: to } : { owner: to, ...(office ? { office } : {}) };
  const entry: Entry = {
    at: nowIso(tools),
    by: tools.actor,
    ...(toOffice ? { office: to } : { owner: to }),
    ...(why ? { why } : {}),
  };
  return writeCase(kase, 'assign', { set, entries: [entry] }, tools);
}

/**
 * Takes a case on: one that was handed over to the member who acts or to his office, or that nobody owns.
 * @throws ItacaError `conflict` where it is somebody else's
 */
export async function acceptCase(
  which: string,
  why: string | undefined,
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const inHand = await caseInHand(which, tools);
  const { kase } = inHand;
  const me = tools.actor;
  const { members = {} } = tools.workspace.config;
  const asked = historyOf(kase.data).findLast(({ to }) => to !== undefined)?.asked;
  const { owner } = kase.data;
  if (owner !== undefined && owner !== me && asked !== me) {
    throw new ItacaError('conflict', `${owner} owns this case`, {
      path: kase.path,
      hint: `to take it over: itaca case assign ${kase.id} ${me}`,
    });
  }
  const entry: Entry = { at: nowIso(tools), by: me, activity: 'accept', ...(why ? { why } : {}) };
  const mine = owner === undefined;
  const office = mine ? members[me]?.office : undefined;
  const set: Entry = mine ? { owner: me, ...(office ? { office } : {}) } : {};
  if (kase.data.state !== 'new' || !mayGo(inHand, 'open'))
    return writeCase(kase, 'accept', { set, entries: [entry] }, tools);
  const move = planned(inHand, 'open', { set }, tools);
  return writeCase(kase, 'accept', { set: move.set, entries: [entry, ...move.append.history] }, tools);
}

/**
 * Raises a case to a level by hand.
 * @param options.to the member or office who is to know; whom the owner reports to where absent
 * @throws ItacaError `refused` for a case that is done; `conflict` where it stands as high already
 */
export async function escalateCase(
  which: string,
  options: { why: string; level?: string; to?: string },
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const { kase } = await caseInHand(which, tools);
  if (!isOpen(kase.data.state)) {
    throw new ItacaError('refused', `this case is ${kase.data.state}: there is nothing to raise`, {
      path: kase.path,
      hint: `take it up again first: itaca case reopen ${kase.id}`,
    });
  }
  if (options.to !== undefined) refuseUnknown(options.to, tools);
  const { members = {} } = tools.workspace.config;
  const notify = options.to ?? members[kase.data.owner ?? tools.actor]?.reports_to;
  const before = levelOf(kase);
  const level = options.level ?? String(before + 1);
  if (Number(level) <= before)
    throw new ItacaError('conflict', `this case stands at level ${before} already`, { path: kase.path });
  const entry: Entry = {
    at: nowIso(tools),
    by: tools.actor,
    activity: 'escalate',
    level,
    ...(notify ? { notify } : {}),
    why: options.why,
  };
  return writeCase(kase, 'escalate', { set: {}, entries: [entry] }, tools);
}

/** Refuses who is neither a member nor an office, where `itaca.yaml` lists any. */
function refuseUnknown(who: string, { workspace }: Tools): void {
  const { members = {}, offices = {} } = workspace.config;
  const known = [...Object.keys(members), ...Object.keys(offices)];
  if (Object.keys(members).length === 0 || known.includes(who)) return;
  throw new ItacaError('usage', `"${who}" is neither a member nor an office`, {
    hint: `there are: ${known.join(', ')}`,
  });
}

async function writeCase(
  kase: StoredRecord<Case>,
  verb: string,
  { set, entries }: { set: Entry; entries: Entry[] },
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const { id, path } = kase;
  const change: Change = { op: 'update', kind: 'case', id, path, set, append: { history: entries } };
  await write([change], { subject: `case ${verb} ${id}` }, tools);
  const history = [...historyOf(kase.data), ...entries] as Case['history'];
  const data = { ...kase.data, ...set, history } as Case;
  if (data.owner === '') delete data.owner;
  return { ...kase, data };
}
