import { addBusinessTime } from '../calendars/business-time.js';
import type { BusinessCalendar } from '../calendars/open-hours.js';
import { addDuration } from '../time/clock.js';
import type { Sequence, Step } from './sequence.js';

/** What became of a step for a person; `open` is a task that nobody has done yet. */
export interface StepDone {
  /** Epoch milliseconds; of an open task, when it was made. */
  at: number;
  open?: true;
}

export interface NextStep {
  step: Step;
  /** When it may be done, epoch milliseconds; undefined while its task waits to be done. */
  due: number | undefined;
}

/** Where durations count. */
export interface StepClock {
  timeZone: string;
  calendars: ReadonlyMap<string, BusinessCalendar>;
}

/**
 * The next step of a person: the first one after the last that was done, in the order of the file, be the file edited
 * meanwhile. Its time counts from when the one before was really done.
 * @param since when the enrolment began or began again, epoch milliseconds
 * @param done by id of the step, also of steps that the file does not hold any more
 * @returns undefined where all is done
 * @throws ItacaError `invalid` where the calendar has no such moment
 */
export function nextStep(
  sequence: Sequence,
  since: number,
  done: ReadonlyMap<string, StepDone>,
  clock: StepClock,
): NextStep | undefined {
  const last = sequence.steps.findLastIndex(({ id }) => done.has(id));
  const waiting = last < 0 ? undefined : sequence.steps[last];
  if (waiting && done.get(waiting.id)?.open) return { step: waiting, due: undefined };
  const step = sequence.steps[last + 1];
  if (!step) return undefined;
  const from = [...done.values()].reduce((latest, { at }) => Math.max(latest, at), since);
  return { step, due: later(from, step.after, calendarOf(sequence, step, clock), clock) };
}

/** By when the task of a call or a letter is to be done, epoch milliseconds. */
export function taskDue(sequence: Sequence, step: Step, from: number, clock: StepClock): number {
  return later(from, step.within ?? 'P1D', calendarOf(sequence, step, clock), clock);
}

function calendarOf(sequence: Sequence, step: Step, { calendars }: StepClock): BusinessCalendar | undefined {
  const name = step.calendar ?? sequence.calendar;
  return name === undefined ? undefined : calendars.get(name);
}

function later(
  from: number,
  duration: string,
  calendar: BusinessCalendar | undefined,
  { timeZone }: StepClock,
): number {
  return calendar ? addBusinessTime(from, duration, calendar) : addDuration(from, duration, timeZone);
}
