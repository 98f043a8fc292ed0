import * as z from 'zod';
import { instant, number, ref, text, when } from '../records/fields.js';

/** Something somebody of the firm said he would do. Broken is derived: past due and not kept. */
export const promise = z.looseObject({
  what: text,
  to: ref.optional(),
  by: text.optional(),
  due: when.optional(),
  made_at: instant.optional(),
  made_in: ref.optional(),
  case: ref.optional(),
  // How long it will take, as far as that is known.
  minutes: number.optional(),
  kept_at: instant.optional(),
  kept_in: ref.optional(),
  cancelled_at: instant.optional(),
  why: text.optional(),
});

export type Promise_ = z.infer<typeof promise>;
