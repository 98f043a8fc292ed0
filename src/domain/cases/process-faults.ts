import type { Fault } from '../check/fault.js';
import { defaultMoves, type Process } from './process.js';
import { type CaseState, caseStates, isOpen } from './states.js';

/** What a process is judged against. */
export interface ProcessSurroundings {
  /** The type that the file's name stands for. */
  type: string;
  calendars: ReadonlySet<string>;
  offices: ReadonlySet<string>;
  members: ReadonlySet<string>;
}

/** What is wrong with a process beyond its schema: names that nobody knows, states without a way in or out. */
export function processFaults(process: Process, surroundings: ProcessSurroundings): Fault[] {
  return [
    ...nameFaults(process, surroundings),
    ...stateFaults(process),
    ...wayFaults(process),
    ...escalationFaults(process, surroundings),
  ];
}

function nameFaults(process: Process, { type, calendars, offices }: ProcessSurroundings): Fault[] {
  const faults: Fault[] = [];
  if (process.type !== type)
    faults.push({ at: ['type'], message: `type: is "${process.type}", but the file is named ${type}.yaml` });
  if (process.office !== undefined && offices.size > 0 && !offices.has(process.office))
    faults.push({ at: ['office'], message: `office: itaca.yaml knows no office "${process.office}"` });
  for (const [position, { calendar }] of (process.deadlines ?? []).entries()) {
    if (calendar !== undefined && !calendars.has(calendar))
      faults.push({
        at: ['deadlines', position, 'calendar'],
        message: `deadlines: there is no calendar "${calendar}"`,
        hint:
          calendars.size > 0 ? `calendars are: ${[...calendars].join(', ')}` : 'write calendars/<name>.yaml',
      });
  }
  return faults;
}

/** States that stand in `moves` or `required` and not in `states`. */
function stateFaults({ states, moves = {}, required = {} }: Process): Fault[] {
  if (!states) return [];
  const stray = (at: (string | number)[], state: string): Fault[] =>
    states.includes(state as CaseState)
      ? []
      : [{ at, message: `${at[0]}: ${state} is not among the states of this process` }];
  return [
    ...Object.entries(moves).flatMap(([from, targets]) => [
      ...stray(['moves', from], from),
      ...(targets ?? []).flatMap((to, position) => stray(['moves', from, position], to)),
    ]),
    ...Object.keys(required).flatMap((state) => stray(['required', state], state)),
  ];
}

/** States that no case can come to, and open ones that no case can leave for good. */
function wayFaults(process: Process): Fault[] {
  const moves = process.moves ?? defaultMoves;
  const states = process.states ?? (process.moves ? (Object.keys(moves) as CaseState[]) : [...caseStates]);
  const reached = reachable('new', moves);
  const faults: Fault[] = [];
  for (const [position, state] of states.entries()) {
    const at = process.states ? ['states', position] : ['moves', state];
    // A case is merged by a command of its own, from every state.
    if (!reached.has(state) && state !== 'merged')
      faults.push({ at, message: `states: no move leads to ${state}` });
    else if (isOpen(state) && [...reachable(state, moves)].every(isOpen))
      faults.push({ at, message: `states: ${state} is a dead end: no move leads from it to an end` });
  }
  return faults;
}

function reachable(from: CaseState, moves: NonNullable<Process['moves']>): Set<CaseState> {
  const reached = new Set([from]);
  // A set hands out what is added while it is walked.
  for (const state of reached) for (const to of moves[state] ?? []) reached.add(to);
  return reached;
}

function escalationFaults({ escalation = [] }: Process, { members }: ProcessSurroundings): Fault[] {
  return escalation.flatMap(({ level, notify }, position): Fault[] => {
    const before = escalation[position - 1]?.level;
    const faults: Fault[] = [];
    if (before !== undefined && level !== undefined && Number(level) <= Number(before))
      faults.push({
        at: ['escalation', position, 'level'],
        message: `escalation: level ${level} follows level ${before}`,
      });
    if (
      typeof notify === 'string' &&
      members.size > 0 &&
      !['owner', 'reports_to'].includes(notify) &&
      !members.has(notify)
    )
      faults.push({
        at: ['escalation', position, 'notify'],
        message: `escalation: "${notify}" is neither owner, reports_to nor a member`,
      });
    return faults;
  });
}
