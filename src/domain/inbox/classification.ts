/** What a message is, in the order in which it is asked. */
export const mailKinds = [
  'bounce',
  'delayed',
  'complaint',
  'receipt',
  'autoreply',
  'challenge',
  'unsubscribe',
  'bulk',
  'person',
] as const;

export type MailKind = (typeof mailKinds)[number];

/** What a person wants. */
export const intents = ['order', 'complaint', 'cancellation', 'question', 'privacy', 'reply'] as const;

export type Intent = (typeof intents)[number];

/** What a delivery report says of one recipient. */
export interface Bounce {
  /** As the report names him, `Original-Recipient` before `Final-Recipient`; in lower case. */
  recipient: string;
  /** Whether it is of no use to try again. */
  hard: boolean;
  /** RFC 3463, such as `5.1.1`; null where the report has none. */
  status: string | null;
  /** A word for the reason, such as `user_unknown`, `mailbox_full`. */
  reason: string;
  /** What the server said. */
  diagnostic?: string;
}

/** What a message of a machine, or of a person, is. */
export interface Classification {
  kind: MailKind;
  /** Of a `bounce` and of a `delayed`. */
  bounces: readonly Bounce[];
  /** From 0 to 1. */
  confidence: number;
  /** The reason, as a sentence that names what was seen. */
  why: string;
  /** Whether who wrote it, machine or not, wants no more messages. */
  unsubscribe?: boolean;
  /** The Message-ID of the message that it is about, in angle brackets, where it tells. */
  about?: string;
}
