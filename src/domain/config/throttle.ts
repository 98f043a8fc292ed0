import * as z from 'zod';
import { number } from '../records/fields.js';

const positive = number.refine((value) => value > 0, { error: 'expected a number above 0' });

/** How many connections at a time. */
export const connections = number.refine((value) => Number.isInteger(value) && value > 0, {
  error: 'expected a whole number of connections, 1 or more',
});

/** Says of a key that nobody knows which there are. */
const only = (expected: string) => ({
  error: (issue: { code: string; keys?: unknown }) =>
    issue.code === 'unrecognized_keys'
      ? `no key "${issue.keys}" is known here: expected ${expected}`
      : undefined,
});

const limit = {
  per_minute: positive.optional(),
  connections: connections.optional(),
};

const limits = z.strictObject(limit, only('per_minute or connections'));

/** What stands behind the @ of an address: a name in full, for no other one is ever met. */
const domainName = /^[^\s@*?.:/]+(?:\.[^\s@*?.:/]+)*$/;

/**
 * `mail.throttle`: most messages a minute, and most at a time; over all, to each domain (`per_domain`), and to the
 * domains that are named.
 */
export const throttle = z.union(
  [
    positive,
    z
      .strictObject(
        {
          ...limit,
          per_domain: limits.optional(),
          domains: z.record(z.string(), limits).optional(),
        },
        only('per_minute, connections, per_domain or domains'),
      )
      .superRefine(({ domains = {} }, context) => {
        for (const name of Object.keys(domains)) {
          if (domainName.test(name)) continue;
          const message = `"${name}" is no domain, so that no address would be met by it; write it as in gmail.com`;
          context.addIssue({ code: 'custom', path: ['domains', name], message });
        }
      }),
  ],
  {
    error:
      'expected messages a minute: a number, or per_minute, connections, per_domain and domains (gmail.com: {per_minute: 120})',
  },
);

export type Throttle = z.infer<typeof throttle>;
