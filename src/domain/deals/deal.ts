import * as z from 'zod';
import { date, history, identifiers, money, ref, text } from '../records/fields.js';

export const deal = z.looseObject({
  title: text,
  contact: ref.optional(),
  company: ref.optional(),
  stage: text,
  value: money.optional(),
  expected_close: date.optional(),
  owner: text.optional(),
  office: text.optional(),
  history: history.optional(),
  lost_reason: text.optional(),
  source: text.optional(),
  identifiers: identifiers.optional(),
  /** Columns of an imported list that no rule knows. */
  custom: z.record(z.string(), text).optional(),
});

export type Deal = z.infer<typeof deal>;
