import { parse } from 'csv-parse/sync';
import type { Delimiter } from './dialect.js';
import type { Chunk } from './scan.js';

/** One record of a CSV file and where it stands. */
export interface CsvRow {
  /** Without white space around them. */
  cells: string[];
  /** Line on which it begins, 1-based. */
  line: number;
  /** Offsets of its first byte and of the byte after its last, newline left out. */
  start: number;
  end: number;
}

/**
 * Reads the records of a chunk with csv-parse. Blank lines are records of one empty cell; records may have any number
 * of cells; a quotation mark inside a cell that has none around it is text.
 * @param bytes the whole file, UTF-8
 * @param onRow called for each record in order
 */
export function readRows(
  bytes: Buffer,
  chunk: Chunk,
  options: { delimiter: Delimiter; newline: number },
  onRow: (row: CsvRow) => void,
): void {
  const { newline } = options;
  let start = chunk.start;
  let line = chunk.line;
  parse(bytes.subarray(chunk.start, chunk.end), {
    delimiter: options.delimiter,
    record_delimiter: newline === 0x0a ? ['\r\n', '\n'] : ['\r'],
    relax_quotes: true,
    relax_column_count: true,
    ltrim: true,
    on_record(cells: string[], context) {
      const next = Math.min(chunk.start + context.bytes, chunk.end);
      for (let i = 0; i < cells.length; i++) cells[i] = cells[i]!.trimEnd();
      onRow({ cells, line, start, end: withoutNewline(bytes, start, next) });
      for (
        let at = bytes.indexOf(newline, start);
        at !== -1 && at < next;
        at = bytes.indexOf(newline, at + 1)
      ) {
        line++;
      }
      start = next;
      return null;
    },
  });
}

function withoutNewline(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  if (at > start && bytes[at - 1] === 0x0a) at--;
  if (at > start && bytes[at - 1] === 0x0d) at--;
  return at;
}
