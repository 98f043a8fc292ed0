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

export interface ClusterOptions {
  /** Match weight from which a pair counts as the same. */
  threshold: number;
  /** Least mean match weight of all pairs across two clusters that are joined. */
  bridge: number;
  /** What people decided: it counts for more than any weight. */
  decisions?: readonly { a: number; b: number; same: boolean }[];
}

/**
 * Joins records into clusters, the surest pairs first. Two clusters are joined only where their records agree on the
 * average too: one weak bridge between two groups that otherwise contradict each other joins nothing. What a person held
 * to be two never comes together.
 * @returns the cluster of each row, named by its least row
 */
export function cluster(model: Model, edges: Edges, options: ClusterOptions): Int32Array {
  const { rows, second } = model.table;
  const { threshold, bridge, decisions = [] } = options;
  const of = Int32Array.from({ length: rows }, (_, row) => row);
  const members = new Map<number, number[]>();
  const membersOf = (root: number) => members.get(root) ?? [root];
  const apart = new Map<number, number[]>();
  const join = (left: number, right: number) => {
    const [root, gone] = left < right ? [left, right] : [right, left];
    const joined = [...membersOf(root), ...membersOf(gone)];
    for (const row of membersOf(gone)) of[row] = root;
    members.set(root, joined);
    members.delete(gone);
  };
  for (const { a, b, same } of decisions) {
    if (same) {
      if (of[a] !== of[b]) join(of[a]!, of[b]!);
    } else {
      apart.set(a, [...(apart.get(a) ?? []), b]);
      apart.set(b, [...(apart.get(b) ?? []), a]);
    }
  }
  const keptApart = (mine: readonly number[], other: number) =>
    apart.size > 0 && mine.some((row) => apart.get(row)?.some((one) => of[one] === other));
  const order = sureFirst(edges, threshold);
  for (const i of order) {
    const left = of[edges.a[i]!]!;
    const right = of[edges.b[i]!]!;
    if (left === right) continue;
    const mine = membersOf(left);
    const others = membersOf(right);
    // Each record of one list is at most one of the other's.
    if (second !== undefined && mine.length + others.length > 2) continue;
    if (keptApart(mine, right)) continue;
    if (mine.length + others.length > 2 && meanAcross(model, mine, others) < bridge) continue;
    join(left, right);
  }
  return of;
}

/** Positions of the edges from the threshold on, the heaviest first; of equal ones that of the least rows. */
function sureFirst({ count, a, b, weight }: Edges, threshold: number): Int32Array {
  let kept = 0;
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) if (weight[i]! >= threshold) order[kept++] = i;
  return order.subarray(0, kept).sort((x, y) => weight[y]! - weight[x]! || a[x]! - a[y]! || b[x]! - b[y]!);
}

function meanAcross(model: Model, mine: readonly number[], others: readonly number[]): number {
  const pairs = mine.length * others.length;
  const step = Math.max(1, Math.floor(pairs / sampledCross));
  let sum = 0;
  let count = 0;
  for (let k = 0; k < pairs; k += step) {
    const a = mine[Math.floor(k / others.length)]!;
    const b = others[k % others.length]!;
    const weight = model.weigh(a, b, -clip - model.prior) + model.prior;
    sum += Math.max(-clip, Math.min(clip, weight));
    count++;
  }
  return sum / count;
}
