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
 * was decided last counts.
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
        state: 'waiting',
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
      if (booked.decision && !isEarlier(booked.decision, line)) return;
      booked.decision = line;
      booked.state = line.event;
  }
}

/** A person's word goes before that of a rule made at the same time; else the id decides, alike in every clone. */
function isEarlier(one: { at: string; id: string; by?: string }, other: typeof one): boolean {
  const [a, b] = [Date.parse(one.at), Date.parse(other.at)];
  if (a !== b) return a < b;
  const byPerson = Number(one.by !== undefined) - Number(other.by !== undefined);
  return byPerson !== 0 ? byPerson < 0 : one.id < other.id;
}
