import { type BlockingReport, blockingRules, eachPair } from './blocking.js';
import { cluster, type Edges } from './clusters.js';
import { Model } from './model.js';
import type { Table } from './table.js';

/**
 * From which match weight on, in bits with the prior, two records are held to be one, and from which on a person is
 * asked. Even odds are 0.
 */
export const zones = { same: 1, ask: -3 } as const;

/** Clusters are joined only where their records agree by so much on the average. */
const leastBridge = -4;

/** What a person decided about two rows, for good. */
export interface Decision {
  a: number;
  b: number;
  same: boolean;
}

export interface Linkage {
  model: Model;
  /** The cluster of each row, named by its least row. */
  clusters: Int32Array;
  /** Pairs in different clusters that a person should look at, the likeliest first. */
  asks: { a: number; b: number; weight: number }[];
  /** How many pairs were compared, and what each blocking rule added. */
  candidates: number;
  blocking: BlockingReport[];
}

export interface LinkOptions {
  decisions?: readonly Decision[] | undefined;
  /** Told how far the work is, 0 to 1, by stage. */
  progress?: ((stage: string, done: number) => void) | undefined;
  /** Told each pair that is compared. */
  compared?: ((a: number, b: number) => void) | undefined;
}

/**
 * Finds the records that are one: pairs by blocking, their match weights, clusters. The same table gives the same
 * answer on every machine.
 */
export function linkRecords(table: Table, { decisions = [], progress, compared }: LinkOptions = {}): Linkage {
  const model = new Model(table);
  const edges = new EdgeList();
  let candidates = 0;
  const least = Math.min(zones.ask, zones.same) - model.prior;
  const rules = blockingRules(table);
  const blocking = eachPair(
    table,
    rules,
    (a, b) => {
      candidates++;
      compared?.(a, b);
      const weight = model.weigh(a, b, least);
      if (weight >= least) edges.push(a, b, weight + model.prior);
    },
    (rule) => progress?.('comparing', rule / rules.length),
  );
  progress?.('comparing', 1);
  const clusters = cluster(model, edges, { threshold: zones.same, bridge: leastBridge, decisions });
  const decided = new Set(decisions.map(({ a, b }) => `${a} ${b}`));
  const asks: Linkage['asks'] = [];
  for (let i = 0; i < edges.count; i++) {
    const [a, b, weight] = [edges.a[i]!, edges.b[i]!, edges.weight[i]!];
    if (weight < zones.ask || clusters[a] === clusters[b]) continue;
    if (decided.has(`${a} ${b}`) || decided.has(`${b} ${a}`)) continue;
    asks.push({ a, b, weight });
  }
  asks.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  return { model, clusters, asks, candidates, blocking };
}

/** Pairs in typed arrays that grow. */
class EdgeList implements Edges {
  count = 0;
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  weight = new Float32Array(1024);

  push(a: number, b: number, weight: number): void {
    if (this.count === this.a.length) {
      const size = this.count * 2;
      const grown = { a: new Int32Array(size), b: new Int32Array(size), weight: new Float32Array(size) };
      grown.a.set(this.a);
      grown.b.set(this.b);
      grown.weight.set(this.weight);
      Object.assign(this, grown);
    }
    this.a[this.count] = a;
    this.b[this.count] = b;
    this.weight[this.count++] = weight;
  }
}
