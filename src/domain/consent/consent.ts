import * as z from 'zod';
import { flag, instant, sha256, text, when } from '../records/fields.js';
import { bases } from './bases.js';

/** What a person said about one purpose on one channel. The latest by `at` holds; none means unknown. */
export const consent = z.looseObject({
  purpose: text,
  channel: text.optional(),
  basis: z.enum(bases).optional(),
  state: z.enum(['given', 'refused', 'withdrawn']),
  at: z.union([instant, when]),
  until: when.optional(),
  wording_sha256: sha256.optional(),
  source: text.optional(),
  /** A file in `attachments/`, or where the paper lies, in words. */
  evidence: text.optional(),
  evidence_sha256: sha256.optional(),
  third_parties: z.union([flag, z.array(text), text]).optional(),
  by: text.optional(),
});

export type Consent = z.infer<typeof consent>;
