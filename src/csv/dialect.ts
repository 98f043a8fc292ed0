import { cellValue, rawCells } from './raw-row.js';

export type Delimiter = ',' | ';' | '\t' | '|';
export type Newline = '\n' | '\r\n' | '\r';

export interface Dialect {
  delimiter: Delimiter;
  newline: Newline;
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
const sampleBytes = 64 * 1024;
const sampleLines = 40;

/**
 * Tells the delimiter and the newline from the first lines. The delimiter is the one that cuts a line into most names of
 * columns that the reader knows; among equals, the one that cuts most lines into the same number of cells, quotation
 * marks respected. A file of one column has a comma.
 * @param known how many of these cells are names of columns
 */
export function sniffDialect(bytes: Uint8Array, known: (cells: readonly string[]) => number): Dialect {
  const sample = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.byteLength, sampleBytes),
  ).toString();
  const newline = sniffNewline(sample);
  const lines = sample.split(newline, sampleLines);
  let best = { delimiter: delimiters[0]!, names: 0, score: 0 };
  for (const delimiter of delimiters) {
    const cut = lines.map((line) => rawCells(line, delimiter).map((cell) => cellValue(cell).trim()));
    const names = Math.max(...cut.map(known));
    const score = evenness(cellCounts(sample, delimiter, newline === '\r' ? '\r' : '\n'));
    if (names > best.names || (names === best.names && score > best.score))
      best = { delimiter, names, score };
  }
  return { delimiter: best.delimiter, newline };
}

function sniffNewline(sample: string): Newline {
  const lineFeeds = sample.split('\n').length - 1;
  if (lineFeeds === 0) return sample.includes('\r') ? '\r' : '\n';
  return (sample.split('\r\n').length - 1) * 2 > lineFeeds ? '\r\n' : '\n';
}

/** Cells of each record of the sample; the last, perhaps cut off, is left out where there are others. */
function cellCounts(sample: string, delimiter: string, newline: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let atFieldStart = true;
  for (let i = 0; i < sample.length && counts.length < sampleLines; i++) {
    const char = sample[i]!;
    if (quoted) {
      if (char === '"' && sample[i + 1] === '"') i++;
      else if (char === '"') quoted = false;
    } else if (char === newline) {
      counts.push(cells);
      cells = 1;
      atFieldStart = true;
    } else if (char === delimiter) {
      cells++;
      atFieldStart = true;
    } else if (char === '"' && atFieldStart) {
      quoted = true;
      atFieldStart = false;
    } else if (char !== ' ') atFieldStart = false;
  }
  return counts.length === 0 ? [cells] : counts;
}

/** How many lines share the commonest number of cells above one, and how many cells that is. */
function evenness(counts: readonly number[]): number {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 1) lines.set(count, (lines.get(count) ?? 0) + 1);
  let best = 0;
  for (const [cells, count] of lines) best = Math.max(best, count * (1 + Math.log2(cells)));
  return best;
}
