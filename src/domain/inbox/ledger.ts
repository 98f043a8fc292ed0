import type { Bounce, Intent, MailKind } from './classification.js';

/** A message came in. What it says stands in the file that it names, nowhere else. */
export interface ReceivedLine {
  id: string;
  event: 'received';
  /** When it was put on file, ISO 8601. */
  at: string;
  /** How many this ledger had received by then, with it: a line that is taken out leaves a gap. */
  n: number;
  /** Derived from the message itself, so that it is the same in every clone and from every source. */
  message: string;
  source: string;
  /** Where it lies in its source. */
  place: string;
  /** When it reached the firm, ISO 8601: the clock of what it asks for began then. */
  received_at: string;
  channel: string;
  /** Of the whole message as it came. */
  sha256: string;
  /** In bytes. */
  size: number;
  /** In the workspace: the whole of it, or its text where it was too large. */
  path: string;
  /** Of the file at `path`. */
  kept_sha256: string;
  message_id?: string;
  kind: MailKind;
  intent?: Intent;
  /** From 0 to 1. */
  confidence: number;
  why: string;
}

/** The same message came again, or by another way. */
export interface AgainLine {
  id: string;
  event: 'again';
  at: string;
  message: string;
  source: string;
  place: string;
}

/** What it said is on file. */
export interface FiledLine {
  id: string;
  event: 'filed';
  at: string;
  message: string;
  /** The member who did it; absent where a rule did. */
  by?: string;
  /** References of the records that hold it, or that it changed. */
  records: readonly string[];
  /** What a person says that it wants: a lesson for the classifier. */
  intent?: Intent;
  why: string;
}

/** Nothing follows from it. */
export interface DismissedLine {
  id: string;
  event: 'dismissed';
  at: string;
  message: string;
  /** The member who did it; absent where a rule did. */
  by?: string;
  why: string;
}

/** What a person says that a message is: a lesson for the classifier, which changes nothing else. */
export interface TaughtLine {
  id: string;
  event: 'taught';
  at: string;
  message: string;
  by: string;
  intent: Intent;
}

export type InboxLine = ReceivedLine | AgainLine | FiledLine | DismissedLine | TaughtLine;

/** A line that has no id yet. */
export type InboxDraft = InboxLine extends infer L ? (L extends InboxLine ? Omit<L, 'id'> : never) : never;

/** A bounce in the report of a pull. */
export type ReportedBounce = Pick<Bounce, 'recipient' | 'hard' | 'status' | 'reason'>;
