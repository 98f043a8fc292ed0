/** A JSON object of a file, not read yet; or what stands in the place of one. */
export type JsonPiece = { line: number; text: string } | { line: number; fault: string };

/** No provider writes an event, or a page of them, as long as this, in bytes; nor as deep. */
const longest = 16 * 1024 * 1024;
const deepest = 64;

const [newline, quote, backslash, open, close, openList, closeList, comma, colon] =
  Buffer.from('\n"\\{}[],:');

/**
 * Takes the objects out of JSON, JSON Lines, and lists of them, piece by piece: a list of a million events is never held
 * whole. What is no object is told with its line, and the reading goes on at the next line.
 */
export class JsonValues {
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  /** Within what is left of a line that could not be read. */
  #skipping = false;

  /** The objects that end in these bytes, or in those before. */
  *push(bytes: Uint8Array): Generator<JsonPiece> {
    this.#rest = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    yield* this.#scan(false);
  }

  /** What stands at the end of the file. */
  *end(): Generator<JsonPiece> {
    yield* this.#scan(true);
  }

  *#scan(last: boolean): Generator<JsonPiece> {
    const bytes = this.#rest;
    let at = 0;
    while (at < bytes.length) {
      if (this.#skipping) {
        const end = bytes.indexOf(newline as number, at);
        if (end < 0) {
          at = bytes.length;
          break;
        }
        this.#skipping = false;
        at = end;
      }
      const byte = bytes[at] as number;
      if (byte === newline) this.#line++;
      if (isBetween(byte)) {
        at++;
        continue;
      }
      if (byte !== open) {
        yield { line: this.#line, fault: 'this is no JSON object' };
        this.#skipping = true;
        continue;
      }
      const found = objectAt(bytes, at);
      if (found === 'unfinished' && !last && bytes.length - at <= longest) break;
      if (typeof found === 'number') {
        const text = bytes.toString('utf8', at, found);
        yield { line: this.#line, text };
        this.#line += linesIn(bytes, at, found);
        at = found;
        continue;
      }
      // What comes after the first line of it may be whole.
      const fault = 'the JSON object is broken, cut off or too long; the rest of this line is not read';
      yield { line: this.#line, fault };
      this.#skipping = true;
    }
    this.#rest = bytes.subarray(at);
  }
}

function linesIn(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(newline as number, from); at >= 0 && at < to; count++)
    at = bytes.indexOf(newline as number, at + 1);
  return count;
}

/** Between objects stand white space, commas, the brackets of lists, and a byte order mark. */
function isBetween(byte: number): boolean {
  return (
    byte === newline ||
    byte === comma ||
    byte === openList ||
    byte === closeList ||
    byte === 0x20 ||
    byte === 0x09 ||
    byte === 0x0d ||
    byte === 0xef ||
    byte === 0xbb ||
    byte === 0xbf
  );
}

/** Where the object that begins at a place ends; `broken` as soon as it can be none. */
function objectAt(bytes: Buffer, start: number): number | 'unfinished' | 'broken' {
  /** The brackets that are open. */
  const brackets: number[] = [];
  /** The last byte that is no white space, outside of texts. */
  let before = colon as number;
  const end = Math.min(bytes.length, start + longest);
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte <= 0x20) {
      if (byte === 0) return 'broken';
      continue;
    }
    if (byte === quote) {
      at = endOfText(bytes, at, end);
      if (at < 0) return 'broken';
      if (at >= end) break;
    } else if (byte === open || byte === openList) {
      const inner = brackets.at(-1);
      const inPlace = before === colon || (inner === openList && (before === openList || before === comma));
      if (!inPlace || brackets.length === deepest) return 'broken';
      brackets.push(byte);
    } else if (byte === close || byte === closeList) {
      if (brackets.pop() !== (byte === close ? open : openList)) return 'broken';
      if (brackets.length === 0) return at + 1;
    }
    before = byte;
  }
  return end - start >= longest ? 'broken' : 'unfinished';
}

/** The closing quotation mark of a text; `end` where it is still to come, -1 where a line ends first. */
function endOfText(bytes: Buffer, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) return at;
    if (byte === backslash) at++;
    else if (byte === newline) return -1;
  }
  return end;
}
