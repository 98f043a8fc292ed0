import * as z from 'zod';
import { messageSignals } from '../cases/process.js';
import { attachments, identifiers, instant, listOf, number, ref, text } from '../records/fields.js';
import { channels } from './channels.js';

export const directions = ['inbound', 'outbound', 'internal'] as const;

/** Something that passed between the firm and somebody. The note is what was said. */
export const interaction = z.looseObject({
  at: instant,
  ended_at: instant.optional(),
  channel: z.enum(channels),
  /** The firm's own address or number that it came in by. */
  address: text.optional(),
  direction: z.enum(directions).optional(),
  by: text.optional(),
  contacts: listOf(ref).optional(),
  company: ref.optional(),
  case: ref.optional(),
  deal: ref.optional(),
  campaign: ref.optional(),
  agreement: ref.optional(),
  subject: text.optional(),
  outcome: text.optional(),
  minutes: number.optional(),
  topics: listOf(text).optional(),
  /** What the person wanted, of what came in by the inbox. */
  intent: text.optional(),
  message_id: text.optional(),
  in_reply_to: text.optional(),
  /** As its header says (RFC 3834), where a machine wrote it. */
  auto_submitted: text.optional(),
  answers: ref.optional(),
  /** The earlier version of what it says, as of a review that was changed. */
  edits: ref.optional(),
  attachments: attachments.optional(),
  /** Of what was written in public: who wrote it, how many stars, where it stands, what its platform calls it. */
  author: text.optional(),
  rating: number.optional(),
  /** What `rating` is out of; 5 where absent. */
  best_rating: number.optional(),
  url: text.optional(),
  review: text.optional(),
  warns: listOf(ref).optional(),
  identifiers: identifiers.optional(),
  /** Columns of an imported list that no rule knows. */
  custom: z.record(z.string(), text).optional(),
  /** What a message that came in says by itself, each with what was seen: processes say what follows. */
  signals: z.partialRecord(z.enum(messageSignals), text).optional(),
});

export type Interaction = z.infer<typeof interaction>;
