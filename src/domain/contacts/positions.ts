import * as z from 'zod';
import { date, ref, text } from '../records/fields.js';
import { idOfRef } from '../records/ids.js';

/**
 * Where somebody was before: a firm, what he was there, and until when. A list that only grows; where he is now stands
 * in `company` and `title`.
 */
export const positions = z.array(
  z.looseObject({
    company: ref,
    title: text.optional(),
    from: date.optional(),
    until: date.optional(),
  }),
);

/**
 * What becomes of the firm that somebody leaves; undefined where he was at none, or stays.
 * @param data of the contact, before
 * @param company where he is from now on; empty for nowhere
 * @param until ISO 8601 date
 */
export function formerPosition(
  { company: before, title, positions: earlier }: Readonly<Record<string, unknown>>,
  company: unknown,
  until: string,
): Record<string, unknown> | undefined {
  if (typeof before !== 'string' || before === '') return undefined;
  // The words before the id may differ where a file was renamed.
  if (typeof company === 'string' && company !== '' && idOfRef(company) === idOfRef(before)) return undefined;
  const last = Array.isArray(earlier) ? (earlier.at(-1) as { until?: unknown } | undefined) : undefined;
  return {
    company: before,
    ...(typeof title === 'string' && title !== '' ? { title } : {}),
    ...(typeof last?.until === 'string' ? { from: last.until } : {}),
    until,
  };
}
