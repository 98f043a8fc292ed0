import { eachPair } from '../../domain/dedupe/linkage/blocking.js';
import { blockingRules } from '../../domain/dedupe/linkage/blocking-rules.js';
import { bCubed, pairsWithin, qualityOf, togetherInBoth } from '../../domain/dedupe/linkage/evaluate.js';
import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { linkInThreads } from './link-in-threads.js';
import { type LabelledOptions, readLabelled } from './read-labelled.js';
import { type LinkageError, worstErrors } from './worst-errors.js';

export interface EvaluateOptions extends LabelledOptions {
  trained?: Trained | undefined;
  /** How many errors of each sort are told. */
  errors: number;
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
  const began = performance.now();
  const { data, clusters } = await readLabelled(options);
  const { table } = data;
  const { trained, progress } = options;
  const linkage = await linkInThreads(table, { trained, progress });
  const across = table.second;
  const truePairs = pairsWithin(clusters, across);
  const { precision, recall, f1 } = qualityOf(
    pairsWithin(linkage.clusters, across),
    pairsWithin(togetherInBoth(linkage.clusters, clusters), across),
    truePairs,
  );
  const seconds = (performance.now() - began) / 1000;
  // Pairs are told once more for this, so that it costs nothing where the truth is not known.
  let reached = 0;
  eachPair(table, blockingRules(table), (a, b) => {
    if (clusters[a] === clusters[b]) reached++;
  });
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

function round(number: number): number {
  return Math.round(number * 1e4) / 1e4;
}
