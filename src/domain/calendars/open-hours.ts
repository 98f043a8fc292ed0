import { Temporal } from 'temporal-polyfill';
import { type CalendarFile, weekdays } from './calendar.js';
import type { Interval } from './interval.js';

/** Open from the first moment up to, and without, the second; epoch milliseconds. */
export type Stretch = readonly [open: number, close: number];

/** Whether a local date, `2026-12-25`, is a public holiday. */
export type IsHoliday = (date: string) => boolean;

/** A calendar with its holidays, ready to count with. */
export interface BusinessCalendar {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Whether hours begin on a day, counted in days since 1970-01-01. */
  isOpenDay(day: number): boolean;
  /** The open stretches that begin on a day, in order, without what the night before already covers. */
  stretches(day: number): readonly Stretch[];
}

const dayMs = 86_400_000;

/**
 * Makes a calendar ready to count with. What a day turns out to be is computed once.
 * @param name for messages
 */
export function businessCalendar(name: string, file: CalendarFile, isHoliday: IsHoliday): BusinessCalendar {
  const { timezone: timeZone, week = {}, exceptions = [] } = file;
  const hoursOf = (day: number): readonly Interval[] => {
    const date = isoDay(day);
    const exception = exceptions.find((one) => one.date <= date && date <= (one.until ?? one.date));
    if (exception) return exception.hours;
    const hours = week[weekdays[(((day + 3) % 7) + 7) % 7]!] ?? [];
    return hours.length > 0 && isHoliday(date) ? [] : hours;
  };
  const own = remembered((day) =>
    hoursOf(day)
      .map(({ open, close }): Stretch => [momentOf(day, open, timeZone), momentOf(day, close, timeZone)])
      .filter(([open, close]) => close > open),
  );
  const stretches = remembered((day) => {
    const covered = own(day - 1).at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
    return own(day)
      .map(([open, close]): Stretch => [Math.max(open, covered), close])
      .filter(([open, close]) => close > open);
  });
  return { name, timeZone, isOpenDay: (day) => own(day).length > 0, stretches };
}

/**
 * When the clock on the wall first shows a time of a day: at the first of the two moments where an hour comes twice,
 * and at the first moment after the gap where an hour is left out.
 * @param day days since 1970-01-01
 * @param minutes after its midnight; 1440 and more are the next day
 * @returns epoch milliseconds
 */
export function momentOf(day: number, minutes: number, timeZone: string): number {
  const local = Temporal.PlainDateTime.from(isoDay(day)).add({ minutes });
  const zoned = local.toZonedDateTime(timeZone);
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  const before = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
}

/** The day on the wall at a moment, counted in days since 1970-01-01. */
export function dayAt(epochMs: number, timeZone: string): number {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  return Date.UTC(year, month - 1, day) / dayMs;
}

function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().split('T')[0]!;
}

function remembered<T>(of: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>();
  return (day) => {
    let value = known.get(day);
    if (value === undefined) {
      value = of(day);
      known.set(day, value);
    }
    return value;
  };
}
