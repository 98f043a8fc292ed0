import * as z from 'zod';
import { country, date, listOf, text } from '../records/fields.js';
import { isTimeZone } from '../time/clock.js';
import { type CalendarException, recursOn, yearly } from './exceptions.js';
import { type Interval, interval, overlap, shift } from './interval.js';

/** Days of the week, Monday first as in ISO 8601. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const aTimeZone = { error: 'expected an IANA time zone such as Europe/Rome' };
const listOfHours = { error: 'expected a list of hours, such as ["09:00-13:00"]; [] means closed' };

const hours = z.array(interval, listOfHours).transform((list, context) => {
  const sorted = [...list].sort((a, b) => a.open - b.open);
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (!next || !overlap(one, next)) continue;
    context.addIssue(`${one.text} and ${next.text} overlap`);
    return z.NEVER;
  }
  return sorted;
});

const week = z
  .strictObject(
    Object.fromEntries(weekdays.map((day) => [day, hours.optional()])) as Record<
      (typeof weekdays)[number],
      z.ZodOptional<typeof hours>
    >,
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `"${issue.keys.join('", "')}": the days are ${weekdays.join(', ')}`
          : undefined,
    },
  )
  .superRefine((days, context) => {
    for (const [index, day] of weekdays.entries()) {
      const night = days[day]?.at(-1);
      const nextDay = weekdays[(index + 1) % 7] as (typeof weekdays)[number];
      const morning = days[nextDay]?.[0];
      if (!night || !morning || !overlap(night, shift(morning, 1))) continue;
      context.addIssue({
        code: 'custom',
        path: [nextDay],
        message: `${morning.text} overlaps ${night.text} of the day before (${day})`,
      });
    }
  });

/** A date, or a day that recurs each year: `12-07`. */
const dayOrDate = z
  .string()
  .refine((value) => (yearly(value) ? isDayOfYear(yearly(value)!) : date.safeParse(value).success), {
    error: (issue) => {
      const text = String(issue.input);
      if (yearly(text)) return 'this day does not exist';
      const known = date.safeParse(text).error?.issues[0]?.message;
      return /^\d{4}-/.test(text) && known
        ? known
        : 'expected a date, such as 2026-11-24, or 11-24 for each year';
    },
  });

function isDayOfYear(monthDay: string): boolean {
  // A leap year has them all.
  return date.safeParse(`2024-${monthDay}`).success;
}

const exception = z
  .looseObject({ date: dayOrDate, until: dayOrDate.optional(), hours, why: text.optional() })
  .refine(({ date, until }) => until === undefined || !yearly(date) === !yearly(until), {
    error: 'date and until are written in the same way: both with the year, or both without it',
    path: ['until'],
  })
  .refine(({ date, until }) => until === undefined || yearly(date) || yearly(until) || until >= date, {
    error: 'until lies before date',
    path: ['until'],
  });

const feed = text.regex(
  /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*\.ics$/u,
  'expected the name of an iCalendar file in calendars/, such as closures.ics',
);

/**
 * `calendars/<name>.yaml`: when an office is open. A day that `week` does not name is closed, and so are a public
 * holiday of `holidays` and what an event of its iCalendar files covers; an exception holds before all of them, an empty
 * list of hours meaning closed.
 */
export const calendarSchema = z
  .looseObject({
    timezone: z.string(aTimeZone).refine(isTimeZone, aTimeZone),
    week: week.optional(),
    holidays: z
      .looseObject({
        country: country.optional(),
        region: text.optional(),
        /** Names of files in `calendars/`. */
        ics: listOf(feed).optional(),
      })
      .optional(),
    exceptions: z.array(exception).optional(),
  })
  .superRefine(({ week, exceptions = [] }, context) => {
    for (const { index, name } of namedTwice(exceptions)) {
      const message = `two exceptions name ${name}`;
      context.addIssue({ code: 'custom', path: ['exceptions', index, 'date'], message });
    }
    const open = (list: Interval[] | undefined) => list !== undefined && list.length > 0;
    if (Object.values(week ?? {}).some(open) || exceptions.some(({ hours }) => open(hours))) return;
    context.addIssue({
      code: 'custom',
      path: ['week'],
      message: 'no open hour at all: no deadline would ever come',
    });
  });

/** Exceptions that name a day which another one of their sort, dated or yearly, names as well. */
function namedTwice(exceptions: readonly CalendarException[]): { index: number; name: string }[] {
  const indexed = exceptions.map((one, index) => ({ ...one, index }));
  const dated = indexed
    .filter(({ date }) => !yearly(date))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .flatMap(({ date, until = date }, position, sorted) => {
      const next = sorted[position + 1];
      return next && next.date <= until ? [{ index: next.index, name: next.date }] : [];
    });
  const recurring = indexed.filter(({ date }) => yearly(date));
  const again = recurring.flatMap((one, position) => {
    const earlier = recurring.slice(0, position);
    const name = yearly(one.date)!;
    const isCovered = earlier.some(
      (other) => recursOn(other, name) || recursOn(one, yearly(other.date) as string),
    );
    return isCovered ? [{ index: one.index, name }] : [];
  });
  return [...dated, ...again];
}

export type CalendarFile = z.infer<typeof calendarSchema>;

/** Something wrong in a calendar: where, as keys and positions, and what. */
export interface CalendarIssue {
  at: (string | number)[];
  message: string;
}

/** What is wrong with the data of a calendar; empty where nothing is. Whether its country is known is seen on loading. */
export function checkCalendar(data: unknown): CalendarIssue[] {
  const issues = calendarSchema.safeParse(data).error?.issues ?? [];
  return issues.map(({ path, message }) => ({
    at: path.map((key) => (typeof key === 'number' ? key : String(key))),
    message,
  }));
}
