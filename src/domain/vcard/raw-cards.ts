import { beginsInner } from './unfold.js';

/** A card as it stands in a file, or why it is none. */
export type RawCard = { line: number } & (
  | {
      /** The lines between BEGIN and END, each a byte a character. */
      lines: string[];
    }
  | { refused: string }
);

export interface RawCards {
  cards: Iterable<RawCard>;
  /** Lines that stand in no card, told when all cards were taken: the first of each run. */
  strays: { line: number; message: string }[];
}

/** Photos of some megabytes are common; what is larger than this was not made to be an entry of an address book. */
const largestCard = 16 * 1024 * 1024;
const windowBytes = 4 * 1024 * 1024;
/** Cards within a card (AGENT). */
const deepest = 8;

/**
 * Cuts a file into its cards, in one pass and without reading what they say. A card without end, one that is too large
 * and one that holds NULs is refused; the next begins anew.
 * @param bytes of a file in an encoding that holds ASCII, such as UTF-8; lines may end in LF, CR LF or CR
 */
export function rawCards(bytes: Uint8Array): RawCards {
  const strays: RawCards['strays'] = [];
  return { cards: cut(bytes, strays), strays };
}

function* cut(bytes: Uint8Array, strays: RawCards['strays']): Generator<RawCard> {
  let card: OpenCard | undefined;
  let astray = false;
  for (const { line, text } of linesOf(bytes)) {
    const frame = frameOf(text);
    if (!card) {
      if (frame === 'begin') card = new OpenCard(line);
      else if (saysSomething(text) && !astray) {
        strays.push({ line, message: 'this stands in no card: expected BEGIN:VCARD' });
      }
      astray = frame !== 'begin' && (astray || saysSomething(text));
    } else if (frame === 'begin' && !card.opensInner(text)) {
      yield card.withoutEnd();
      card = new OpenCard(line);
    } else if (frame === 'end' && card.depth === 0) {
      yield card.whole();
      card = undefined;
    } else card.add(text, frame);
  }
  if (card) yield card.withoutEnd();
}

class OpenCard {
  /** How many cards are open within this one. */
  depth = 0;
  private lines: string[] = [];
  private size = 0;
  private fault: string | undefined;

  constructor(private readonly line: number) {}

  /** Whether a BEGIN here begins a card within this one, and not the next one. */
  opensInner(text: string): boolean {
    return this.depth > 0 || beginsInner(this.lines.at(-1) ?? '', text);
  }

  add(text: string, frame: 'begin' | 'end' | undefined): void {
    if (frame === 'begin') this.depth++;
    if (frame === 'end') this.depth--;
    this.size += text.length + 1;
    if (this.depth > deepest) this.fault ??= `more than ${deepest} cards lie within one another`;
    if (this.size > largestCard) this.fault ??= `the card is larger than ${largestCard >> 20} MB`;
    if (text.includes('\0')) this.fault ??= 'the card holds NUL bytes';
    if (this.fault === undefined) this.lines.push(text);
    else this.lines = [];
  }

  whole(): RawCard {
    return this.fault === undefined
      ? { line: this.line, lines: this.lines }
      : { line: this.line, refused: this.fault };
  }

  withoutEnd(): RawCard {
    return { line: this.line, refused: this.fault ?? 'the card that begins here has no END:VCARD' };
  }
}

/** Files of fixed length are filled up with NULs. */
function saysSomething(text: string): boolean {
  return /[^\s\0]/.test(text);
}

/** Whether a line begins or ends a card. One that begins with white space continues the one before, whatever it says. */
function frameOf(text: string): 'begin' | 'end' | undefined {
  // Nearly every line is another, and told by its first letter.
  const first = text.charCodeAt(0) | 32;
  if (first === 98) return /^BEGIN\s{0,8}:\s{0,8}VCARD\s*$/i.test(text) ? 'begin' : undefined;
  if (first === 101) return /^END\s{0,8}:\s{0,8}VCARD\s*$/i.test(text) ? 'end' : undefined;
  return undefined;
}

/** The lines of a file from 1, each a byte a character; read in windows, so that a large file is never one text. */
function* linesOf(bytes: Uint8Array): Generator<{ line: number; text: string }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let line = 0;
  let rest = '';
  let start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  for (; start < buffer.length; start += windowBytes) {
    let text = rest + buffer.toString('latin1', start, Math.min(start + windowBytes, buffer.length));
    // A CR at the end may be the first half of the end of a line.
    const held = /\r{1,2}$/.exec(text)?.[0] ?? '';
    if (held !== '') text = text.slice(0, -held.length);
    if (text.includes('\r')) text = text.replace(/\r\r?\n|\r/g, '\n');
    const lines = text.split('\n');
    rest = `${lines.pop() ?? ''}${held}`;
    for (const one of lines) yield { line: ++line, text: one };
    // The rest of a line that no card may hold says no more than that.
    if (rest.length > largestCard * 2) rest = rest.slice(0, largestCard + windowBytes);
  }
  const last = rest.replace(/\r+$/, '');
  if (last !== '') yield { line: line + 1, text: last };
}
