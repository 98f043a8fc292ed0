import { Temporal } from 'temporal-polyfill';
import { ItacaError } from '../error.js';
import { isoDate } from '../time/clock.js';
import { parseDuration } from '../time/durations.js';
import { dayAt, momentOf, timeOfDay, yearAt, yearStart } from '../time/zone.js';
import type { BusinessCalendar, OpenYear } from './open-hours.js';

/** How far a duration may reach: a calendar that is closed for longer has no next open hour. */
const reachDays = 36_525;
const dayMs = 86_400_000;

/**
 * The moment that lies a duration of business time after another; with a leading minus, `-PT8H`, before it.
 *
 * - Hours, minutes and seconds count open time only. The result is the first moment by which that much has passed: it
 *   may be a closing time.
 * - A day is an open day: `P2D` is the same time on the second next day on which hours begin.
 * - Weeks, months and years are those of the calendar on the wall.
 * - Where years to days end outside the open hours, and where nothing is added at all, the next open moment counts
 *   (before: the last one), as in Zendesk's biz.
 *
 * Larger units come first. In local time an hour that the clocks leave out is the first moment after it, and one that
 * comes twice is its first occurrence.
 * @param startMs epoch milliseconds
 * @param duration ISO 8601
 * @returns epoch milliseconds
 * @throws ItacaError `invalid` where the calendar has no such moment within a hundred years, or for no duration
 */
export function addBusinessTime(startMs: number, duration: string, calendar: BusinessCalendar): number {
  const { direction, years, months, weeks, days, milliseconds } = parseDuration(duration);
  const fail = () => unreachable(startMs, duration, calendar);
  let at: number | undefined = Math.floor(startMs);
  if (years !== 0 || months !== 0 || weeks !== 0) {
    try {
      at = Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(calendar.timeZone)
        .add({
          years: years * direction,
          months: months * direction,
          weeks: weeks * direction,
        }).epochMilliseconds;
    } catch {
      throw fail();
    }
    if (Math.abs(at - startMs) > reachDays * dayMs) throw fail();
  }
  if (days > 0) at = moveDays(at, days * direction, calendar);
  if (at !== undefined)
    at = direction === 1 ? forward(at, milliseconds, calendar) : back(at, milliseconds, calendar);
  if (at === undefined) throw fail();
  return at;
}

/**
 * The first moment by which so much open time has passed; the next open one for none.
 * @param startMs epoch milliseconds
 * @param ms milliseconds, not negative
 * @returns epoch milliseconds
 * @throws ItacaError `invalid` where the calendar has no such moment within a hundred years
 */
export function addOpenTime(startMs: number, ms: number, calendar: BusinessCalendar): number {
  const at = forward(startMs, ms, calendar);
  if (at === undefined) throw unreachable(startMs, `${ms / 1000} s`, calendar);
  return at;
}

/**
 * The open time between two moments, in minutes and exact to the millisecond; 0 where the second is not later.
 * For durations without days or larger units it undoes `addBusinessTime`.
 * @param startMs epoch milliseconds
 * @param endMs epoch milliseconds
 */
export function businessMinutesBetween(startMs: number, endMs: number, calendar: BusinessCalendar): number {
  if (endMs <= startMs) return 0;
  let total = 0;
  const last = lastYear(endMs);
  for (let number = firstYear(startMs); number <= last; number++) {
    const year = calendar.year(number);
    total += openBefore(endMs, year) - openBefore(startMs, year);
  }
  return total / 60_000;
}

/**
 * The years whose stretches a moment may lie in or between: the wall may be a day from Greenwich, and a night that
 * began on the day before may still be open.
 */
const firstYear = (at: number) => yearAt(at - 3 * dayMs);
const lastYear = (at: number) => yearAt(at + 2 * dayMs);

function forward(at: number, ms: number, calendar: BusinessCalendar): number | undefined {
  const reach = at + reachDays * dayMs;
  let left = ms;
  if (left > reachDays * dayMs) return undefined;
  for (let number = firstYear(at); yearStart(number) <= reach + dayMs; number++) {
    const year = calendar.year(number);
    const passed = openBefore(at, year);
    const rest = year.total - passed;
    if (rest > 0 && left <= rest) {
      const target = passed + left;
      // Nothing to add: the stretch that is open then or begins next. Else the first by whose end it has passed.
      const index = countUpTo(year.before, target, left > 0) - 1;
      const moment = year.opens[index]! + target - year.before[index]!;
      return moment <= reach ? moment : undefined;
    }
    left -= rest;
  }
  return undefined;
}

function back(at: number, ms: number, calendar: BusinessCalendar): number | undefined {
  const reach = at - reachDays * dayMs;
  let left = ms;
  if (left > reachDays * dayMs) return undefined;
  for (let number = lastYear(at); yearStart(number + 1) >= reach - dayMs; number--) {
    const year = calendar.year(number);
    const passed = openBefore(at, year);
    if (passed > 0 && left <= passed) {
      const target = passed - left;
      const index = countUpTo(year.before, target, left === 0) - 1;
      const moment = year.opens[index]! + target - year.before[index]!;
      return moment >= reach ? moment : undefined;
    }
    left -= passed;
  }
  return undefined;
}

/** The open time of a year up to a moment, milliseconds. */
function openBefore(at: number, { opens, closes, before }: OpenYear): number {
  const index = countUpTo(opens, at) - 1;
  return index < 0 ? 0 : before[index]! + Math.min(at, closes[index]!) - opens[index]!;
}

/** How many of the numbers, which rise, are no greater than one; with `less`, how many are less. */
function countUpTo(numbers: readonly number[], limit: number, less = false): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit || (!less && numbers[middle] === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same time on the wall, so many open days on or, less than none, back; undefined where there are not so many. */
function moveDays(at: number, days: number, calendar: BusinessCalendar): number | undefined {
  const first = dayAt(at, calendar.timeZone);
  const direction = Math.sign(days);
  let left = Math.abs(days);
  if (left > reachDays) return undefined;
  for (let number = yearAt(first * dayMs); ; number += direction) {
    const edge = yearStart(direction === 1 ? number : number + 1) / dayMs;
    if ((edge - first) * direction > reachDays) return undefined;
    const open = calendar.year(number).days;
    // The days of this year that lie ahead: those after the first on the way on, those before it on the way back.
    const passed = direction === 1 ? countUpTo(open, first) : open.length - countUpTo(open, first, true);
    const ahead = open.length - passed;
    if (left <= ahead) {
      const day = open[direction === 1 ? passed + left - 1 : ahead - left]!;
      if ((day - first) * direction > reachDays) return undefined;
      return momentOf(day, timeOfDay(at, calendar.timeZone), calendar.timeZone);
    }
    left -= ahead;
  }
}

function unreachable(startMs: number, duration: string, { name, timeZone }: BusinessCalendar): ItacaError {
  return new ItacaError(
    'invalid',
    `calendar "${name}" has no moment ${duration} from ${isoDate(startMs, timeZone)} within a hundred years`,
    { hint: `look at the open hours in calendars/${name}.yaml` },
  );
}
