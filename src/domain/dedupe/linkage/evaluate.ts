/** Agreement of a clustering with the truth. */
export interface Quality {
  precision: number;
  recall: number;
  f1: number;
}

/** Quality from counts of pairs. Nothing found counts as precise, nothing to find as found. */
export function qualityOf(found: number, correct: number, all: number): Quality {
  const precision = found === 0 ? 1 : correct / found;
  const recall = all === 0 ? 1 : correct / all;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

/** How many unordered pairs lie inside the clusters. */
export function pairsWithin(clusters: Int32Array, across?: number): number {
  const sizes = new Map<number, [number, number]>();
  for (let row = 0; row < clusters.length; row++) {
    const size = sizes.get(clusters[row]!) ?? [0, 0];
    size[across !== undefined && row >= across ? 1 : 0]++;
    sizes.set(clusters[row]!, size);
  }
  let pairs = 0;
  for (const [n, m] of sizes.values()) pairs += across === undefined ? (n * (n - 1)) / 2 : n * m;
  return pairs;
}

/** Pairs that two clusterings both put together. */
export function pairsInBoth(one: Int32Array, other: Int32Array, across?: number): number {
  const numbers = new Map<string, number>();
  const both = Int32Array.from(one, (cluster, row) => {
    const key = `${cluster} ${other[row]}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return pairsWithin(both, across);
}

/** B-cubed (Bagga and Baldwin 1998): for each record, how much of its cluster is right, and how much of what is right it has. */
export function bCubed(found: Int32Array, truth: Int32Array): Quality {
  const count = (keys: (row: number) => string) => {
    const sizes = new Map<string, number>();
    for (let row = 0; row < found.length; row++) sizes.set(keys(row), (sizes.get(keys(row)) ?? 0) + 1);
    return (row: number) => sizes.get(keys(row))!;
  };
  const inFound = count((row) => String(found[row]));
  const inTruth = count((row) => String(truth[row]));
  const inBoth = count((row) => `${found[row]} ${truth[row]}`);
  let precision = 0;
  let recall = 0;
  for (let row = 0; row < found.length; row++) {
    precision += inBoth(row) / inFound(row);
    recall += inBoth(row) / inTruth(row);
  }
  precision /= found.length || 1;
  recall /= found.length || 1;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
