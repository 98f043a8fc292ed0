import type { IntentLine, JournalLine, OutcomeLine } from './journal-line.js';

/** What is known of the message to one address. `unknown` also where an intent has no outcome at all. */
export type SendState = OutcomeLine['event'];

export interface SendRecord {
  state: SendState;
  /** The intent that decides the state. */
  intent: IntentLine;
  outcome?: OutcomeLine;
}

/** For one intent, evidence beats doubt: what a person or a report resolved stands, in whatever file it was written. */
const certainty = { unknown: 0, deferred: 1, rejected: 2, sent: 3 } as const;

/** For one address, the state that most forbids another copy stands. */
const caution = { deferred: 0, rejected: 1, unknown: 2, sent: 3 } as const;

/**
 * The state of a campaign's sends, from the lines of all its journals in any order: a line may come twice, and the
 * lines of two clones may be read one after the other.
 */
export class SendLedger {
  readonly #intents = new Map<string, Entry>();
  readonly #early = new Map<string, OutcomeLine>();
  /** Nearly all addresses were tried once: a list for each of a million costs more than all else. */
  readonly #byAddress = new Map<string, Entry | Entry[]>();
  readonly #texts = new Map<string, string>();

  add(line: JournalLine): void {
    if (line.event === 'intent') {
      if (this.#intents.has(line.id)) return;
      const early = this.#early.get(line.id);
      this.#early.delete(line.id);
      line.transport = this.#shared(line.transport);
      const entry: Entry = { intent: line, outcome: early };
      this.#intents.set(line.id, entry);
      const key = keyOf(line.address, line.step);
      const known = this.#byAddress.get(key);
      if (known === undefined) this.#byAddress.set(key, entry);
      else if (Array.isArray(known)) known.push(entry);
      else this.#byAddress.set(key, [known, entry]);
      return;
    }
    const entry = this.#intents.get(line.intent);
    const known = entry === undefined ? this.#early.get(line.intent) : entry.outcome;
    if (known !== undefined && !outweighs(line, known)) return;
    if (entry === undefined) this.#early.set(line.intent, line);
    else entry.outcome = this.#lean(line, entry.intent);
  }

  /** Lets an outcome share its texts with its intent, and what a server says each time: of a million that is much. */
  #lean(line: OutcomeLine, { id, message_id, address }: IntentLine): OutcomeLine {
    line.intent = id;
    if (line.message_id === message_id) line.message_id = message_id;
    if (line.address === address) line.address = address;
    if (line.reply !== undefined) line.reply = this.#shared(line.reply);
    return line;
  }

  /** One text for all that are equal, as long as they are few. */
  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known === undefined && this.#texts.size < 1000) this.#texts.set(text, text);
    return known ?? text;
  }

  /** Whether a line would say nothing new. */
  has(line: JournalLine): boolean {
    if (line.event === 'intent') return this.#intents.has(line.id);
    const known = this.#intents.get(line.intent)?.outcome ?? this.#early.get(line.intent);
    return known !== undefined && !outweighs(line, known);
  }

  /** What became of an intent, by its id; undefined where nothing is known. */
  outcomeOf(intent: string): OutcomeLine | undefined {
    return this.#intents.get(intent)?.outcome;
  }

  /** Outcomes whose intent is in no journal read so far: a journal is missing. */
  get orphans(): number {
    return this.#early.size;
  }

  /** What is known of the message to a canonical address; undefined where none was tried. */
  get(address: string, step?: string): SendRecord | undefined {
    const found = this.#byAddress.get(keyOf(address, step));
    return found && recordOf(found);
  }

  /** Every message that was begun to a canonical address, with what became of it. */
  *intentsTo(address: string, step?: string): Generator<{ intent: IntentLine; outcome?: OutcomeLine }> {
    const found = this.#byAddress.get(keyOf(address, step)) ?? [];
    for (const { intent, outcome } of Array.isArray(found) ? found : [found])
      yield outcome === undefined ? { intent } : { intent, outcome };
  }

  /** Every address that was tried, once per step. */
  *records(): Generator<SendRecord> {
    for (const entry of this.#byAddress.values()) yield recordOf(entry);
  }
}

interface Entry {
  intent: IntentLine;
  outcome: OutcomeLine | undefined;
}

/** What several tries came to: the state that most forbids another copy. */
function recordOf(entries: Entry | Entry[]): SendRecord {
  if (!Array.isArray(entries)) return asRecord(entries);
  return entries
    .map(asRecord)
    .reduce((found, one) => (caution[one.state] > caution[found.state] ? one : found));
}

function asRecord({ intent, outcome }: Entry): SendRecord {
  return outcome === undefined ? { state: 'unknown', intent } : { state: outcome.event, intent, outcome };
}

function outweighs(line: OutcomeLine, known: OutcomeLine): boolean {
  const difference = certainty[line.event] - certainty[known.event];
  return difference > 0 || (difference === 0 && line.id < known.id);
}

function keyOf(address: string, step: string | undefined): string {
  return step === undefined ? address : `${address}\0${step}`;
}
