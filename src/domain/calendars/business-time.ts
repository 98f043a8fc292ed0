import { Temporal } from 'temporal-polyfill';
import { ItacaError } from '../error.js';
import { isoDate } from '../time/clock.js';
import { type BusinessCalendar, dayAt, momentOf, type Stretch } from './open-hours.js';

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
  const direction = duration.startsWith('-') ? -1 : 1;
  const { years, months, weeks, days, hours, minutes, seconds, milliseconds } = parse(duration);
  const fail = () => unreachable(startMs, duration, calendar);
  let at = Math.floor(startMs);
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
  if (days > 0) at = moveDays(at, days, direction, calendar, fail);
  let left = hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + milliseconds;
  for (const [open, close] of stretchesFrom(at, direction, calendar)) {
    if (left <= close - open) return direction === 1 ? open + left : close - left;
    left -= close - open;
  }
  throw fail();
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
  const last = dayAt(Math.floor(endMs), calendar.timeZone) + 1;
  for (let day = dayAt(Math.floor(startMs), calendar.timeZone) - 1; day <= last; day++) {
    for (const [open, close] of calendar.stretches(day)) {
      total += Math.max(0, Math.min(close, endMs) - Math.max(open, startMs));
    }
  }
  return total / 60_000;
}

/**
 * The open stretches after a moment, or before it the other way round, cut off at that moment. They are looked for from
 * a day beyond: a night that began the day before may still be open, and clocks put back at midnight show a day twice.
 */
function* stretchesFrom(at: number, direction: 1 | -1, calendar: BusinessCalendar): Generator<Stretch> {
  const first = dayAt(at, calendar.timeZone);
  for (let step = -1; step <= reachDays; step++) {
    const stretches = calendar.stretches(first + step * direction);
    for (const [open, close] of direction === 1 ? stretches : stretches.toReversed()) {
      if (direction === 1 && close > at) yield [Math.max(open, at), close];
      if (direction === -1 && open < at) yield [open, Math.min(close, at)];
    }
  }
}

/** The same time on the wall, so many open days on or back. */
function moveDays(
  at: number,
  days: number,
  direction: 1 | -1,
  { timeZone, isOpenDay }: BusinessCalendar,
  fail: () => ItacaError,
): number {
  const first = dayAt(at, timeZone);
  let day = first;
  for (let left = days; left > 0; ) {
    day += direction;
    if (Math.abs(day - first) > reachDays) throw fail();
    if (isOpenDay(day)) left--;
  }
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainTime();
  const rest = time.second * 1000 + time.millisecond;
  return momentOf(day, time.hour * 60 + time.minute, timeZone) + rest;
}

function parse(duration: string): Temporal.Duration {
  try {
    return Temporal.Duration.from(duration).abs();
  } catch (cause) {
    throw new ItacaError('invalid', `"${duration}" is not a duration`, {
      hint: 'write it as ISO 8601 does, such as PT8H or P2D',
      cause,
    });
  }
}

function unreachable(startMs: number, duration: string, { name, timeZone }: BusinessCalendar): ItacaError {
  return new ItacaError(
    'invalid',
    `calendar "${name}" has no moment ${duration} from ${isoDate(startMs, timeZone)} within a hundred years`,
    { hint: `look at the open hours in calendars/${name}.yaml` },
  );
}
