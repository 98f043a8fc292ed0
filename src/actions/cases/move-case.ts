import type { Case } from '../../domain/cases/case.js';
import { isAnswer, isWritten } from '../../domain/cases/case-file.js';
import { historyOf } from '../../domain/cases/history-of.js';
import type { CaseState } from '../../domain/cases/states.js';
import { allowedMoves, type PlannedMove, planMove } from '../../domain/cases/transition.js';
import { ItacaError } from '../../domain/error.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import { refuseStranger } from '../refuse-stranger.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { type CaseInHand, caseInHand } from './in-hand.js';

export interface MoveDetails {
  why?: string;
  /** Keys of the case that the move sets. */
  set?: Record<string, unknown>;
  /** More that its entry in the history says. */
  entry?: Record<string, unknown>;
}

/**
 * Moves a case along its process. Where the state it comes to needs an owner and it has none, it becomes that of who
 * moves it.
 * @throws ItacaError `refused` with the legal moves, or with what is missing
 */
export async function moveCase(
  which: string,
  to: CaseState,
  details: MoveDetails,
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const inHand = await caseInHand(which, tools);
  const { kase } = inHand;
  if (kase.data.state === to && Object.keys(details.set ?? {}).length > 0) {
    // It stands there already; what was forgotten is added.
    const set = details.set as Record<string, unknown>;
    const { id, path } = kase;
    await write([{ op: 'update', kind: 'case', id, path, set }], { subject: `case set ${id}` }, tools);
    return { ...kase, data: { ...kase.data, ...set } as Case };
  }
  const plan = planned(inHand, to, details, tools);
  await write([updateOf(kase, plan)], { subject: `case ${to} ${kase.id}` }, tools);
  return moved(kase, plan);
}

/** A case as a planned move leaves it. */
export function moved(kase: StoredRecord<Case>, { set, append }: PlannedMove): StoredRecord<Case> {
  const history = [...historyOf(kase.data), ...append.history];
  return { ...kase, data: { ...kase.data, ...set, history } as Case };
}

/** What a move of a case in hand writes; throws as `moveCase` does. */
export function planned(
  { kase, file, process, onFile }: CaseInHand,
  to: CaseState,
  { why, set = {}, entry }: MoveDetails,
  tools: Tools,
): PlannedMove {
  const wantsOwner = process?.required?.[to]?.includes('owner') === true;
  const owner = wantsOwner && kase.data.owner === undefined ? { owner: tools.actor } : {};
  return planMove(
    file,
    {
      to,
      at: nowIso(tools),
      by: tools.actor,
      ...(why ? { why } : {}),
      set: { ...owner, ...set },
      ...(entry ? { entry } : {}),
    },
    process,
    onFile,
  );
}

/** Waits for the customer, or for a colleague who is asked and whose own clock begins. */
export async function waitInCase(
  which: string,
  wait: { on?: string; why?: string },
  tools: Tools,
): Promise<StoredRecord<Case>> {
  refuseStranger(wait.on, tools);
  const details = wait.why ? { why: wait.why } : {};
  return wait.on === undefined
    ? moveCase(which, 'waiting_customer', details, tools)
    : moveCase(which, 'waiting_internal', { ...details, entry: { asked: wait.on } }, tools);
}

/**
 * Says that the customer holds the case for solved, by the interaction in which he said so; the last word he sent since
 * he was answered where none is named.
 * @throws ItacaError `not_found` where no word of his is on file; `usage` for what is no word of his
 */
export async function confirmationOf(
  which: string,
  named: string | true,
  tools: Tools,
): Promise<Record<string, unknown>> {
  if (named !== true) {
    const { ref, data } = await findRecord(tools.workspace, named, ['interaction']);
    // In a talk the customer speaks too, whoever rang whom.
    if (data.direction === 'internal' || (data.direction === 'outbound' && isWritten(data.channel)))
      throw new ItacaError('usage', `${ref} is no word of the customer`);
    return { confirmed_by_customer: ref };
  }
  const { file } = await caseInHand(which, tools);
  const answered = file.interactions.find(isAnswer)?.at ?? Number.POSITIVE_INFINITY;
  const word = file.interactions.findLast(({ at, direction }) => direction === 'inbound' && at >= answered);
  if (word) return { confirmed_by_customer: word.ref };
  throw new ItacaError('not_found', 'no word of the customer since he was answered is on file in this case', {
    hint: 'log it with itaca log … --in --case, or name it: --confirmed <interaction>',
  });
}

/** Whether a case in hand may go to a state. */
export function mayGo({ kase, process }: CaseInHand, to: CaseState): boolean {
  return allowedMoves(kase.data.state, process).includes(to);
}

/** A planned move as a change of the record. */
export function updateOf({ id, path }: StoredRecord<Case>, plan: PlannedMove): Change {
  return { op: 'update', kind: 'case', id, path, set: plan.set, append: plan.append };
}
