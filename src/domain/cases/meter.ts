import { addBusinessTime, addOpenTime, businessMinutesBetween } from '../calendars/business-time.js';
import { ItacaError } from '../error.js';
import { addDuration } from '../time/clock.js';
import type { ClockWorld } from './clocks.js';
import type { Deadline } from './process.js';

/** How a deadline counts time. Moments are epoch milliseconds, times are milliseconds. */
export interface Meter {
  /** @param duration ISO 8601 */
  add(from: number, duration: string): number;
  addTime(from: number, time: number): number;
  between(from: number, to: number): number;
}

/**
 * The open hours of the deadline's calendar; without one, the clock on the wall.
 * @throws ItacaError `invalid` where the calendar is not there
 */
export function meterOf(
  { calendar: name }: Pick<Deadline, 'calendar'>,
  { calendars, timeZone }: ClockWorld,
): Meter {
  if (name === undefined) {
    return {
      add: (from, duration) => addDuration(from, duration, timeZone),
      addTime: (from, time) => from + time,
      between: (from, to) => to - from,
    };
  }
  const calendar = calendars.get(name);
  if (!calendar) {
    throw new ItacaError('invalid', `a deadline names the calendar "${name}", which is not there`, {
      hint: `write calendars/${name}.yaml, or take the name out of the process`,
    });
  }
  return {
    add: (from, duration) => addBusinessTime(from, duration, calendar),
    addTime: (from, time) => addOpenTime(from, time, calendar),
    between: (from, to) => businessMinutesBetween(from, to, calendar) * 60_000,
  };
}
