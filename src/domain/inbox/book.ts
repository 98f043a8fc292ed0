import { erasedPath } from '../erasure/redact-ledger.js';
import type { AgainLine, DismissedLine, FiledLine, InboxLine, ReceivedLine, TaughtLine } from './ledger.js';

export type MessageState = 'waiting' | 'filed' | 'dismissed';

/** A message with all that became of it. */
export interface BookedMessage {
  /** The first time that it came. */
  received: ReceivedLine;
  /** The other times, of every source. */
  again: (ReceivedLine | AgainLine)[];
  state: MessageState;
  /** What was decided last. */
  decision: FiledLine | DismissedLine | undefined;
  taught: TaughtLine | undefined;
}

/**
 * All that came in and what became of it, by the lines of every clone. A message that two clones took in is one; what
 * was decided last counts, and what was filed is never dismissed.
 */
export class InboxBook {
  readonly #messages = new Map<string, BookedMessage>();
  /** Lines about messages whose own line is not read yet, or is missing. */
  readonly #early = new Map<string, InboxLine[]>();
  readonly #places = new Map<string, Set<string>>();

  /** The order of lines does not matter. */
  add(line: InboxLine): void {
    if (line.event === 'received' || line.event === 'again') this.#placesOf(line.source).add(line.place);
    const booked = this.#messages.get(line.message);
    if (booked) settle(booked, line);
    else if (line.event === 'received') {
      const fresh: BookedMessage = {
        received: line,
        again: [],
        // Nothing follows any more from what was erased.
        state: line.path === erasedPath ? 'dismissed' : 'waiting',
        decision: undefined,
        taught: undefined,
      };
      this.#messages.set(line.message, fresh);
      for (const early of this.#early.get(line.message) ?? []) settle(fresh, early);
      this.#early.delete(line.message);
    } else {
      const early = this.#early.get(line.message);
      if (early) early.push(line);
      else this.#early.set(line.message, [line]);
    }
  }

  get(message: string): BookedMessage | undefined {
    return this.#messages.get(message);
  }

  /** In no order. */
  messages(): IterableIterator<BookedMessage> {
    return this.#messages.values();
  }

  /** Whether something that lies at this place of a source is on file. */
  knows(source: string, place: string): boolean {
    return this.#places.get(source)?.has(place) === true;
  }

  /** The places of a source of which something is on file. */
  places(source: string): ReadonlySet<string> {
    return this.#placesOf(source);
  }

  /** Messages of which something is said although no line says that they came. */
  strangers(): { message: string; lines: readonly InboxLine[] }[] {
    return [...this.#early].map(([message, lines]) => ({ message, lines }));
  }

  #placesOf(source: string): Set<string> {
    const known = this.#places.get(source) ?? new Set<string>();
    this.#places.set(source, known);
    return known;
  }
}

function settle(booked: BookedMessage, line: InboxLine): void {
  switch (line.event) {
    case 'received':
      if (isEarlier(line, booked.received)) {
        booked.again.push(booked.received);
        booked.received = line;
      } else booked.again.push(line);
      return;
    case 'again':
      booked.again.push(line);
      return;
    case 'taught':
      if (!booked.taught || isEarlier(booked.taught, line)) booked.taught = line;
      return;
    default:
      // Two clones may have decided at once: what is on file is on file.
      if (booked.state === 'filed' && line.event === 'dismissed') return;
      if (booked.decision?.event === line.event && isBefore(line, booked.decision)) return;
      booked.decision = line;
      booked.state = line.event;
  }
}

/** A person's word counts before that of a rule made at the same time; of two persons', the one that is read last. */
function isBefore(one: FiledLine | DismissedLine, other: FiledLine | DismissedLine): boolean {
  const [a, b] = [Date.parse(one.at), Date.parse(other.at)];
  return a === b ? one.by === undefined && other.by !== undefined : a < b;
}

function isEarlier(one: { at: string; id: string }, other: typeof one): boolean {
  const [a, b] = [Date.parse(one.at), Date.parse(other.at)];
  return a === b ? one.id < other.id : a < b;
}
