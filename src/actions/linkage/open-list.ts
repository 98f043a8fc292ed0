import { gunzipSync } from 'node:zlib';
import { type CsvFile, openCsv, rowsOf } from '../../csv/open-csv.js';
import type { CsvRow } from '../../csv/read-rows.js';
import { withDoubleQuotes } from '../../csv/single-quotes.js';
import { comparableNames } from '../../domain/dedupe/linkage/fields.js';
import { ItacaError } from '../../domain/error.js';

/** A file as it was read, and its name. */
export interface Input {
  bytes: Uint8Array;
  path: string;
}

/** A list made out, and its rows one by one. */
export interface OpenList {
  path: string;
  file: CsvFile;
  /** Names of the columns; in a list without header `column 1` and so on. */
  header: string[];
  /** Cells of the first rows. */
  sample: string[][];
  /** Every row in the order of the file. */
  rows: () => Generator<CsvRow>;
}

/**
 * Makes out a list of records, whatever its encoding, dialect and quotation marks, packed by gzip or not. Blank lines
 * are no rows of it.
 * @param names columns that were named by the user: they tell the header, too
 * @throws ItacaError `invalid` for what is no CSV
 */
export function openList({ bytes, path }: Input, names: readonly string[] = []): OpenList {
  const named = new Set(names.map(foldName));
  const file = openCsv(withDoubleQuotes(unpacked(bytes, path)), {
    path,
    known: (cells) =>
      comparableNames(cells) + cells.filter((cell) => cell !== '' && named.has(foldName(cell))).length,
  });
  const list = asList(file, path);
  return {
    ...list,
    *rows() {
      for (const row of list.rows()) if (row.cells.length > 1 || row.cells[0] !== '') yield row;
    },
  };
}

/** A CSV file that was made out already, as a list with all its rows, blank lines too. */
export function asList(file: CsvFile, path: string): OpenList {
  const sample = file.sample.map(({ cells }) => cells);
  const width = Math.max(0, ...sample.map((cells) => cells.length));
  const header =
    file.headerRow === undefined ? Array.from({ length: width }, (_, i) => `column ${i + 1}`) : file.header;
  return { path, file, header, sample, rows: () => rowsOf(file) };
}

/** The position of a column by its name, whatever its case; undefined where there is none. */
export function columnOf({ header }: OpenList, name: string): number | undefined {
  const exact = header.indexOf(name);
  const at = exact >= 0 ? exact : header.map(foldName).indexOf(foldName(name));
  return at < 0 ? undefined : at;
}

/**
 * The position of the column that names the rows of a list.
 * @throws ItacaError `usage` where the list has no such column
 */
export function idColumn(list: OpenList, id: string): number {
  const at = columnOf(list, id);
  if (at !== undefined) return at;
  throw new ItacaError('usage', `there is no column "${id}" in ${list.path}`, {
    hint: `there are: ${list.header.join(', ')}`,
  });
}

function foldName(name: string): string {
  return name.trim().toLowerCase();
}

function unpacked(bytes: Uint8Array, path: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new ItacaError('invalid', 'the file is packed by gzip and cannot be unpacked', {
      path,
      cause,
      hint: 'It was cut off, perhaps: copy it again.',
    });
  }
}
