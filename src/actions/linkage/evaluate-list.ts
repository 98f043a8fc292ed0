import { bCubed, pairsWithin, qualityOf, togetherInBoth } from '../../domain/dedupe/linkage/evaluate.js';
import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import { linkRecords } from '../../domain/dedupe/linkage/linkage.js';
import { clustersOfLabels } from '../../domain/dedupe/linkage/truth.js';
import { ItacaError } from '../../domain/error.js';
import { columnOf, type Input, idColumn, type OpenList, openList } from './open-list.js';
import { readTable } from './read-table.js';
import { type PairTruth, type RowNames, readPairs } from './read-truth.js';
import { type LinkageError, worstErrors } from './worst-errors.js';

export interface EvaluateOptions {
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
  /** How many errors of each sort are told. */
  errors: number;
  progress?: (stage: string, done: number) => void;
}

/** In the keys of `--json`. */
export interface Evaluation {
  rows: number;
  true_pairs: number;
  precision: number;
  recall: number;
  f1: number;
  /** F1 of B-cubed. */
  b3: number;
  /** Share of the true pairs that were compared. */
  ceiling: number;
  candidates: number;
  seconds: number;
  errors: LinkageError[];
  blocking: { rule: string; blocks: number; pairs: number; cut: number; left: number }[];
}

export interface Evaluated {
  evaluation: Evaluation;
  fields: string[];
  /** Rows that have nothing to be compared by. */
  bare: number;
}

/**
 * Links a list whose truth is known and compares what was found with it.
 * @throws ItacaError `invalid` for what cannot be compared or has no such truth
 */
export async function evaluateList(options: EvaluateOptions): Promise<Evaluated> {
  const { truth, id } = options;
  const began = performance.now();
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
  const { table } = data;
  if (table.rows === 0) throw new ItacaError('invalid', 'the list has no rows', { path: lists[0]!.path });
  const clusters = ofPairs?.clusters ?? clustersOfLabels(labels);
  let reached = 0;
  const linkage = linkRecords(table, {
    progress: options.progress,
    compared: (a, b) => {
      if (clusters[a] === clusters[b]) reached++;
    },
  });
  const across = table.second;
  const truePairs = pairsWithin(clusters, across);
  const { precision, recall, f1 } = qualityOf(
    pairsWithin(linkage.clusters, across),
    pairsWithin(togetherInBoth(linkage.clusters, clusters), across),
    truePairs,
  );
  const seconds = (performance.now() - began) / 1000;
  return {
    fields: table.fields.map(({ plan }) => plan.name),
    bare: data.bare,
    evaluation: {
      rows: table.rows,
      true_pairs: truePairs,
      precision: round(precision),
      recall: round(recall),
      f1: round(f1),
      b3: round(bCubed(linkage.clusters, clusters).f1),
      ceiling: round(truePairs === 0 ? 1 : reached / truePairs),
      candidates: linkage.candidates,
      seconds: round(seconds),
      errors: worstErrors(data, linkage, clusters, options.errors),
      blocking: linkage.blocking,
    },
  };
}

async function readTruthFile(
  { truth, read }: EvaluateOptions,
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

function round(number: number): number {
  return Math.round(number * 1e4) / 1e4;
}
