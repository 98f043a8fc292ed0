import { defaultMoves, type Process } from '../cases/process.js';
import { type CaseState, caseStates } from '../cases/states.js';
import type { Entry } from './event-name.js';

/**
 * What is wrong with a move that its process does not allow. `skipped`: it leads further than the process goes in one
 * step. `repeated`: it leads to where the case stands. `out_of_order`: it leads back, aside, or to where no way leads.
 */
export type MoveFault = 'skipped' | 'repeated' | 'out_of_order';

/** A move from one state to another, as a case made it. */
export interface Move {
  from: CaseState;
  to: CaseState;
}

/**
 * The moves of a case: each from where its entry says, or else from where the case stood. The first entry opens the
 * case, and is no move unless it says where from.
 * @param entries in the order of time
 */
export function movesOf(entries: readonly Entry[]): Move[] {
  let standing: CaseState | undefined;
  return entries.flatMap(({ from, to }) => {
    if (!isState(to)) return [];
    const before = isState(from) ? from : standing;
    standing = to;
    // Merging is a move of its own, open to every case.
    return before === undefined || to === 'merged' ? [] : [{ from: before, to }];
  });
}

/** Judges the moves of one process. */
export class MoveJudge {
  private readonly moves: NonNullable<Process['moves']>;
  /** How many steps the process needs from a new case to a state. */
  private readonly steps: ReadonlyMap<CaseState, number>;

  constructor(process: Process) {
    this.moves = process.moves ?? defaultMoves;
    this.steps = this.stepsFrom('new');
  }

  /** What is wrong with a move, and the states it passed over; undefined where the process allows it. */
  fault({ from, to }: Move): { fault: MoveFault; skipped: CaseState[] } | undefined {
    if (this.moves[from]?.includes(to)) return undefined;
    if (from === to) return { fault: 'repeated', skipped: [] };
    const further = (this.steps.get(to) ?? 0) > (this.steps.get(from) ?? 0);
    const skipped = further ? this.between(from, to) : undefined;
    return skipped ? { fault: 'skipped', skipped } : { fault: 'out_of_order', skipped: [] };
  }

  private stepsFrom(start: CaseState): Map<CaseState, number> {
    const steps = new Map([[start, 0]]);
    // A map hands out what is added while it is walked: nearer states come first.
    for (const [state, step] of steps)
      for (const to of this.moves[state] ?? []) if (!steps.has(to)) steps.set(to, step + 1);
    return steps;
  }

  /** The states on the shortest way from one to another; undefined where none leads there. */
  private between(from: CaseState, to: CaseState): CaseState[] | undefined {
    const ways = new Map<CaseState, CaseState[]>([[from, []]]);
    for (const [state, way] of ways)
      for (const next of this.moves[state] ?? []) {
        if (next === to) return state === from ? [] : [...way, state];
        if (!ways.has(next)) ways.set(next, state === from ? [] : [...way, state]);
      }
    return undefined;
  }
}

function isState(value: unknown): value is CaseState {
  return (caseStates as readonly unknown[]).includes(value);
}
