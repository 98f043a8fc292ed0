import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { clustersOfPairs } from '../../domain/dedupe/linkage/truth.js';
import { ItacaError } from '../../domain/error.js';
import type { Input } from './open-list.js';

/** How the rows of one list are named. */
export interface RowNames {
  /** Row by the value of its id column. */
  byId: ReadonlyMap<string, number>;
  /** The list's first row, and how many it has. */
  start: number;
  count: number;
}

/** What a file of pairs says, and whether it names rows by their ids or by their places. */
export interface PairTruth {
  clusters: Int32Array;
  byId: boolean;
}

/**
 * Reads which rows are one from a file of pairs: the first two columns, the first of list one, the second of the last
 * list. Where the ids do not hold what the pairs name, and all are whole numbers, they are places of rows, from 0.
 * @throws ItacaError `invalid` for a pair of which one is no row, with its line
 */
export function readPairs(file: Input, names: readonly RowNames[]): PairTruth {
  const one = names[0]!;
  const other = names.at(-1)!;
  const rows = other.start + other.count;
  const csv = openCsv(file.bytes, { path: file.path, known: (cells) => (cells.length > 1 ? 1 : 0) });
  const listed = [...(csv.headerRow === undefined ? [] : [csv.headerRow]), ...rowsOf(csv)].filter(
    ({ cells }) => cells.some((cell) => cell !== ''),
  );
  const pairs = listed.map(({ cells, line }) => ({ a: cells[0] ?? '', b: cells[1] ?? '', line }));
  const [first, ...rest] = pairs;
  const known = ({ a, b }: { a: string; b: string }) => one.byId.has(a) && other.byId.has(b);
  const places = rest.every(({ a, b }) => /^\d+$/.test(a) && /^\d+$/.test(b));
  const byId = rest.some(known) || !places;
  const rowOf = ({ byId: ids, start, count }: RowNames, name: string) => {
    if (byId) return ids.get(name);
    return Number(name) < count ? start + Number(name) : undefined;
  };
  // The first line is a header unless it names rows itself.
  const isPair = first !== undefined && (byId ? known(first) : /^\d+$/.test(first.a));
  const found = (isPair ? pairs : rest).map(({ a, b, line }): [number, number] => {
    const left = rowOf(one, a);
    const right = rowOf(other, b);
    if (left !== undefined && right !== undefined) return [left, right];
    const strange = left === undefined ? a : b;
    throw new ItacaError('invalid', `no row is named ${JSON.stringify(strange.slice(0, 60))}`, {
      path: file.path,
      line,
      hint: 'Name the column with the ids by --id; without it, it is the first.',
    });
  });
  return { clusters: clustersOfPairs(rows, found), byId };
}
