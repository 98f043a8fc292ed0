/** Agreement of a clustering with the truth. */
export interface Quality {
  precision: number;
  recall: number;
  f1: number;
}

/** Quality from counts of pairs. Nothing found counts as precise, nothing to find as found. */
export function qualityOf(found: number, correct: number, all: number): Quality {
  return withF1(found === 0 ? 1 : correct / found, all === 0 ? 1 : correct / all);
}

function withF1(precision: number, recall: number): Quality {
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

/**
 * How many unordered pairs lie inside the clusters.
 * @param across first row of the second of two lists: then only pairs between the lists count
 */
export function pairsWithin(clusters: Int32Array, across?: number): number {
  const sizes = new Map<number, [number, number]>();
  for (const [row, cluster] of clusters.entries()) {
    const size = sizes.get(cluster) ?? [0, 0];
    size[across !== undefined && row >= across ? 1 : 0]++;
    sizes.set(cluster, size);
  }
  let pairs = 0;
  for (const [n, m] of sizes.values()) pairs += across === undefined ? (n * (n - 1)) / 2 : n * m;
  return pairs;
}

/** Rows that are together in both clusterings, as a clustering. */
export function togetherInBoth(one: Int32Array, other: Int32Array): Int32Array {
  const first = new Map<number, number>();
  return Int32Array.from(one, (cluster, row) => {
    // Clusters are named by rows, so that this is a number of its own for each two of them.
    const key = cluster * one.length + other[row]!;
    const before = first.get(key);
    if (before !== undefined) return before;
    first.set(key, row);
    return row;
  });
}

/** B-cubed (Bagga and Baldwin 1998): for each record, how much of its cluster is right, and how much of what is right it has. */
export function bCubed(found: Int32Array, truth: Int32Array): Quality {
  const inFound = sizeOfEach(found);
  const inTruth = sizeOfEach(truth);
  const inBoth = sizeOfEach(togetherInBoth(found, truth));
  let precision = 0;
  let recall = 0;
  for (let row = 0; row < found.length; row++) {
    precision += inBoth[row]! / inFound[row]!;
    recall += inBoth[row]! / inTruth[row]!;
  }
  return withF1(precision / (found.length || 1), recall / (found.length || 1));
}

/** For each row, how many rows its cluster has. */
function sizeOfEach(clusters: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return clusters.map((cluster) => sizes.get(cluster)!);
}

/**
 * Pairs that are together in one clustering and apart in the other, in the order of their clusters.
 * @param across as for `pairsWithin`
 */
export function* pairsOnlyIn(
  one: Int32Array,
  other: Int32Array,
  across?: number,
): Generator<[number, number]> {
  const members = new Map<number, number[]>();
  for (const [row, cluster] of one.entries()) {
    const rows = members.get(cluster);
    if (rows === undefined) members.set(cluster, [row]);
    else rows.push(row);
  }
  for (const rows of members.values()) {
    for (const [i, a] of rows.entries()) {
      for (let j = i + 1; j < rows.length; j++) {
        const b = rows[j]!;
        if (other[a] === other[b]) continue;
        if (across !== undefined && a < across === b < across) continue;
        yield [a, b];
      }
    }
  }
}
