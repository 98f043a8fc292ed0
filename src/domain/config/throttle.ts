import * as z from 'zod';
import { number } from '../records/fields.js';

const positive = number.refine((value) => value > 0, { error: 'expected a number above 0' });

const limit = {
  per_minute: positive.optional(),
  connections: positive.optional(),
};

/**
 * `mail.throttle`: most messages a minute, and most at a time; over all, to each domain (`per_domain`), and to the
 * domains that are named.
 */
export const throttle = z.union([
  positive,
  z.strictObject({
    ...limit,
    per_domain: z.strictObject(limit).optional(),
    domains: z.record(z.string(), z.strictObject(limit)).optional(),
  }),
]);

export type Throttle = z.infer<typeof throttle>;
