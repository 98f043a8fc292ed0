import { unguarded } from '../../csv/formula.js';
import type { CsvRow } from '../../csv/read-rows.js';
import type { Refused } from '../import-people/entry.js';

/** A row with more than this in it is no row of a list; a record of it could not be read again. */
const longestRow = 1_000_000;

/**
 * Reads rows as a reader reads their cells, each with its line; one that is no row of the list is refused.
 * @param header empty where the list has none
 */
export function* cellRows<T extends object>(
  rows: readonly CsvRow[],
  header: readonly string[],
  reader: (cells: readonly string[]) => T | { refused: string },
): Generator<(T & { line: number }) | Refused> {
  for (const { cells: written, line } of rows) {
    const cells = written.map(unguarded);
    if (header.length > 0 && cells.slice(header.length).some((cell) => cell !== ''))
      yield { line, refused: `the row has ${cells.length} cells, the header ${header.length}` };
    else if (cells.reduce((sum, cell) => sum + cell.length, 0) > longestRow)
      yield { line, refused: `the row is longer than ${longestRow} characters` };
    else yield { ...reader(cells), line };
  }
}
