import type { Delimiter } from '../../csv/dialect.js';
import { isFormula } from '../../csv/formula.js';
import { readRows } from '../../csv/read-rows.js';
import type { Chunk } from '../../csv/scan.js';
import { rowKeyReader } from '../../domain/dedupe/row-keys.js';
import type { Columns } from '../../domain/lists/columns.js';

/** What a thread must know to read any chunk of a list. */
export interface ChunkReader {
  bytes: Uint8Array;
  delimiter: Delimiter;
  newline: number;
  columns: Columns;
  country: string | undefined;
  /** Cells of the header, or of the first row. */
  width: number;
}

export interface FlaggedCell {
  /** Row within the chunk. */
  row: number;
  flag: 'role' | 'invalid';
  value: string;
  reason?: string;
}

/** The keys of one chunk's rows, packed so that they cross from thread to thread cheaply. */
export interface ChunkKeys {
  starts: Float64Array;
  ends: Float64Array;
  lines: Uint32Array;
  filled: Uint16Array;
  marks: Uint8Array;
  /** One row a line. */
  emails: string;
  phones: string;
  names: string;
  companies: string;
  bare: string;
  flagged: FlaggedCell[];
}

/** A cell may be taken for a formula. */
export const markFormula = 1;
export const markOptedOut = 2;
/** More or fewer cells than the header. */
export const markRagged = 4;

/** Reads the keys of the rows of one chunk. */
export function readChunkKeys(reader: ChunkReader, chunk: Chunk): ChunkKeys {
  const bytes = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset, reader.bytes.byteLength);
  const keysOf = rowKeyReader(reader.columns, reader.country);
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  const filled: number[] = [];
  const marks: number[] = [];
  const emails: string[] = [];
  const phones: string[] = [];
  const names: string[] = [];
  const companies: string[] = [];
  const bare: string[] = [];
  const flagged: FlaggedCell[] = [];
  const tabs = reader.delimiter !== '\t' && bytes.subarray(chunk.start, chunk.end).includes(9);
  readRows(bytes, chunk, reader, ({ cells, line, start, end }) => {
    const row = starts.length;
    const keys = keysOf(cells);
    starts.push(start);
    ends.push(end);
    lines.push(line);
    filled.push(Math.min(keys.filled, 0xffff));
    let mark = tabs || cells.some(isFormula) ? markFormula : 0;
    if (keys.optedOut) mark |= markOptedOut;
    if (cells.length !== reader.width && keys.filled > 0) mark |= markRagged;
    marks.push(mark);
    emails.push(keys.emails.join('\t'));
    phones.push(keys.phones.join('\t'));
    names.push(keys.name);
    companies.push(keys.company);
    bare.push(keys.filled === 0 ? '' : keys.bare.replace(/[\n\t]/g, ' '));
    for (const value of keys.roles) flagged.push({ row, flag: 'role', value });
    for (const { value, reason } of keys.invalid) flagged.push({ row, flag: 'invalid', value, reason });
  });
  return {
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    lines: Uint32Array.from(lines),
    filled: Uint16Array.from(filled),
    marks: Uint8Array.from(marks),
    emails: emails.join('\n'),
    phones: phones.join('\n'),
    names: names.join('\n'),
    companies: companies.join('\n'),
    bare: bare.join('\n'),
    flagged,
  };
}
