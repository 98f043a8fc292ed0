import type { Process } from '../cases/process.js';
import type { CaseState } from '../cases/states.js';
import { rounded } from './figures.js';
import { type Move, type MoveFault, MoveJudge } from './moves.js';

/** How well the cases of one type went by its process. */
export interface Fitness {
  type: string;
  cases: number;
  /** Cases all of whose moves the process allows. */
  fitting: number;
  moves: number;
  /** Moves that the process allows. */
  allowed: number;
  /** allowed / moves, to three digits; 1 where there was no move. */
  fitness: number;
}

/** A move that a process does not allow, and the cases that made it. */
export interface Violation extends Move {
  type: string;
  fault: MoveFault;
  /** The states that it passed over. */
  skipped: CaseState[];
  /** How often it was made. */
  moves: number;
  /** References of the cases. */
  cases: string[];
}

/** Gathers, case by case, how the cases that have a process went by it. */
export class ProcessFitness {
  private readonly judges = new Map<string, MoveJudge>();
  private readonly byType = new Map<string, Omit<Fitness, 'fitness'>>();
  private readonly found = new Map<string, Violation>();

  /**
   * @param type of the case; its process is that of this name
   * @param ref of the case
   */
  add(type: string, process: Process, ref: string, moves: readonly Move[]): void {
    const judge = this.judges.get(type) ?? new MoveJudge(process);
    this.judges.set(type, judge);
    const tally = this.byType.get(type) ?? { type, cases: 0, fitting: 0, moves: 0, allowed: 0 };
    this.byType.set(type, tally);
    let wrong = 0;
    for (const move of moves) {
      const fault = judge.fault(move);
      if (!fault) continue;
      wrong++;
      this.note(type, move, fault, ref);
    }
    tally.cases++;
    tally.moves += moves.length;
    tally.allowed += moves.length - wrong;
    if (wrong === 0) tally.fitting++;
  }

  /** By type. */
  fitness(): Fitness[] {
    return [...this.byType.values()]
      .map((tally) => ({ ...tally, fitness: tally.moves === 0 ? 1 : rounded(tally.allowed / tally.moves) }))
      .sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  /** The most frequent first. */
  violations(): Violation[] {
    return [...this.found.values()].sort((a, b) => b.moves - a.moves);
  }

  private note(
    type: string,
    move: Move,
    { fault, skipped }: { fault: MoveFault; skipped: CaseState[] },
    ref: string,
  ): void {
    const key = `${type} ${move.from} ${move.to}`;
    const violation = this.found.get(key) ?? { type, fault, ...move, skipped, moves: 0, cases: [] };
    this.found.set(key, violation);
    violation.moves++;
    if (violation.cases.at(-1) !== ref) violation.cases.push(ref);
  }
}
