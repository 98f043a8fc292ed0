import { ItacaError } from '../error.js';
import type { Case } from './case.js';
import { defaultMoves, type Process } from './process.js';
import type { CaseState } from './states.js';

export interface Move {
  to: CaseState;
  /** ISO 8601. */
  at: string;
  by: string;
  why?: string;
  /** Other keys that this move sets, such as `cause`. */
  set?: Record<string, unknown>;
}

export interface PlannedMove {
  set: Record<string, unknown>;
  append: { history: Record<string, unknown>[] };
}

/**
 * What a move writes into a case.
 * @throws ItacaError `refused` when the process does not allow it, naming the moves it does allow
 */
export function planMove(kase: Case, move: Move, process: Process | undefined): PlannedMove {
  const allowed = process?.moves ? (process.moves[kase.state] ?? []) : defaultMoves[kase.state];
  if (!allowed.includes(move.to)) {
    const legal =
      allowed.length > 0 ? `from ${kase.state} it can go to ${allowed.join(', ')}` : `${kase.state} is final`;
    throw new ItacaError('refused', `this case is ${kase.state} and cannot become ${move.to}: ${legal}`);
  }
  const entry: Record<string, unknown> = { at: move.at, by: move.by, from: kase.state, to: move.to };
  if (move.why) entry.why = move.why;
  return { set: { ...move.set, state: move.to }, append: { history: [entry] } };
}
