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
  readonly #intents = new Map<string, { intent: IntentLine; outcome?: OutcomeLine }>();
  readonly #early = new Map<string, OutcomeLine>();
  readonly #byAddress = new Map<string, string[]>();

  add(line: JournalLine): void {
    if (line.event === 'intent') {
      if (this.#intents.has(line.id)) return;
      const early = this.#early.get(line.id);
      this.#early.delete(line.id);
      this.#intents.set(line.id, early === undefined ? { intent: line } : { intent: line, outcome: early });
      const key = keyOf(line.address, line.step);
      const list = this.#byAddress.get(key);
      if (list) list.push(line.id);
      else this.#byAddress.set(key, [line.id]);
      return;
    }
    const entry = this.#intents.get(line.intent);
    const known = entry === undefined ? this.#early.get(line.intent) : entry.outcome;
    if (known !== undefined && !outweighs(line, known)) return;
    if (entry === undefined) this.#early.set(line.intent, line);
    else entry.outcome = line;
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
    let found: SendRecord | undefined;
    for (const id of this.#byAddress.get(keyOf(address, step)) ?? []) {
      const entry = this.#intents.get(id)!;
      const state = entry.outcome?.event ?? 'unknown';
      if (found === undefined || caution[state] > caution[found.state]) found = { state, ...entry };
    }
    return found;
  }

  /** Every message that was begun to a canonical address, with what became of it. */
  *intentsTo(address: string, step?: string): Generator<{ intent: IntentLine; outcome?: OutcomeLine }> {
    for (const id of this.#byAddress.get(keyOf(address, step)) ?? []) yield this.#intents.get(id)!;
  }

  /** Every address that was tried, once per step. */
  *records(): Generator<SendRecord> {
    for (const ids of this.#byAddress.values()) {
      const { address, step } = this.#intents.get(ids[0]!)!.intent;
      yield this.get(address, step)!;
    }
  }
}

function outweighs(line: OutcomeLine, known: OutcomeLine): boolean {
  const difference = certainty[line.event] - certainty[known.event];
  return difference > 0 || (difference === 0 && line.id < known.id);
}

function keyOf(address: string, step: string | undefined): string {
  return `${step ?? ''}\0${address}`;
}
