import { ItacaError } from '../error.js';
import type { Case } from './case.js';
import type { CaseFile } from './case-file.js';
import { missingFor, type OnFile } from './evidence.js';
import { defaultMoves, type Process } from './process.js';
import type { CaseState } from './states.js';

export interface Move {
  to: CaseState;
  /** ISO 8601. */
  at: string;
  by: string;
  why?: string;
  /** Keys that this move sets in the case, such as `cause`. */
  set?: Record<string, unknown>;
  /** More that its entry in the history says, such as who was asked. */
  entry?: Record<string, unknown>;
}

export interface PlannedMove {
  set: Record<string, unknown>;
  append: { history: Record<string, unknown>[] };
}

/** The states a case may go to from one; merging is a command of its own. */
export function allowedMoves(from: CaseState, process: Process | undefined): CaseState[] {
  const allowed = process?.moves ? (process.moves[from] ?? []) : defaultMoves[from];
  return allowed.filter((state) => state !== 'merged');
}

/**
 * What a move writes into a case.
 * @throws ItacaError `refused` where the process does not allow it, naming the moves it does allow, or where it asks for
 *   something that is not on record, naming that
 */
export function planMove(
  file: CaseFile,
  move: Move,
  process: Process | undefined,
  onFile: OnFile,
): PlannedMove {
  const kase = file.data;
  const allowed = allowedMoves(kase.state, process);
  if (!allowed.includes(move.to)) {
    const legal =
      allowed.length > 0 ? `from ${kase.state} it can go to ${allowed.join(', ')}` : `${kase.state} is final`;
    throw new ItacaError('refused', `this case is ${kase.state} and cannot become ${move.to}: ${legal}`);
  }
  const set = { ...move.set, state: move.to };
  const missing = missingFor(move.to, { ...file, data: { ...kase, ...move.set } as Case }, process, onFile);
  if (missing.length > 0) {
    throw new ItacaError('refused', `this case cannot become ${move.to} yet: ${missing[0]?.message}`, {
      ...(missing.length > 1
        ? {
            hint: `and: ${missing
              .slice(1)
              .map(({ message }) => message)
              .join('; ')}`,
          }
        : {}),
    });
  }
  const entry: Record<string, unknown> = {
    at: move.at,
    by: move.by,
    from: kase.state,
    to: move.to,
    ...move.entry,
  };
  if (move.why) entry.why = move.why;
  return { set, append: { history: [entry] } };
}
