import * as z from 'zod';
import { money, number, ref, text, when } from '../records/fields.js';

export const order = z.looseObject({
  number: text,
  contact: ref.optional(),
  agreement: ref.optional(),
  placed_at: when.optional(),
  channel: text.optional(),
  lines: z
    .array(
      z.looseObject({
        sku: text.optional(),
        title: text.optional(),
        quantity: number.optional(),
        price: z.union([money, number, text]).optional(),
      }),
    )
    .optional(),
  promised_by: when.optional(),
  shipped_at: when.optional(),
  delivered_at: when.optional(),
  cancelled_at: when.optional(),
  /** The parcel's number, as the carrier names it. */
  tracking: text.optional(),
  campaign: ref.optional(),
  /** Whose it is by what the shop says, while nobody on file is known to be that. */
  customer: z
    .looseObject({ name: text.optional(), email: text.optional(), number: text.optional() })
    .optional(),
});

export type Order = z.infer<typeof order>;
