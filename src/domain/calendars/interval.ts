import * as z from 'zod';

/** A stretch of a day's opening hours on the clock on the wall. */
export interface Interval {
  /** Minutes after midnight, 0 to 1439. */
  open: number;
  /** Minutes after that same midnight; more than 1440 where the interval ends on the next day. */
  close: number;
  /** As it was written. */
  text: string;
}

/**
 * Hours as people write them: `09:00-13:00`; `18:00-24:00`; `22:00-06:00` ends on the next day. An interval belongs to
 * the day on which it begins.
 */
export const interval = z.string().transform((text, context): Interval => {
  const parts = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(text.trim());
  if (!parts) {
    context.addIssue(`"${text}" is not a pair of times, such as 09:00-13:00`);
    return z.NEVER;
  }
  const [open, close] = [minutes(parts[1]!), minutes(parts[2]!)];
  if (open === undefined || open === 1440 || close === undefined) {
    const wrong = open === undefined || open === 1440 ? parts[1] : parts[2];
    context.addIssue(`"${text}": ${wrong} is not a time of the day (00:00 to 23:59, or 24:00 as an end)`);
    return z.NEVER;
  }
  if (open === close) {
    context.addIssue(`"${text}" begins and ends at the same time; round the clock is 00:00-24:00`);
    return z.NEVER;
  }
  return { open, close: close > open ? close : close + 1440, text };
});

function minutes(time: string): number | undefined {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const total = hour * 60 + minute;
  return minute < 60 && total <= 1440 ? total : undefined;
}

/** Whether two intervals have more than an end in common. */
export function overlap(a: Interval, b: Interval): boolean {
  return a.open < b.close && b.open < a.close;
}

/** The interval as seen from the midnight `days` days before its own. */
export function shift(interval: Interval, days: number): Interval {
  return { ...interval, open: interval.open + days * 1440, close: interval.close + days * 1440 };
}
