import { Temporal } from 'temporal-polyfill';
import type { Order } from '../orders/order.js';
import { plainDay } from '../time/days.js';
import { durationPattern } from '../time/durations.js';
import type { Agreement } from './agreement.js';

/** How much of what somebody agreed to take in a period he has taken. */
export interface Progress {
  unit: string;
  minimum: number;
  /** Shipped or delivered. */
  done: number;
  /** Ordered, and not shipped yet. */
  under_way: number;
  /** `YYYY-MM-DD`, the first and the last day of the period. */
  from: string;
  /** Null where the agreement has neither an end nor periods. */
  until: string | null;
}

/** More periods than these are no agreement of a person's. */
const mostPeriods = 5000;

/**
 * Where a commitment stands in the period that today is in; before the first one, and after the end, in the nearest.
 * @param orders those that name the agreement; what was cancelled does not count
 * @param today `YYYY-MM-DD`
 * @returns undefined where nothing was committed to, or where it begins cannot be read
 */
export function progressOf(
  { commitment, start, signed_at, end }: Agreement,
  orders: Iterable<Pick<Order, 'lines' | 'placed_at' | 'shipped_at' | 'delivered_at' | 'cancelled_at'>>,
  today: string,
): Progress | undefined {
  const { unit = 'item', minimum, every } = commitment ?? {};
  const first = plainDay(start ?? signed_at?.slice(0, 10));
  if (minimum === undefined || !Number.isFinite(minimum) || first === undefined) return undefined;
  const { from, until } = periodOf(first, plainDay(end), every, today);
  const progress: Progress = { unit, minimum, done: 0, under_way: 0, from, until };
  for (const { lines = [], placed_at, shipped_at, delivered_at, cancelled_at } of orders) {
    const day = (placed_at ?? shipped_at ?? delivered_at)?.slice(0, 10);
    if (cancelled_at !== undefined || day === undefined || day < from || (until !== null && day > until))
      continue;
    const quantity = lines.reduce((sum, line) => sum + (line.quantity ?? 1), 0);
    progress[shipped_at !== undefined || delivered_at !== undefined ? 'done' : 'under_way'] += quantity;
  }
  return progress;
}

/** Whether nothing more has to be taken in the period. */
export function isMet({ done, under_way, minimum }: Progress): boolean {
  return done + under_way >= minimum;
}

/** `5 of 8 books, 3 more ordered, until 2027-03-31`. */
export function progressText({ done, under_way, minimum, unit, until }: Progress): string {
  const more = under_way > 0 ? `, ${under_way} more ordered` : '';
  return `${done} of ${minimum} ${unit}${more}${until === null ? '' : `, until ${until}`}`;
}

function periodOf(
  first: Temporal.PlainDate,
  end: Temporal.PlainDate | undefined,
  every: string | undefined,
  today: string,
): { from: string; until: string | null } {
  const whole = { from: first.toString(), until: end?.toString() ?? null };
  if (every === undefined || !durationPattern.test(every) || every.includes('T')) return whole;
  const length = Temporal.Duration.from(every);
  if (length.blank) return whole;
  for (let n = 0; n < mostPeriods; n++) {
    // From the first day each time: a month that is short does not shorten those after it.
    const from = first.add(times(length, n));
    const last = first.add(times(length, n + 1)).subtract({ days: 1 });
    const closes = end !== undefined && Temporal.PlainDate.compare(last, end) >= 0;
    const until = closes ? end : last;
    if (closes || until.toString() >= today) return { from: from.toString(), until: until.toString() };
  }
  return whole;
}

function times({ years, months, weeks, days }: Temporal.Duration, n: number): Temporal.DurationLike {
  return { years: years * n, months: months * n, weeks: weeks * n, days: days * n };
}
