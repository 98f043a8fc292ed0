import { withId } from '../sending/journal-line.js';
import { bareReferences, namesAny } from './bare-references.js';
import { erasedText } from './person.js';

/** What the lines of ledgers are read by. Grows while ledgers are learned. */
export interface LedgerRules {
  contacts: ReadonlySet<string>;
  /** Records whose references are to be bare ids: of the person, removed, or renamed. */
  bare: ReadonlySet<string>;
  /** Takes the person out of free text. */
  redact(text: string): string;
  /** What stands for an address: the same in every clone, so that accounts still add up; undefined for another's. */
  pseudonym(address: string): string | undefined;
  /** Ids of messages that came in from the person, or were filed in what was removed. */
  messages: ReadonlySet<string>;
}

/** The path of a received message whose file was erased with its sender. */
export const erasedPath = 'erased';

type Line = Record<string, unknown>;

/** Said of the person's machine or by a server, and of no use without him. */
const dropped = new Set(['agent', 'ip', 'key']);
/** In a line about the person these hold his name, or free text about him. */
const covered = new Set(['name', 'detail', 'reply']);

/**
 * Takes a person out of the lines of a ledger. A line's id derives from its content, so a changed line gets another
 * one; what names lines by their ids follows.
 */
export class LedgerRedactor {
  /** Ids of lines: as they were → as they are. */
  readonly #renamed = new Map<string, string>();

  constructor(private readonly rules: LedgerRules) {}

  /** Reads a ledger beforehand: another one may name its lines. */
  learn(text: string): void {
    for (const raw of text.split('\n')) {
      const line = parsed(raw);
      if (line === undefined || 'intent' in line) continue;
      const id = line.id as string;
      const after = this.#line(line);
      if (after !== undefined && after.id !== id) this.#renamed.set(id, after.id as string);
    }
  }

  /** A ledger without the person, with as many lines as before; of one that stands twice then, the first. */
  redact(text: string): string {
    const seen = new Set<string>();
    let changed = false;
    const lines = text.split('\n').flatMap((raw) => {
      const line = parsed(raw);
      const after = line && this.#line(line);
      const instead = after === undefined ? (line ? raw : this.#text(raw)) : JSON.stringify(after);
      if (instead !== raw) changed = true;
      const id = (after ?? line)?.id as string | undefined;
      if (id !== undefined && seen.has(id)) return [];
      if (id !== undefined) seen.add(id);
      return [instead];
    });
    return changed ? lines.join('\n') : text;
  }

  /** The line as it is to be; undefined where nothing in it is the person's. */
  #line(line: Line): Line | undefined {
    const before = JSON.stringify(line);
    const { id, ...rest } = line;
    const mine = this.#isAbout(line);
    const erased = this.rules.messages.has(String(line.message));
    const after = this.#value(rest, mine) as Line;
    if (erased && line.event === 'received') {
      after.path = erasedPath;
      after.why = erasedText;
      delete after.message_id;
    }
    if (typeof line.intent === 'string') after.intent = this.#renamed.get(line.intent) ?? line.intent;
    return JSON.stringify({ id, ...after }) === before ? undefined : withId(after);
  }

  #isAbout(line: Line): boolean {
    const { contact, ref, address, canonical } = line;
    return [contact, ref, address, canonical].some(
      (value) =>
        typeof value === 'string' &&
        (namesAny(value, this.rules.contacts) || this.rules.pseudonym(value) !== undefined),
    );
  }

  #value(value: unknown, mine: boolean): unknown {
    if (typeof value === 'string') return this.rules.pseudonym(value) ?? this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.#value(item, mine));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        if (mine && dropped.has(key)) return [];
        if (mine && key === 'address' && typeof item === 'string' && isSpelled(item))
          return [[key, erasedText]];
        if (mine && covered.has(key) && typeof item === 'string') return [[key, erasedText]];
        return [[key, this.#value(item, mine)]];
      }),
    );
  }

  #text(text: string): string {
    return this.rules.redact(bareReferences(text, this.rules.bare));
  }
}

/** A postal address or a number as people write it, not the hash of one that lines are told apart by. */
function isSpelled(address: string): boolean {
  return address !== '' && !address.includes('@') && !/^[a-z]+:[0-9a-f]{32,}$/.test(address);
}

function parsed(raw: string): Line | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(raw);
    const isLine = typeof value === 'object' && value !== null && typeof (value as Line).id === 'string';
    return isLine ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
