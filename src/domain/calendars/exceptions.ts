import type { Interval } from './interval.js';

/** Days on which other hours hold. */
export interface CalendarException {
  /** `2026-12-24`, or `12-24` for every year. */
  date: string;
  /** The last day, written in the same way; a yearly one may lie in the next year: from `12-27` until `01-06`. */
  until?: string | undefined;
  hours: Interval[];
}

/** A day that recurs each year, `12-07`; also as ISO 8601 and vCard write it, `--12-07`. */
const yearlyDay = /^(?:--)?(\d{2}-\d{2})$/;

/** The month and day of one that recurs each year; undefined for a date. */
export function yearly(date: string): string | undefined {
  return yearlyDay.exec(date)?.[1];
}

/**
 * Finds the exception of a date. One that names the year holds before one that recurs.
 * @param exceptions which name no date twice
 */
export function exceptionsByDate<T extends CalendarException>(
  exceptions: readonly T[],
): (date: string) => T | undefined {
  const dated = exceptions
    .filter(({ date }) => yearly(date) === undefined)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const recurring = exceptions.filter(({ date }) => yearly(date) !== undefined);
  return (date) => {
    let [low, high] = [0, dated.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dated[middle]!.date <= date) low = middle + 1;
      else high = middle;
    }
    const one = dated[low - 1];
    if (one && date <= (one.until ?? one.date)) return one;
    return recurring.find((each) => recursOn(each, date.slice(-5)));
  };
}

/** Whether a yearly exception covers a month and day. */
export function recursOn({ date, until = date }: CalendarException, monthDay: string): boolean {
  const [first, last] = [yearly(date) ?? '', yearly(until) ?? ''];
  return first <= last ? first <= monthDay && monthDay <= last : first <= monthDay || monthDay <= last;
}
