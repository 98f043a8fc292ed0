import { momentOf, yearStart } from '../time/zone.js';
import { type CalendarFile, weekdays } from './calendar.js';
import { exceptionsByDate } from './exceptions.js';
import type { Interval } from './interval.js';

/** Open from the first moment up to, and without, the second; epoch milliseconds. */
export type Stretch = readonly [open: number, close: number];

/** Whether a local date, `2026-12-25`, is a public holiday. */
export type IsHoliday = (date: string) => boolean;

/** What closes a firm for hours rather than days: the stretches that touch a time, in any order. */
export type ClosedBetween = (from: number, to: number) => readonly Stretch[];

/** The open stretches that begin in one year on the wall, in order, as sums: what lies between two is a subtraction. */
export interface OpenYear {
  /** When each opens and closes, epoch milliseconds. */
  opens: readonly number[];
  closes: readonly number[];
  /** The open milliseconds of the year before each. */
  before: readonly number[];
  /** All the open milliseconds. */
  total: number;
  /** The days on which hours begin, counted in days since 1970-01-01. */
  days: readonly number[];
}

/** A calendar with its holidays, ready to count with. */
export interface BusinessCalendar {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** What is open in a year; computed when it is asked for first. */
  year(year: number): OpenYear;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const closed = { stretches: [], end: Number.NEGATIVE_INFINITY };

/**
 * Makes a calendar ready to count with.
 * @param name for messages
 * @param closedBetween hours that are closed whatever the week says; an exception holds before them too
 */
export function businessCalendar(
  name: string,
  file: CalendarFile,
  isHoliday: IsHoliday,
  closedBetween?: ClosedBetween,
): BusinessCalendar {
  const { timezone: timeZone, week = {}, exceptions = [] } = file;
  const exceptionOn = exceptionsByDate(exceptions);
  const weekOn = (day: number) => week[weekdays[(((day + 3) % 7) + 7) % 7]!] ?? [];

  /**
   * The stretches that begin on a day, as if there were no night before it, and where its last hours end: a feed may
   * take an hour out of a night, which stays the night's all the same.
   */
  const own = (day: number): { stretches: readonly Stretch[]; end: number } => {
    const date = isoDay(day);
    const exception = exceptionOn(date);
    const hours = exception?.hours ?? weekOn(day);
    if (hours.length === 0 || (!exception && isHoliday(date))) return closed;
    const stretches = hours
      .map(
        ({ open, close }: Interval): Stretch => [
          momentOf(day, open * minuteMs, timeZone),
          momentOf(day, close * minuteMs, timeZone),
        ],
      )
      .filter(isLong);
    const [first, last] = [stretches[0], stretches.at(-1)];
    if (!first || !last) return closed;
    const left =
      exception || !closedBetween ? stretches : without(stretches, closedBetween(first[0], last[1]));
    return { stretches: left, end: last[1] };
  };

  const years = new Map<number, OpenYear>();
  const build = (year: number): OpenYear => {
    const [first, end] = [yearStart(year) / dayMs, yearStart(year + 1) / dayMs];
    const opens: number[] = [];
    const closes: number[] = [];
    const before: number[] = [];
    const days: number[] = [];
    let total = 0;
    const hours = exceptionOn(isoDay(first - 1))?.hours ?? weekOn(first - 1);
    const isNight = (hours.at(-1)?.close ?? 0) > 1440;
    let covered = isNight ? own(first - 1).end : Number.NEGATIVE_INFINITY;
    for (let day = first; day < end; day++) {
      const { stretches, end: nightEnd } = own(day);
      if (stretches.length > 0) days.push(day);
      for (const [start, close] of stretches) {
        // What the night before already covers counts once.
        const open = Math.max(start, covered);
        if (close <= open) continue;
        opens.push(open);
        closes.push(close);
        before.push(total);
        total += close - open;
      }
      covered = nightEnd;
    }
    return { opens, closes, before, total, days };
  };
  return {
    name,
    timeZone,
    year(year) {
      let open = years.get(year);
      if (!open) {
        open = build(year);
        years.set(year, open);
      }
      return open;
    },
  };
}

/** What is left of stretches where others are taken out. */
function without(stretches: readonly Stretch[], closed: readonly Stretch[]): Stretch[] {
  return closed.reduce<Stretch[]>(
    (left, [from, to]) =>
      left
        .flatMap(([open, close]): Stretch[] => [
          [open, Math.min(close, from)],
          [Math.max(open, to), close],
        ])
        .filter(isLong),
    [...stretches],
  );
}

function isLong([open, close]: Stretch): boolean {
  return close > open;
}

function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().split('T')[0]!;
}
