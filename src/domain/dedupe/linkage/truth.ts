import { UnionFind } from '../union-find.js';

/**
 * The clusters that a column of labels makes. A row without a label is alone.
 * @returns the cluster of each row, named by its first row
 */
export function clustersOfLabels(labels: readonly string[]): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(labels, (label, row) => {
    if (label === '') return row;
    const before = first.get(label);
    if (before !== undefined) return before;
    first.set(label, row);
    return row;
  });
}

/** The clusters that pairs of rows make: what hangs together is one. */
export function clustersOfPairs(rows: number, pairs: Iterable<readonly [number, number]>): Int32Array {
  const sets = new UnionFind(rows);
  for (const [a, b] of pairs) sets.union(a, b);
  return Int32Array.from({ length: rows }, (_, row) => sets.find(row));
}
