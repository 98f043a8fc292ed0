import { csvText } from '../../csv/write-csv.js';
import type { OpenList } from './open-list.js';

const atOnce = 1000;

/**
 * The rows of two lists side by side, pair by pair, in the order and the dialect of the first. A column of the second
 * whose name the first has too gets `_2`.
 * @param pairs places of rows in their lists
 */
export function* writePairs(
  one: OpenList,
  other: OpenList,
  pairs: ReadonlyMap<number, number>,
  raw: boolean,
): Generator<Uint8Array> {
  const { delimiter, newline } = one.file;
  const wanted = new Set(pairs.values());
  const counterparts = new Map<number, { cells: string[]; line: number }>();
  let place = 0;
  for (const { cells, line } of other.rows()) {
    if (wanted.has(place)) counterparts.set(place, { cells, line });
    place++;
  }
  const taken = new Set(one.header);
  const text = (rows: string[][]) => Buffer.from(csvText(rows, { delimiter, newline, raw }));
  const second = other.header.map((name) => (taken.has(name) ? `${name}_2` : name));
  let rows = [[...one.header, ...second, 'itaca_line_a', 'itaca_line_b']];
  place = 0;
  for (const { cells, line } of one.rows()) {
    const match = pairs.get(place++);
    if (match === undefined) continue;
    const { cells: others, line: otherLine } = counterparts.get(match)!;
    rows.push([
      ...exactly(cells, one.header.length),
      ...exactly(others, second.length),
      String(line),
      String(otherLine),
    ]);
    if (rows.length < atOnce) continue;
    yield text(rows);
    rows = [];
  }
  if (rows.length > 0) yield text(rows);
}

/** A row with more or fewer cells than its header must not push the others out of their columns. */
function exactly(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, i) => cells[i] ?? '');
}
