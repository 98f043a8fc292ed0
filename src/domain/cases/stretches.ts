import type { CaseFile } from './case-file.js';
import { firstOpened } from './case-file.js';
import { historyOf } from './history-of.js';
import type { Process } from './process.js';
import { type CaseState, type Category, caseStates, categoryOf } from './states.js';

/** A time in which a case stood in one state. */
export interface Stretch {
  state: CaseState;
  category: Category;
  /** Epoch milliseconds. */
  from: number;
  /** Epoch milliseconds; null for the state it stands in now. */
  to: number | null;
  /** What the move into it says. */
  why: string | undefined;
}

/**
 * The states of a case one after another, from when its first clock began, by the moves in its history as they stand
 * there. A move of an earlier time than the one above it (a clock was set back) counts as of the same moment. A merge
 * that was taken back is none: the case stood all the time where it stands again. A case without any move stands where
 * it was opened.
 */
export function stretchesOf(file: CaseFile, process: Process | undefined): Stretch[] {
  const opened = Date.parse(firstOpened(file).opened_at);
  const moves = movesOf(file);
  const stretches: Stretch[] = [];
  const enter = (state: CaseState, at: number, why: string | undefined) => {
    const last = stretches.at(-1);
    const from = Math.max(at, last?.from ?? opened);
    if (last) last.to = from;
    stretches.push({ state, category: categoryOf(state, process), from, to: null, why });
  };
  const first = moves[0];
  enter(first === undefined ? openedIn(file, process) : firstState(first), opened, first?.why);
  for (const { at, to, why } of moves) if (to !== stretches.at(-1)?.state) enter(to, at, why);
  return stretches;
}

function firstState({ from, to }: Move): CaseState {
  return to === 'new' ? to : (from ?? 'new');
}

/** Of a case that says nothing of its moves: in work since it was opened. Since when it rests or is done is not known. */
function openedIn({ data: { state, history } }: CaseFile, process: Process | undefined): CaseState {
  // `history:` without a value is null in the file.
  const silent = (history ?? []).length === 0;
  return silent && isState(state) && categoryOf(state, process) === 'open' ? state : 'new';
}

/** Whether the history leads to the state the case says it is in; where it does not, nothing is known of when. */
export function agreesWithState(stretches: readonly Stretch[], state: CaseState): boolean {
  return stretches.at(-1)?.state === state;
}

/** The moments at which a case that was held for solved was taken up again. */
export function reopenings(stretches: readonly Stretch[]): number[] {
  return stretches.flatMap((stretch, position) =>
    stretch.category !== 'resolved' && stretches[position - 1]?.category === 'resolved' ? [stretch.from] : [],
  );
}

interface Move {
  at: number;
  from: CaseState | undefined;
  to: CaseState;
  why: string | undefined;
}

function movesOf({ data }: CaseFile): Move[] {
  const moves: Move[] = [];
  for (const { at, from, to, why } of historyOf(data)) {
    if (!isState(to)) continue;
    const merge = from === 'merged' && moves.at(-1)?.to === 'merged' ? moves.pop() : undefined;
    const before = merge ? merge.from : from;
    moves.push({ at: Date.parse(at), from: isState(before) ? before : undefined, to, why });
  }
  return moves;
}

const states: ReadonlySet<unknown> = new Set(caseStates);

function isState(value: unknown): value is CaseState {
  return states.has(value);
}
