import type { Fault } from '../check/fault.js';
import { defaultMoves, type Process } from './process.js';
import { type CaseState, caseStates, categoryOf, isOpen } from './states.js';

type Moves = NonNullable<Process['moves']>;

/** The states that a process has. */
export function statesOf({ states, moves }: Process): CaseState[] {
  return states ?? (moves ? (Object.keys(moves) as CaseState[]) : [...caseStates]);
}

/**
 * States that no case can come to, open ones that no case can leave for good, and waits that lead only to one another:
 * there each could say that it waits for the next, and every clock would rest for good.
 */
export function wayFaults(process: Process): Fault[] {
  const moves = process.moves ?? defaultMoves;
  const reached = reachable('new', moves);
  const faults: Fault[] = [];
  const circling = new Set<CaseState>();
  for (const [position, state] of statesOf(process).entries()) {
    const at = process.states ? ['states', position] : ['moves', state];
    const circle = circleOf(state, moves, process);
    // A case is merged by a command of its own, from every state.
    if (!reached.has(state) && state !== 'merged')
      faults.push({ at, message: `states: no move leads to ${state}` });
    else if (circle.length > 1) {
      if (!circling.has(state))
        faults.push({
          at,
          message: `states: ${circle.join(' and ')} lead only to one another: a case could wait there for good`,
        });
      for (const each of circle) circling.add(each);
    } else if (isOpen(state) && [...reachable(state, moves)].every(isOpen))
      faults.push({ at, message: `states: ${state} is a dead end: no move leads from it to an end` });
  }
  return faults;
}

/** The waiting states that lead to one another and nowhere else, merging apart; empty where there is another way. */
function circleOf(state: CaseState, moves: Moves, process: Process): CaseState[] {
  const circle = [...reachable(state, moves)].filter((each) => each !== 'merged');
  const isWait = (each: CaseState) => each.startsWith('waiting_') || categoryOf(each, process) === 'paused';
  return circle.every(isWait) ? circle : [];
}

function reachable(from: CaseState, moves: Moves): Set<CaseState> {
  const reached = new Set([from]);
  // A set hands out what is added while it is walked.
  for (const state of reached) for (const to of moves[state] ?? []) reached.add(to);
  return reached;
}
