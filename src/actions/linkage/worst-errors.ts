import { pairsOnlyIn } from '../../domain/dedupe/linkage/evaluate.js';
import { comparedValues } from '../../domain/dedupe/linkage/explain.js';
import type { Linkage } from '../../domain/dedupe/linkage/linkage.js';
import { probabilityOf, roundProbability } from '../../domain/dedupe/linkage/odds.js';
import type { ReadTable } from './read-table.js';

/** A pair that was held to be one and is two, or the other way round. */
export interface LinkageError {
  error: 'found' | 'missed';
  /** Lines in the files. */
  line_a: number;
  line_b: number;
  probability: number;
  /** What the rows are compared by, by field. */
  a: Record<string, string>;
  b: Record<string, string>;
}

/** Wrong pairs that are looked at for the worst; a list of one big wrong cluster has more than anyone waits for. */
const mostWeighed = 200_000;

/** The wrong pairs of which the model was surest: those found that are none, then those missed. */
export function worstErrors(
  data: ReadTable,
  linkage: Linkage,
  truth: Int32Array,
  count: number,
): LinkageError[] {
  const { second } = data.table;
  return [
    ...worst('found', pairsOnlyIn(linkage.clusters, truth, second), data, linkage, count),
    ...worst('missed', pairsOnlyIn(truth, linkage.clusters, second), data, linkage, count),
  ];
}

function worst(
  error: LinkageError['error'],
  pairs: Iterable<[number, number]>,
  { table, lines }: ReadTable,
  { model }: Linkage,
  count: number,
): LinkageError[] {
  const sign = error === 'found' ? 1 : -1;
  let wrong: { a: number; b: number; weight: number }[] = [];
  const keepWorst = () => {
    wrong = wrong.sort((x, y) => sign * (y.weight - x.weight) || x.a - y.a || x.b - y.b).slice(0, count);
  };
  let seen = 0;
  for (const [a, b] of pairs) {
    if (count === 0 || seen++ === mostWeighed) break;
    wrong.push({ a, b, weight: model.weigh(a, b) + model.prior });
    if (wrong.length > count * 20) keepWorst();
  }
  keepWorst();
  const valuesOf = (row: number) => {
    const values = comparedValues(table, row);
    return Object.fromEntries(table.fields.map(({ plan }, i) => [plan.name, values[i]!]));
  };
  return wrong.map(({ a, b, weight }) => ({
    error,
    line_a: lines[a]!,
    line_b: lines[b]!,
    probability: roundProbability(probabilityOf(weight)),
    a: valuesOf(a),
    b: valuesOf(b),
  }));
}
