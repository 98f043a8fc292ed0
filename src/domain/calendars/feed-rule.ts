import type { RRule } from 'rrule';
import { type FeedEvent, type FeedTime, instantOf } from './feed-event.js';
import type { FeedFault } from './feed-text.js';

/** The occurrences of an event by its rule, its own start the first, up to the end of a year. */
export type Occurrences = (year: number) => FeedTime[];

/** No occurrence after this year is looked for, and none beyond so many: a rule of every day has fewer till then. */
const lastYear = 2200;
const occurrencesAtMost = 100_000;

const dayMs = 86_400_000;

/**
 * Reads the RRULE of an event.
 * @param rules the library that knows them, loaded by who reads a feed
 * @returns what is wrong with the rule, or what it comes to; just the start where there is none
 */
export function readRule(event: FeedEvent, rules: typeof RRule): FeedFault | Occurrences {
  const { rule: line, start } = event;
  if (!line) return () => [start];
  const wrong = (message: string): FeedFault => ({ line: line.line, message: `RRULE: ${message}` });
  const parts = new Map(
    line.value
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const fault = partFault(parts) ?? weekdayFault(parts, start);
  if (fault !== undefined) return wrong(fault);
  const isWithin = untilOf(parts.get('UNTIL'), start);
  if (!isWithin) return wrong(`UNTIL: "${parts.get('UNTIL')}" is not a date or time`);
  parts.delete('UNTIL');
  try {
    const options = rules.parseString([...parts].map((part) => part.join('=')).join(';'));
    const dtstart = new Date(start.day * dayMs);
    const expand = (year: number) => {
      const until = new Date(Date.UTC(year, 11, 31));
      const days = new rules({ ...options, dtstart, until })
        .all((_, count) => count < occurrencesAtMost)
        .map((date) => ({ ...start, day: Math.floor(date.getTime() / dayMs) }))
        .filter((time) => time.day > start.day && isWithin(time));
      return [start, ...days];
    };
    let till = dtstart.getUTCFullYear();
    let known = expand(till);
    return (year) => {
      if (year > till && till < lastYear) {
        till = year < lastYear - 20 ? year + 10 : lastYear;
        known = expand(till);
      }
      return known;
    };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with the parts of a rule, among it what would keep the library looking for a day that never comes. */
function partFault(parts: ReadonlyMap<string, string | undefined>): string | undefined {
  const frequency = parts.get('FREQ');
  if (frequency === undefined || !frequencies.includes(frequency))
    return `FREQ=${frequency ?? ''}: a closure recurs by the day: ${frequencies.join(', ')}`;
  const clock = ['BYHOUR', 'BYMINUTE', 'BYSECOND'].find((name) => parts.has(name));
  if (clock) return `${clock} is not understood here: a closure recurs by the day`;
  for (const name of ['INTERVAL', 'COUNT'])
    if (parts.has(name) && !/^0*[1-9]\d{0,5}$/.test(parts.get(name) ?? ''))
      return `${name}=${parts.get(name)}: expected a number from 1`;
  const numbers = (name: string, most: number) => {
    const list = parts.get(name)?.split(',').map(Number);
    return list?.every((one) => Number.isInteger(one) && one !== 0 && Math.abs(one) <= most) ?? true;
  };
  if (!numbers('BYMONTH', 12) || parts.get('BYMONTH')?.includes('-'))
    return `BYMONTH=${parts.get('BYMONTH')}: expected months from 1 to 12`;
  for (const [name, most] of [
    ['BYMONTHDAY', 31],
    ['BYYEARDAY', 366],
    ['BYWEEKNO', 53],
  ] as const)
    if (!numbers(name, most))
      return `${name}=${parts.get(name)}: expected numbers from 1 to ${most}, or less than 0`;
  const months = parts.get('BYMONTH')?.split(',').map(Number);
  const days = parts.get('BYMONTHDAY')?.split(',').map(Number);
  if (
    months &&
    days &&
    !months.some((month) => days.some((day) => Math.abs(day) <= longestMonths[month - 1]!))
  )
    return 'no month that it names has a day that it names';
  return undefined;
}

/** Every seventh day is always the same day of the week. */
function weekdayFault(parts: ReadonlyMap<string, string>, { day }: FeedTime): string | undefined {
  const weekday = ['TH', 'FR', 'SA', 'SU', 'MO', 'TU', 'WE'][((day % 7) + 7) % 7]!;
  const days = parts.get('BYDAY');
  const isMissed =
    parts.get('FREQ') === 'DAILY' &&
    Number(parts.get('INTERVAL')) % 7 === 0 &&
    days !== undefined &&
    !days.includes(weekday);
  return isMissed ? `no day that it comes to is one of ${days}` : undefined;
}

/** Whether a time is no later than the UNTIL of a rule; undefined for no time. */
function untilOf(until: string | undefined, start: FeedTime): ((time: FeedTime) => boolean) | undefined {
  if (until === undefined) return () => true;
  const [, year, month, date, hour, minute, second, z] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until) ?? [];
  if (year === undefined) return undefined;
  const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs;
  if (hour === undefined || start.ms === undefined) return (time) => time.day <= day;
  const ms = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  const last = instantOf({ day, ms, timeZone: z ? 'UTC' : start.timeZone });
  return (time) => instantOf(time) <= last;
}
