import { ItacaError } from '../../error.js';
import { eachPair } from './blocking.js';
import { blockingRules } from './blocking-rules.js';
import type { Edges } from './clusters.js';
import { pairsOnlyIn, pairsWithin } from './evaluate.js';
import type { FieldKind } from './kinds.js';
import { levelRules } from './levels.js';
import { clustersOf } from './linkage.js';
import { type Evidence, Model, shippedMatches, type Trained } from './model.js';
import { probabilityOf } from './odds.js';
import type { Table } from './table.js';

/** What was learnt, and from how much. */
export interface Training {
  trained: Required<Trained>;
  /** Pairs that blocking found, or that the truth has. */
  candidates: number;
  /** How many of them are matches: a sum of probabilities, or a count. */
  matches: number;
  /** How often the estimate was made anew; 0 where it was counted. */
  iterations: number;
}

/** From fewer matches nothing is learnt that the shipped shares do not know better. */
export const leastMatches = 20;
/** The shipped m counts for so many pairs beside those of the list. */
const shippedPairs = 30;
const mostIterations = 25;
/** Match weight, prior included, below which a pair adds next to nothing: one in a thousand. */
const leastLikely = -10;
/** An estimate that changes by less has settled. */
const settled = 5e-4;
/** True pairs that are counted; one large cluster has more than are needed. */
const mostCounted = 500_000;

type Counts = Map<FieldKind, Float64Array>;

/**
 * Learns how matches are written from a list without a known truth: expectation maximisation (Dempster, Laird and Rubin
 * 1977; for record linkage Winkler 1988). What strangers show is known from pairs taken at random, so that only m and the
 * share of matches are estimated, over all pairs of the list: those that blocking leaves out are no matches, and add
 * nothing to either. How probably a pair is a match, the whole model says, frequencies, words and households included; what
 * clusters hold apart is none. Without that the branches of a chain are soon taken for one, each round more of them.
 * @throws ItacaError `refused` where too few pairs look like matches
 */
export function trainByExpectation(table: Table, progress?: (stage: string, done: number) => void): Training {
  let model = new Model(table);
  const { pairs, candidates } = likelyPairs(model, progress);
  let training: Training = {
    trained: { m: {}, expectedMatches: shippedMatches },
    candidates,
    matches: 0,
    iterations: 0,
  };
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    const counts: Counts = new Map();
    let matches = 0;
    const edges = weighed(model, pairs);
    const clusters = clustersOf(model, edges);
    for (const [i, [a, b]] of pairs.entries()) {
      if (clusters[a] !== clusters[b]) continue;
      const probability = probabilityOf(edges.weight[i]!);
      matches += probability;
      count(counts, model, a, b, probability);
    }
    if (matches < leastMatches) refuse(matches, candidates);
    const trained = { m: sharesOf(counts), expectedMatches: matchesOf(table, matches) };
    const change = iteration === 1 ? 1 : furthest(training.trained, trained);
    training = { trained, candidates, matches, iterations: iteration };
    progress?.('training', iteration / mostIterations);
    if (change < settled) break;
    model = new Model(table, trained);
  }
  progress?.('training', 1);
  return training;
}

/**
 * Counts how matches are written where the truth is known.
 * @param truth the cluster of each row
 * @throws ItacaError `refused` where there are too few
 */
export function trainByTruth(table: Table, truth: Int32Array): Training {
  const model = new Model(table);
  const { second } = table;
  const all = pairsWithin(truth, second);
  if (all < leastMatches) refuse(all, all);
  const counts: Counts = new Map();
  const alone = truth.map((_, row) => row);
  let counted = 0;
  for (const [a, b] of pairsOnlyIn(truth, alone, second)) {
    if (counted++ === mostCounted) break;
    count(counts, model, a, b, 1);
  }
  const trained = { m: sharesOf(counts), expectedMatches: matchesOf(table, all) };
  return { trained, candidates: all, matches: all, iterations: 0 };
}

/** The pairs that any later estimate could make matches of, and how many were compared to find them. */
function likelyPairs(
  model: Model,
  progress?: (stage: string, done: number) => void,
): { pairs: [number, number][]; candidates: number } {
  const pairs: [number, number][] = [];
  let candidates = 0;
  const found = blockingRules(model.table);
  const least = leastLikely - model.prior;
  eachPair(
    model.table,
    found,
    (a, b) => {
      candidates++;
      if (model.weigh(a, b, least) >= least) pairs.push([a, b]);
    },
    undefined,
    (rule) => progress?.('comparing', rule / found.rules.length),
  );
  progress?.('comparing', 1);
  return { pairs, candidates };
}

function weighed(model: Model, pairs: readonly (readonly [number, number])[]): Edges {
  return {
    count: pairs.length,
    a: Int32Array.from(pairs, ([a]) => a),
    b: Int32Array.from(pairs, ([, b]) => b),
    weight: Float32Array.from(pairs, ([a, b]) => model.weigh(a, b) + model.prior),
  };
}

function refuse(matches: number, pairs: number): never {
  throw new ItacaError(
    'refused',
    `too little to learn from: of ${pairs} pairs about ${Math.floor(matches)} are matches, and ${leastMatches} are needed`,
    { hint: 'Take a longer list; what is shipped works without training.' },
  );
}

/** Adds a pair, by its probability of being a match, to the levels that it shows. */
function count(counts: Counts, model: Model, a: number, b: number, probability: number): void {
  const { fields } = model.table;
  for (const { field, level } of model.explain(a, b)) {
    const { kind } = fields[field]!;
    const at = gradeOf(kind, level);
    if (at < 0) continue;
    let shown = counts.get(kind);
    if (shown === undefined) {
      shown = new Float64Array(levelRules[kind]!.levels.length);
      counts.set(kind, shown);
    }
    shown[at]! += probability;
  }
}

/** Missing values, swapped names and texts of words are of no level. */
function gradeOf(kind: FieldKind, level: Evidence['level']): number {
  return levelRules[kind]?.levels.findIndex(({ name }) => name === level) ?? -1;
}

/** Shares of the levels, drawn towards the shipped ones: a level that was never seen is rare, and not impossible. */
function sharesOf(counts: Counts): Partial<Record<FieldKind, number[]>> {
  const shares: Partial<Record<FieldKind, number[]>> = {};
  for (const [kind, shown] of counts) {
    const all = shown.reduce((sum, n) => sum + n, shippedPairs);
    shares[kind] = levelRules[kind]!.levels.map(({ m }, i) => (shown[i]! + shippedPairs * m) / all);
  }
  return shares;
}

function matchesOf({ rows, second }: Table, matches: number): number {
  return matches / (second === undefined ? rows : Math.min(second, rows - second));
}

/** The most that any share changed. */
function furthest(before: Trained, after: Trained): number {
  const changes = Object.entries(after.m ?? {}).flatMap(([kind, shares]) =>
    shares.map((share, i) => Math.abs(share - (before.m?.[kind as FieldKind]?.[i] ?? 0))),
  );
  return Math.max(...changes, Math.abs((after.expectedMatches ?? 0) - (before.expectedMatches ?? 0)));
}
