import { hash } from 'node:crypto';

/** A message is about to leave. Written and on disk before it does. */
export interface IntentLine {
  id: string;
  event: 'intent';
  /** ISO 8601. */
  at: string;
  message_id: string;
  /** Reference of the contact. */
  contact: string;
  /** Canonical address. */
  address: string;
  /** Of a sequence; absent for a campaign of one message. */
  step?: string;
  /** By which a bounce or an unsubscribe is known. */
  token: string;
  transport: string;
}

/** What became of an intent. */
export interface OutcomeLine {
  id: string;
  event: 'sent' | 'rejected' | 'deferred' | 'unknown';
  at: string;
  /** Id of the intent's line. */
  intent: string;
  message_id: string;
  address: string;
  reply?: string;
  /** Member who decided about a message in doubt; absent where a server or a transport said it. */
  by?: string;
  why?: string;
}

export type JournalLine = IntentLine | OutcomeLine;

/** Whether a file of a `sends/` folder is a journal, by its name. */
export function isJournal(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}-.+\.jsonl$/.test(name);
}

/** Gives a line its id, derived from all the rest: so the same line read twice counts once, and a changed one shows. */
export function withId<T extends object>(draft: T): T & { id: string } {
  return { id: lineId(draft), ...draft };
}

const idLength = 20;

function lineId(draft: object): string {
  return idOfText(JSON.stringify(draft));
}

function idOfText(text: string): string {
  return hash('sha256', text).slice(0, idLength);
}

/**
 * Reads a line that Itaca wrote.
 * @returns what is wrong with it, as a sentence, where it is not whole
 */
export function parseLine<T extends { id: string }>(text: string): T | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'this line is not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'this line is not an object';
  const { id } = value as { id?: unknown };
  if (typeof id !== 'string') return 'this line has no id';
  // As it is written, the id comes first: then the text itself tells, which is quicker for the journals of many sends.
  const start = `{"id":"${id}",`;
  if (text.startsWith(start) && idOfText(`{${text.slice(start.length)}`) === id) return value as T;
  const { id: _, ...rest } = value as { id: string };
  if (lineId(rest) !== id)
    return 'this line was changed after it was written: its id does not fit its content';
  return value as T;
}
