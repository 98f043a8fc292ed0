import * as z from 'zod';
import { listOf, text, when } from '../records/fields.js';
import { suppressionReasons } from './reasons.js';

/** An address (or a whole domain) that must not be written to. */
export const suppression = z
  .looseObject({
    address: text.optional(),
    address_hmac: listOf(text).optional(),
    /** Of a telephone number and the name that went with it: see `phoneHmac`. */
    phone_hmac: listOf(text).optional(),
    domain: text.optional(),
    /** `all`, or the name of one purpose. */
    scope: text.optional(),
    reason: z.enum(suppressionReasons),
    at: when.optional(),
    by: text.optional(),
    source: text.optional(),
  })
  .refine(
    ({ address, address_hmac, phone_hmac, domain }) =>
      [address, address_hmac, phone_hmac, domain].some((one) => one !== undefined),
    {
      message: 'a suppression names an address, an address_hmac, a phone_hmac or a domain',
      path: ['address'],
    },
  );

export type Suppression = z.infer<typeof suppression>;
