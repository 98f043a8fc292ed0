import type { BlockingReport } from '../../domain/dedupe/linkage/blocking.js';
import { comparedValues } from '../../domain/dedupe/linkage/explain.js';
import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { probabilityOf, roundProbability } from '../../domain/dedupe/linkage/odds.js';
import { linkInThreads } from './link-in-threads.js';
import { type Input, idColumn, openList } from './open-list.js';
import { readTable } from './read-table.js';
import { writePairs } from './write-pairs.js';

export interface LinkListsOptions {
  one: Input;
  other: Input;
  /** Column that names the rows of either list; their lines do where it is not given. */
  id: string | undefined;
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  country: string | undefined;
  trained?: Trained | undefined;
  /** Leave cells that a spreadsheet takes for formulas as they are. */
  raw: boolean;
  progress?: (stage: string, done: number) => void;
}

/** Two rows by their lines in the files, or by their ids. */
export interface LinkedPair {
  a: number | string;
  b: number | string;
  probability: number;
}

/** In the keys of `--json`. Rows of a = matched + only_a, rows of b = matched + only_b. */
export interface LinkReport {
  rows_a: number;
  rows_b: number;
  matched: number;
  /** Pairs that a person should look at. */
  ask: number;
  only_a: number;
  only_b: number;
  pairs: LinkedPair[];
  ask_pairs: LinkedPair[];
}

export interface LinkedLists {
  report: LinkReport;
  /** What two rows say in the fields that were compared, for people to read. */
  valuesOf: (pair: LinkedPair) => [string, string];
  /** The linked pairs as a CSV file, with the columns of both lists. */
  csv: () => Iterable<Uint8Array>;
  bare: number;
  blocking: BlockingReport[];
}

/**
 * Links two lists: which row of one is which of the other. Each row has at most one counterpart.
 * @throws ItacaError `invalid` where the lists have no column in common that can be compared
 */
export async function linkLists(options: LinkListsOptions): Promise<LinkedLists> {
  const { id } = options;
  const lists = [options.one, options.other].map((input) => openList(input, id === undefined ? [] : [id]));
  const at = lists.map((list) => (id === undefined ? undefined : idColumn(list, id)));
  const ids: string[] = [];
  const { table, lines, bare } = readTable(lists, {
    mapped: options.mapped,
    ignored: at.map((column) => new Set(column === undefined ? [] : [column])),
    country: options.country,
    progress: options.progress,
    onRow: (row, cells, which) => {
      const column = at[which];
      if (column !== undefined) ids[row] = cells[column] ?? '';
    },
  });
  const { trained, progress } = options;
  const { model, clusters, asks, blocking } = await linkInThreads(table, { trained, progress });
  const second = table.second!;
  const counterpart = new Map<number, number>();
  for (let row = second; row < table.rows; row++) {
    const root = clusters[row]!;
    if (root < second) counterpart.set(root, row);
  }
  const rowsOf = new Map<LinkedPair, [number, number]>();
  const pairOf = (a: number, b: number, weight: number): LinkedPair => {
    const pair = {
      a: ids[a] ?? lines[a]!,
      b: ids[b] ?? lines[b]!,
      probability: roundProbability(probabilityOf(weight)),
    };
    rowsOf.set(pair, [a, b]);
    return pair;
  };
  const matched = [...counterpart].sort(([a], [b]) => a - b);
  const pairs = matched.map(([a, b]) => pairOf(a, b, model.weigh(a, b) + model.prior));
  const askPairs = asks.map(({ a, b, weight }) => pairOf(Math.min(a, b), Math.max(a, b), weight));
  return {
    report: {
      rows_a: second,
      rows_b: table.rows - second,
      matched: pairs.length,
      ask: askPairs.length,
      only_a: second - pairs.length,
      only_b: table.rows - second - pairs.length,
      pairs,
      ask_pairs: askPairs,
    },
    valuesOf: (pair) => {
      const [a, b] = rowsOf.get(pair)!;
      return [a, b].map((row) => comparedValues(table, row).filter(Boolean).join(' · ')) as [string, string];
    },
    csv: () =>
      writePairs(lists[0]!, lists[1]!, new Map(matched.map(([a, b]) => [a, b - second])), options.raw),
    bare,
    blocking,
  };
}
