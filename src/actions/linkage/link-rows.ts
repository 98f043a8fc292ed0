import type { CsvFile } from '../../csv/open-csv.js';
import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { probabilityOf, roundProbability } from '../../domain/dedupe/linkage/odds.js';
import type { Columns } from '../../domain/lists/columns.js';
import { linkInThreads } from './link-in-threads.js';
import { asList, idColumn } from './open-list.js';
import { readTable } from './read-table.js';

export interface FuzzyOptions {
  /** Kinds given by the user, by column name. */
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  /** A column that names rows and is not compared. */
  id: string | undefined;
  trained?: Trained | undefined;
  progress?: (stage: string, done: number) => void;
}

export interface LinkedRows {
  /** The cluster of each row. */
  clusters: Int32Array;
  /** Pairs that a person should look at, the likeliest first. */
  asks: { a: number; b: number; probability: number }[];
}

/** Links the rows of a mailing list that was made out already; they are numbered in the order of the file. */
export async function linkRows(
  file: CsvFile,
  columns: Columns,
  country: string | undefined,
  { mapped, id, trained, progress }: FuzzyOptions,
): Promise<LinkedRows> {
  const list = asList(file, file.path ?? 'the list');
  const { table } = readTable([list], {
    mapped: file.headerRow === undefined ? new Map([...namesByLooks(columns), ...mapped]) : mapped,
    ignored: [new Set(id === undefined ? [] : [idColumn(list, id)])],
    country,
    progress,
  });
  const { clusters, asks } = await linkInThreads(table, { trained, progress });
  return {
    clusters,
    asks: asks.map(({ a, b, weight }) => ({ a, b, probability: roundProbability(probabilityOf(weight)) })),
  };
}

/** Without a header the looks of the cells have told which column holds names. */
function namesByLooks({ name = [] }: Columns): [string, FieldKind][] {
  return name.map((column) => [`column ${column + 1}`, 'name']);
}
