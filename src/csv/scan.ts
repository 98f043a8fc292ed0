import { ItacaError } from '../domain/error.js';
import type { Delimiter } from './dialect.js';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** One cell of a list of people holds no megabyte: past that a quotation mark was left open. */
const longestRecord = 1 << 20;

export interface Chunk {
  /** Offsets of bytes; whole records lie between them. */
  start: number;
  end: number;
  /** Line on which the chunk begins, 1-based. */
  line: number;
}

export interface ScanOptions {
  delimiter: Delimiter;
  start: number;
  end: number;
  /** Line at `start`, 1-based. */
  line: number;
  /** A chunk ends with the record that reaches this many bytes. */
  size: number;
  /** Old Macintosh files end their lines with CR alone. */
  newline: number;
  path?: string;
}

/**
 * Cuts a CSV file into chunks of whole records, so that several threads may read it. Only quotation marks are
 * followed, in the way csv-parse follows them with `relax_quotes` and `ltrim`; the cells are left to it.
 * @throws ItacaError `invalid`, with the line, for a quotation mark that is never closed
 */
export function* chunks(bytes: Uint8Array, options: ScanOptions): Generator<Chunk> {
  const { end, size, newline } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  let line = options.line;
  let chunk: Chunk = { start: options.start, end: options.start, line };
  let quoted = false;
  let atFieldStart = true;
  let openedAt = 0;
  let openedOn = 0;
  for (let i = options.start; i < end; i++) {
    const byte = bytes[i]!;
    if (quoted) {
      if (byte === newline) line++;
      else if (byte === quote) {
        if (bytes[i + 1] === quote && i + 1 < end) i++;
        else quoted = false;
      }
      if (i - openedAt > longestRecord) throw unclosed(openedOn, options.path);
    } else if (byte === newline) {
      line++;
      atFieldStart = true;
      if (i + 1 - chunk.start >= size) {
        yield { ...chunk, end: i + 1 };
        chunk = { start: i + 1, end: i + 1, line };
      }
    } else if (byte === delimiter) {
      atFieldStart = true;
    } else if (byte === quote && atFieldStart) {
      quoted = true;
      atFieldStart = false;
      openedAt = i;
      openedOn = line;
    } else if (atFieldStart && byte !== 0x20 && byte !== 0x09 && byte !== 0x0c && byte !== carriageReturn) {
      atFieldStart = false;
    }
  }
  if (quoted) throw unclosed(openedOn, options.path);
  if (chunk.start < end) yield { ...chunk, end };
}

/** The byte that ends a line: LF, or CR in a file that has no LF. */
export function newlineByte(bytes: Uint8Array): number {
  return bytes.includes(lineFeed) || !bytes.includes(carriageReturn) ? lineFeed : carriageReturn;
}

function unclosed(line: number, path: string | undefined): ItacaError {
  return new ItacaError('invalid', `the quotation mark opened on line ${line} is never closed`, {
    ...(path === undefined ? {} : { path }),
    line,
    hint: 'Close it, or double it if it belongs to the text.',
  });
}
