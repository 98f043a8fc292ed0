import type { Model } from './model.js';

/** A pair that was compared, with its match weight in bits, prior included. */
export interface Edges {
  count: number;
  a: Int32Array;
  b: Int32Array;
  weight: Float32Array;
}

/** Of two clusters at most so many cross pairs are weighed before they are joined. */
const sampledCross = 36;
/** What one pair counts for in a mean: no pair outvotes all others. */
const clip = 12;

/**
 * Joins records into clusters, the surest pairs first. Two clusters are joined only where their records agree on the
 * average too: one weak bridge between two groups that otherwise contradict each other joins nothing.
 * @param threshold match weight from which a pair counts as the same
 * @param bridge least mean match weight of all pairs across
 * @returns the cluster of each row, named by its least row
 */
export function cluster(model: Model, edges: Edges, threshold: number, bridge: number): Int32Array {
  const { rows, second } = model.table;
  const of = Int32Array.from({ length: rows }, (_, row) => row);
  const members = new Map<number, number[]>();
  const membersOf = (root: number) => members.get(root) ?? [root];
  const order = Array.from({ length: edges.count }, (_, i) => i).filter((i) => edges.weight[i]! >= threshold);
  order.sort(
    (x, y) => edges.weight[y]! - edges.weight[x]! || edges.a[x]! - edges.a[y]! || edges.b[x]! - edges.b[y]!,
  );
  for (const i of order) {
    const left = of[edges.a[i]!]!;
    const right = of[edges.b[i]!]!;
    if (left === right) continue;
    const mine = membersOf(left);
    const others = membersOf(right);
    if (second !== undefined && mine.length + others.length > 2) continue;
    if (mine.length + others.length > 2 && meanAcross(model, mine, others) < bridge) continue;
    const [root, gone] = left < right ? [left, right] : [right, left];
    const joined = [...membersOf(root), ...membersOf(gone)];
    for (const row of membersOf(gone)) of[row] = root;
    members.set(root, joined);
    members.delete(gone);
  }
  return of;
}

function meanAcross(model: Model, mine: readonly number[], others: readonly number[]): number {
  const pairs = mine.length * others.length;
  const step = Math.max(1, Math.floor(pairs / sampledCross));
  let sum = 0;
  let count = 0;
  for (let k = 0; k < pairs; k += step) {
    const a = mine[Math.floor(k / others.length)]!;
    const b = others[k % others.length]!;
    const weight = model.weigh(a, b) + model.prior;
    sum += Math.max(-clip, Math.min(clip, weight));
    count++;
  }
  return sum / count;
}
