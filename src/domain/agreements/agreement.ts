import * as z from 'zod';
import { attachments, date, history, number, ref, sha256, text, when } from '../records/fields.js';

export const agreementStates = [
  'active',
  'cancel_requested',
  'cancel_acknowledged',
  'terminated',
  'expired',
] as const;

export const agreement = z.looseObject({
  number: text.optional(),
  kind: text.optional(),
  contact: ref.optional(),
  company: ref.optional(),
  signed_at: when.optional(),
  start: date.optional(),
  end: date.optional(),
  notice_days: number.optional(),
  commitment: z
    .looseObject({ unit: text.optional(), minimum: number.optional(), every: text.optional() })
    .optional(),
  terms_sha256: sha256.optional(),
  state: z.enum(agreementStates),
  history: history.optional(),
  effective_at: when.optional(),
  confirmation: ref.optional(),
  /** The terms that were signed. */
  attachments: attachments.optional(),
});

export type Agreement = z.infer<typeof agreement>;
