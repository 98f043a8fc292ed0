import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import { clustersOfLabels } from '../../domain/dedupe/linkage/truth.js';
import { ItacaError } from '../../domain/error.js';
import { columnOf, type Input, idColumn, type OpenList, openList } from './open-list.js';
import { type ReadTable, readTable } from './read-table.js';
import { type PairTruth, type RowNames, readPairs } from './read-truth.js';

export interface LabelledOptions {
  /** One list, or two that are linked. */
  lists: readonly Input[];
  /** Name of the column that says who each row is, or of a file of pairs. */
  truth: string;
  /** Reads a file of pairs. */
  read: (path: string) => Promise<Uint8Array>;
  /** Column by which pairs name rows; the first where it is not given. */
  id: string | undefined;
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  country: string | undefined;
  progress?: (stage: string, done: number) => void;
}

/** A list and who each of its rows is. */
export interface Labelled {
  data: ReadTable;
  /** The cluster of each row by the truth. */
  clusters: Int32Array;
}

/**
 * Reads a list, or two, whose truth is known. Neither the truth nor the id is among what is compared.
 * @throws ItacaError `invalid` for what cannot be compared or has no such truth
 */
export async function readLabelled(options: LabelledOptions): Promise<Labelled> {
  const { truth, id } = options;
  const lists = options.lists.map((input) => openList(input, [truth, ...(id === undefined ? [] : [id])]));
  const ignored = lists.map((list) => new Set(id === undefined ? [] : [idColumn(list, id)]));
  const columns = lists.map((list) => columnOf(list, truth));
  const byColumn = columns.every((at) => at !== undefined);
  const labels: string[] = [];
  let ofPairs: PairTruth | undefined;
  if (byColumn) for (const [i, at] of columns.entries()) ignored[i]!.add(at!);
  else {
    ofPairs = readPairs({ bytes: await readTruthFile(options, lists), path: truth }, namesOfRows(lists, id));
    // An id says who a row is, and must not be compared.
    if (ofPairs.byId && id === undefined) for (const set of ignored) set.add(0);
  }
  const data = readTable(lists, {
    mapped: options.mapped,
    ignored,
    country: options.country,
    progress: options.progress,
    onRow: (_, cells, which) => {
      if (byColumn) labels.push(cells[columns[which]!] ?? '');
    },
  });
  if (data.table.rows === 0) {
    throw new ItacaError('invalid', 'the list has no rows', {
      path: lists[0]!.path,
      hint: 'Export it again, with its rows.',
    });
  }
  return { data, clusters: ofPairs?.clusters ?? clustersOfLabels(labels) };
}

async function readTruthFile(
  { truth, read }: LabelledOptions,
  lists: readonly OpenList[],
): Promise<Uint8Array> {
  try {
    return await read(truth);
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'not_found') throw error;
    const has = lists.map(({ path, header }) => `${path} has: ${header.join(', ')}`).join('; ');
    throw new ItacaError('not_found', `--truth ${truth} is neither a column nor a file`, {
      cause: error,
      hint: has,
    });
  }
}

/** What pairs may name the rows of each list by. */
function namesOfRows(lists: readonly OpenList[], id: string | undefined): RowNames[] {
  let start = 0;
  return lists.map((list) => {
    const at = id === undefined ? 0 : columnOf(list, id)!;
    const byId = new Map<string, number>();
    let count = 0;
    for (const { cells } of list.rows()) byId.set(cells[at] ?? '', start + count++);
    const names = { byId, start, count };
    start += count;
    return names;
  });
}
