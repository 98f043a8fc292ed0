import * as z from 'zod';
import { instant, listOf, ref, sha256, text, when } from '../records/fields.js';

export const campaignStates = ['draft', 'approved', 'sending', 'paused', 'finished', 'cancelled'] as const;

export const campaign = z.looseObject({
  title: text,
  office: text.optional(),
  purpose: text,
  channel: z.enum(['email', 'letter', 'phone']).optional(),
  audience: text,
  exclude: listOf(text).optional(),
  /** Which holds apply; absent means all of them. */
  holds: z.union([listOf(text), z.record(z.string(), z.union([z.boolean(), text]))]).optional(),
  /** One subject, or one per language. */
  subject: z.union([text, z.record(z.string(), text)]).optional(),
  from: text.optional(),
  reply_to: text.optional(),
  /** Files beside the record that go out with every message. */
  attachments: listOf(text).optional(),
  state: z.enum(campaignStates),
  requested_by: text.optional(),
  approvals: z.array(z.looseObject({ by: text, at: instant, content_sha256: sha256 })).optional(),
  send_at: when.optional(),
  /** The campaign that this one puts right. */
  corrects: ref.optional(),
});

export type Campaign = z.infer<typeof campaign>;
