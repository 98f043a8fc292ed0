import { type DecodedFile, decode } from './decode.js';
import { type Dialect, sniffDialect } from './dialect.js';
import { type CsvRow, readRows } from './read-rows.js';
import { type Chunk, chunks, newlineByte } from './scan.js';

/** A CSV file made out: its encoding, dialect, header, and where its rows begin and end. */
export interface CsvFile extends DecodedFile, Dialect {
  /** Trimmed names of the columns; empty where the file has no header. */
  header: string[];
  /** Where the header stands; undefined where there is none. */
  headerRow: CsvRow | undefined;
  /** The rows: after the header, before the lines of totals that some reports end with. */
  body: Chunk;
  /** Lines left out before the header and after the rows. */
  linesBefore: number;
  linesAfter: number;
  /** The first records after the header, at most 50, for telling columns by their looks. */
  sample: CsvRow[];
  path: string | undefined;
}

export interface OpenOptions {
  /** How many of these cells are names of columns that the reader knows: this is how the header is found. */
  known: (cells: readonly string[]) => number;
  /** For messages. */
  path?: string;
}

/** LinkedIn and Salesforce write two to five lines before the header; more than this is no preamble. */
const headerWithin = 25;
const sampleRows = 50;
const chunkBytes = 4 * 1024 * 1024;

/**
 * Makes out a CSV file: encoding, delimiter, newline, the lines before its header, the header, the lines after its rows.
 * @throws ItacaError `invalid` for what is no CSV: empty, binary, an open quotation mark
 */
export function openCsv(file: Uint8Array, options: OpenOptions): CsvFile {
  const decoded = decode(file, options.path);
  const dialect = sniffDialect(decoded.bytes, options.known);
  const whole = { start: 0, end: decoded.bytes.length, line: 1 };
  const first = firstRows(decoded.bytes, dialect, whole, options.path);
  const at = findHeader(first, options.known);
  const headerRow = at === undefined ? undefined : first[at];
  const width = headerRow?.cells.length ?? 0;
  const after = at === undefined ? first[0] : first[at + 1];
  const start = after?.start ?? decoded.bytes.length;
  const end = width < 3 ? whole.end : endOfRows(decoded.bytes, start, dialect, width);
  return {
    ...decoded,
    ...dialect,
    header: headerRow?.cells ?? [],
    headerRow,
    body: { start, end, line: after?.line ?? 1 },
    linesBefore: headerRow === undefined ? 0 : headerRow.line - 1,
    linesAfter: decoded.bytes
      .subarray(end)
      .toString()
      .split('\n')
      .filter((line) => line.trim() !== '').length,
    sample: first.slice(at === undefined ? 0 : at + 1).filter((row) => row.start < end),
    path: options.path,
  };
}

/** The body cut into chunks of whole rows, for one reader or several. */
export function bodyChunks(file: CsvFile): Generator<Chunk> {
  return chunks(file.bytes, {
    ...file.body,
    delimiter: file.delimiter,
    size: chunkBytes,
    newline: newlineByte(file.bytes),
    ...(file.path === undefined ? {} : { path: file.path }),
  });
}

/** Every row of the file in order. */
export function* rowsOf(file: CsvFile): Generator<CsvRow> {
  for (const chunk of bodyChunks(file)) {
    const rows: CsvRow[] = [];
    readRows(file.bytes, chunk, { delimiter: file.delimiter, newline: newlineByte(file.bytes) }, (row) =>
      rows.push(row),
    );
    yield* rows;
  }
}

function firstRows(bytes: Buffer, dialect: Dialect, whole: Chunk, path: string | undefined): CsvRow[] {
  const newline = newlineByte(bytes);
  const rows: CsvRow[] = [];
  const options = { ...whole, delimiter: dialect.delimiter, newline, size: 16 * 1024 };
  for (const chunk of chunks(bytes, path === undefined ? options : { ...options, path })) {
    readRows(bytes, chunk, { delimiter: dialect.delimiter, newline }, (row) => rows.push(row));
    if (rows.length > headerWithin + sampleRows) break;
  }
  return rows.slice(0, headerWithin + sampleRows);
}

function findHeader(rows: readonly CsvRow[], known: OpenOptions['known']): number | undefined {
  let best: { at: number; score: number } | undefined;
  for (const [at, row] of rows.slice(0, headerWithin).entries()) {
    const score = known(row.cells);
    if (score > (best?.score ?? 0)) best = { at, score };
  }
  return best?.at;
}

const totals = /^"?(?:grand |sub)?(?:totals?|totale|totali|gesamt|summe|records)\b/i;

/**
 * Some reports end with a blank line and totals (`"Total Records",3`). They are no rows: short, at the very end,
 * after a blank line, and without an address.
 */
function endOfRows(bytes: Buffer, start: number, dialect: Dialect, width: number): number {
  const from = Math.max(start, bytes.length - 2048);
  const tail = bytes.subarray(from).toString('latin1');
  const blank = /\r?\n[ \t]*(?:\r?\n[ \t]*)+(?=\S)(?![\s\S]*\n[ \t]*\r?\n[ \t]*\S)/.exec(tail);
  if (blank === null) return bytes.length;
  const footer = tail.slice(blank.index + blank[0].length).trimEnd();
  const lines = footer.split(/\r?\n/);
  const short = lines.every((line) => {
    const cells = line.split(dialect.delimiter).length;
    return cells * 2 <= width || (cells < width && totals.test(line));
  });
  const closed = (footer.split('"').length - 1) % 2 === 0;
  if (!short || !closed || lines.length > 8 || footer.includes('@')) return bytes.length;
  return from + blank.index + (tail[blank.index] === '\r' ? 2 : 1);
}
