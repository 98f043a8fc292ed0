/** What may become of a message, or be done with it, after it left. */
export const eventKinds = [
  'delivered',
  'deferred',
  'bounced',
  'dropped',
  'complained',
  'unsubscribed',
  'opened',
  'clicked',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Who tells of events: mail providers, the house's own redirector, and what comes back to its inbox. */
export const eventSources = [
  'sendgrid',
  'mailgun',
  'ses',
  'brevo',
  'postmark',
  'redirector',
  'inbox',
] as const;
export type EventSource = (typeof eventSources)[number];

/** What a source itself says of a machine behind an opening or a click. */
export type Machine = 'proxy' | 'scanner' | 'bot';

/** What happened, in the words of no provider. */
export interface EventFacts {
  event: EventKind;
  source: EventSource;
  /** Of a bounce: whether the address will never take mail, or did not this time. */
  bounce?: 'hard' | 'soft';
  /** What the receiving server or the provider said. */
  reason?: string;
  /** Of a click. */
  url?: string;
  /** Program that opened or clicked, as it calls itself. */
  agent?: string;
  machine?: Machine;
  /** The source's own id of the event. */
  key?: string;
}

/** An event as a source tells of it, with all that may say whose message it is about. */
export interface ReportedEvent extends EventFacts {
  /** Epoch milliseconds. */
  at: number;
  /** As the source writes it. */
  address?: string;
  /** Message-IDs, with or without angle brackets. */
  messageIds: readonly string[];
  /** Tokens of the envelope, or of a signed link. */
  tokens: readonly string[];
  /** Tags and variables that may name the campaign, by id or reference. */
  tags: readonly string[];
}

/**
 * An event in the ledger of its campaign. It repeats what the journal of the send says of the message, so that the same
 * event makes the same line in every clone. Who acted, a person or a machine, is not in it: that is derived.
 */
export interface EventLine extends EventFacts {
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  message_id: string;
  /** Reference of the contact, as the journal has it. */
  contact: string;
  /** Canonical address that the message went to. */
  address: string;
}

/** What was made of one report of a source. */
export type Reading =
  | { event: ReportedEvent }
  /** Known, and nothing that is kept, such as that a provider took the message. */
  | { ignored: string }
  /** Cannot be read; a sentence. */
  | { fault: string };

/** How an event is named as a proof: its id finds its line in the ledger. */
export function eventRef({ source, id }: Pick<EventLine, 'source' | 'id'>): string {
  return `${source} event ${id}`;
}
