import type { CaseFile } from './case-file.js';
import { isAnswer } from './case-file.js';
import type { Clock, ClockWorld } from './clocks.js';
import { historyOf } from './history-of.js';
import { meterOf } from './meter.js';
import type { EscalationStep, Process, Signal } from './process.js';
import { isOpen } from './states.js';
import { reopenings, stretchesOf } from './stretches.js';

/** A step of the escalation that has come. */
export interface EscalationDue {
  level: string;
  /** When it came, epoch milliseconds. */
  at: number;
  /** A member, an office, `owner` or `reports_to`; the owner where the process says nothing. */
  notify: string;
  /** For people: what was missed, or what happened. */
  why: string;
  /** The same for the same step of the same case in every clone. */
  key: string;
}

/** How often a customer comes without an answer before it is a signal. */
const repeated = 3;

/**
 * The steps of its process's escalation that have come for an open case, in the order of time: so long after each
 * deadline that is missed and still unmet, and at each signal. A step comes once for each deadline and signal.
 * @param clocks of the case, as `caseClocks` reads them
 * @param broken when promises made in the case were broken, epoch milliseconds
 */
export function escalationsDue(
  file: CaseFile,
  process: Process | undefined,
  clocks: readonly Clock[],
  broken: readonly number[],
  world: ClockWorld,
): EscalationDue[] {
  const steps = process?.escalation ?? [];
  if (steps.length === 0 || !isOpen(file.data.state)) return [];
  const missed = clocks.filter(({ state, ended }) => state === 'breached' && ended === null);
  const due = steps.flatMap((step) => [
    ...missed
      .filter(({ clock }) => step.after !== undefined && (step.clock ?? clock) === clock)
      .map((clock) => afterClock(step, clock, world)),
    ...(step.signal === undefined ? [] : momentsOf(step.signal, file, process, broken)).map((at) =>
      atSignal(step, step.signal as Signal, at),
    ),
  ]);
  return due.filter(({ at }) => at <= world.now).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** The highest level that a case was raised to since it was last taken up; 0 where it was not raised. */
export function levelOf({ data }: Pick<CaseFile, 'data'>): number {
  let level = 0;
  for (const { activity, level: raised, to } of historyOf(data)) {
    if (activity === 'escalate') level = Math.max(level, Number(raised) || 0);
    // A merge that was taken back ended nothing.
    else if (to !== undefined && to !== 'merged' && !isOpen(to)) level = 0;
  }
  return level;
}

function afterClock(step: EscalationStep, clock: Clock, world: ClockWorld): EscalationDue {
  const { after = 'PT0S', level } = step;
  const none = /^P(?:T?0[A-Z])+$/.test(after);
  const at = none ? clock.due : meterOf(clock.deadline, world).add(clock.due, after);
  const what = clock.clock.replace('_', ' ');
  return {
    level,
    at,
    notify: step.notify ?? 'owner',
    why: `${what} missed${clock.who ? ` by ${clock.who}` : ''}`,
    key: `${level} ${clock.clock} ${clock.started}`,
  };
}

const signalWords: Record<Signal, string> = {
  repeated_contact: `the customer came ${repeated} times without an answer`,
  reopened: 'it was opened again',
  broken_promise: 'a promise was not kept',
};

function atSignal(step: EscalationStep, signal: Signal, at: number): EscalationDue {
  const { level, notify = 'owner' } = step;
  return { level, at, notify, why: signalWords[signal], key: `${level} ${signal} ${at}` };
}

/** The moments at which a signal came. */
function momentsOf(
  signal: Signal,
  file: CaseFile,
  process: Process | undefined,
  broken: readonly number[],
): readonly number[] {
  if (signal === 'broken_promise') return broken;
  if (signal === 'reopened') return reopenings(stretchesOf(file, process));
  let times = 0;
  return file.interactions.flatMap((interaction) => {
    if (isAnswer(interaction)) times = 0;
    else if (interaction.direction === 'inbound' && ++times === repeated) return [interaction.at];
    return [];
  });
}
