import * as z from 'zod';
import { durationPattern } from '../time/durations.js';

/**
 * The types of front-matter values. The codec hands every scalar of a known key over as the text in the file, so
 * numbers and booleans are read from text here, and what is a string stays as it was written (`00184`, `no`).
 */

export const text = z.string();

/** A reference: the file stem of another record, `mario-rossi-k3f9w2q8ab`. Only the id at its end counts. */
export const ref = z
  .string()
  .regex(
    /^(?:.*-)?[0-9a-hjkmnp-tv-z]{10}$/,
    'expected a reference to a record, such as mario-rossi-k3f9w2q8ab',
  );

/** ISO 8601 with offset, as RFC 3339 profiles it. */
export const instant = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/,
    'expected a time with offset, such as 2026-11-24T15:30:00+01:00',
  )
  .refine((value) => !Number.isNaN(Date.parse(value)), 'this time does not exist');

export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date, such as 2026-11-24')
  .refine(
    (value) => new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) ?? false,
    'this date does not exist',
  );

export const when = z.union([date, instant], { error: 'expected a date (2026-11-24) or a time with offset' });

export const number = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ],
  {
    error: 'expected a number',
  },
);

export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')], {
  error: 'expected true or false',
});

/** ISO 8601 duration. */
export const duration = z
  .string()
  .regex(durationPattern, 'expected an ISO 8601 duration, such as P30D or PT8H');

export const money = z.looseObject({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/, 'expected an amount such as "12.50"'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 currency such as EUR'),
});

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 country of two letters, such as IT');

export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a BCP 47 language such as it or de-AT');

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

/** One value or a list of them; always read as a list. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((value) => [value])], { error: 'expected a list' });

/** Some of the names there are, or one; always read as a list. An unknown one is told with those there are. */
export const namesOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  z.union([z.array(z.enum(names)), z.enum(names).transform((name) => [name])], {
    error: ({ input }) => unknownNames(input, names),
  });

/** What is wrong with a list, a map or a word that should name some of these. */
export function unknownNames(input: unknown, names: readonly string[]): string {
  const given =
    typeof input === 'object' && input !== null && !Array.isArray(input)
      ? Object.keys(input)
      : [input].flat();
  const stranger = given.find((one) => !names.includes(one as string));
  const allowed = `expected ${names.join(', ')}`;
  return typeof stranger === 'string' ? `there is no "${stranger}"; ${allowed}` : `${allowed}, as a list`;
}

/** A move in the life of a record; the list is append-only and a union on merge. */
export const historyEntry = z.looseObject({
  at: instant,
  by: text.optional(),
  from: text.optional(),
  to: text.optional(),
  why: text.optional(),
});

export const history = z.array(historyEntry);

export const postalAddress = z.looseObject({
  label: text.optional(),
  street: text.optional(),
  locality: text.optional(),
  region: text.optional(),
  postal_code: text.optional(),
  country: country.optional(),
});

/** Files in `attachments/`, by their paths in the workspace. */
export const attachments = z.array(z.looseObject({ path: text, sha256: sha256.optional() }));

export const identifiers = z.record(z.string(), text);
