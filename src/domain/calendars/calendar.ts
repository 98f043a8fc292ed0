import * as z from 'zod';
import { country, date, text } from '../records/fields.js';
import { isTimeZone } from '../time/clock.js';
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

const exception = z
  .looseObject({ date, until: date.optional(), hours, why: text.optional() })
  .refine(({ date, until }) => until === undefined || until >= date, {
    error: 'until lies before date',
    path: ['until'],
  });

/**
 * `calendars/<name>.yaml`: when an office is open. A day that `week` does not name is closed, and so is a public holiday
 * of `holidays`; an exception holds before both, an empty list of hours meaning closed.
 */
export const calendarSchema = z
  .looseObject({
    timezone: z.string(aTimeZone).refine(isTimeZone, aTimeZone),
    week: week.optional(),
    holidays: z.looseObject({ country: country.optional(), region: text.optional() }).optional(),
    exceptions: z.array(exception).optional(),
  })
  .superRefine(({ week, exceptions = [] }, context) => {
    const sorted = exceptions
      .map((one, index) => ({ ...one, index }))
      .sort((a, b) => (a.date < b.date ? -1 : 1));
    for (const [position, { date, until = date }] of sorted.entries()) {
      const next = sorted[position + 1];
      if (!next || next.date > until) continue;
      const message = `two exceptions name ${next.date}`;
      context.addIssue({ code: 'custom', path: ['exceptions', next.index, 'date'], message });
    }
    const open = (list: Interval[] | undefined) => list !== undefined && list.length > 0;
    if (Object.values(week ?? {}).some(open) || exceptions.some(({ hours }) => open(hours))) return;
    context.addIssue({
      code: 'custom',
      path: ['week'],
      message: 'no open hour at all: no deadline would ever come',
    });
  });

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
