import type { CaseFile } from './case-file.js';
import { isAnswer } from './case-file.js';
import type { Clock, ClockWorld } from './clocks.js';
import { historyOf } from './history-of.js';
import { meterOf } from './meter.js';
import {
  type EscalationStep,
  type MessageSignal,
  messageSignals,
  type Process,
  type Signal,
} from './process.js';
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
  /** What the case gets, where its own is lower. */
  priority?: EscalationStep['priority'];
  /** The same for the same step of the same case in every clone. */
  key: string;
}

/** How often a customer comes without an answer before it is a signal. */
const repeated = 3;

/**
 * The steps of its process's escalation that have come for an open case, in the order of time: so long after each
 * deadline that is missed and still unmet, and at each signal. A step comes once for each deadline and signal; of what
 * messages say by themselves only the first that says so counts, until the case is opened again.
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
    ...(step.signal === undefined ? [] : momentsOf(step.signal, file, process, broken)).map((moment) =>
      atSignal(step, step.signal as Signal, moment),
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
    ...priorityOf(step),
    key: `${level} ${clock.clock} ${clock.started}`,
  };
}

const signalWords: Record<Exclude<Signal, MessageSignal>, string> = {
  repeated_contact: `the customer came ${repeated} times without an answer`,
  reopened: 'it was opened again',
  broken_promise: 'a promise was not kept',
};

/** When a signal came, and what was seen where a message says so by itself. */
interface Moment {
  at: number;
  why: string;
}

function atSignal(step: EscalationStep, signal: Signal, { at, why }: Moment): EscalationDue {
  const { level, notify = 'owner' } = step;
  return { level, at, notify, why, ...priorityOf(step), key: `${level} ${signal} ${at}` };
}

function priorityOf({ priority }: EscalationStep): Pick<EscalationDue, 'priority'> {
  return priority === undefined ? {} : { priority };
}

/** The moments at which a signal came. */
function momentsOf(
  signal: Signal,
  file: CaseFile,
  process: Process | undefined,
  broken: readonly number[],
): readonly Moment[] {
  if (isOfMessage(signal)) return firstMessages(signal, file, process);
  const why = signalWords[signal];
  const at = (moments: readonly number[]) => moments.map((at) => ({ at, why }));
  if (signal === 'broken_promise') return at(broken);
  if (signal === 'reopened') return at(reopenings(stretchesOf(file, process)));
  let times = 0;
  return at(
    file.interactions.flatMap((interaction) => {
      if (isAnswer(interaction)) times = 0;
      else if (interaction.direction === 'inbound' && ++times === repeated) return [interaction.at];
      return [];
    }),
  );
}

function isOfMessage(signal: Signal): signal is MessageSignal {
  return (messageSignals as readonly Signal[]).includes(signal);
}

/** The first message that says something by itself, and the first after each time the case was opened again. */
function firstMessages(signal: MessageSignal, file: CaseFile, process: Process | undefined): Moment[] {
  const saying = file.interactions.flatMap(({ at, direction, signals }) => {
    const why = direction === 'inbound' ? signals?.[signal] : undefined;
    return why === undefined ? [] : [{ at, why }];
  });
  const begins = [Number.NEGATIVE_INFINITY, ...reopenings(stretchesOf(file, process))];
  const found = begins.flatMap((begin, position) => {
    const end = begins[position + 1] ?? Number.POSITIVE_INFINITY;
    return saying.find(({ at }) => at >= begin && at < end) ?? [];
  });
  return found;
}
