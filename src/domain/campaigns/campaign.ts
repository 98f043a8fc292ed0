import * as z from 'zod';
import { flag, instant, listOf, ref, sha256, text, when } from '../records/fields.js';
import { holds } from './holds.js';

export const campaignStates = ['draft', 'approved', 'sending', 'paused', 'finished', 'cancelled'] as const;

const approval = z.looseObject({
  by: text,
  at: instant,
  /** What was approved: `contentSha256`. */
  content_sha256: sha256,
  /** The settings that it would be sent under: `rulesSha256`. */
  rules_sha256: sha256.optional(),
  /** Takes back what the same member approved before, or what `of` did. */
  revoked: flag.optional(),
  /** Of what is taken back: who approved it, where that is no member. */
  of: text.optional(),
});

/** The holds that a campaign names, whether it keeps them or switches them off. */
const holdsIn = (chosen: readonly string[] | Record<string, unknown>) =>
  Array.isArray(chosen) ? chosen : Object.keys(chosen);

const isHold = (name: string) => (holds as readonly string[]).includes(name);

export type Approval = z.infer<typeof approval>;

export const campaign = z.looseObject({
  title: text,
  office: text.optional(),
  purpose: text,
  channel: z.enum(['email', 'letter', 'phone']).optional(),
  audience: text,
  exclude: listOf(text).optional(),
  /** Which holds apply; absent means all of them. */
  holds: z
    .union([listOf(text), z.record(z.string(), z.union([z.boolean(), text]))])
    .refine((chosen) => holdsIn(chosen).every((name) => isHold(name)), {
      error: `expected some of ${holds.join(', ')}`,
    })
    .optional(),
  /** One subject, or one per language. */
  subject: z.union([text, z.record(z.string(), text)]).optional(),
  from: text.optional(),
  reply_to: text.optional(),
  /** Files beside the record that go out with every message. */
  attachments: listOf(text).optional(),
  state: z.enum(campaignStates),
  requested_by: text.optional(),
  approvals: z.array(approval).optional(),
  send_at: when.optional(),
  /** What it is an issue of, such as a monthly letter: it is compared with the issue before. */
  series: text.optional(),
  /** The campaign that this one puts right. */
  corrects: ref.optional(),
});

export type Campaign = z.infer<typeof campaign>;
