import { type BlockingReport, eachPair, type Share } from './blocking.js';
import { blockingRules } from './blocking-rules.js';
import { cluster, type Edges } from './clusters.js';
import { Model, type Trained } from './model.js';
import type { Table } from './table.js';

/**
 * From which match weight on, in bits with the prior, two records are held to be one, and from which on a person is
 * asked. Even odds are 0.
 */
export const zones = { same: 1.3, ask: -3 } as const;

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
  /** What was learnt of other matches, instead of what is shipped. */
  trained?: Trained | undefined;
  decisions?: readonly Decision[] | undefined;
  /** Told how far the work is, 0 to 1, by stage. */
  progress?: ((stage: string, done: number) => void) | undefined;
}

/** What comparing pairs gave: those worth keeping, how many there were, and what each blocking rule added. */
export interface Compared {
  edges: Edges;
  candidates: number;
  blocking: BlockingReport[];
}

/**
 * Compares all pairs that blocking finds.
 * @param share this one of several equal parts of the work; together they give what one alone gives
 * @param progress told how far the work is, 0 to 1
 */
export function comparePairs(model: Model, share?: Share, progress?: (done: number) => void): Compared {
  const edges = new EdgeList();
  let candidates = 0;
  const least = Math.min(zones.ask, zones.same) - model.prior;
  const compare = (a: number, b: number) => {
    candidates++;
    const weight = model.weigh(a, b, least);
    if (weight >= least) edges.push(a, b, weight + model.prior);
  };
  const blocking = eachPair(model.table, blockingRules(model.table), compare, share, progress);
  return { edges: edges.trimmed(), candidates, blocking };
}

/** The parts of a shared comparison as one. */
export function together(parts: readonly Compared[]): Compared {
  const edges = new EdgeList();
  for (const part of parts) {
    const { a, b, weight, count } = part.edges;
    for (let i = 0; i < count; i++) edges.push(a[i]!, b[i]!, weight[i]!);
  }
  const blocking = (parts[0]?.blocking ?? []).map((report, i) => ({
    ...report,
    pairs: parts.reduce((sum, part) => sum + part.blocking[i]!.pairs, 0),
  }));
  return {
    edges: edges.trimmed(),
    candidates: parts.reduce((sum, part) => sum + part.candidates, 0),
    blocking,
  };
}

/** The cluster of each row, as its pairs make it. */
export function clustersOf(model: Model, edges: Edges, decisions: readonly Decision[] = []): Int32Array {
  return cluster(model, edges, { threshold: zones.same, bridge: leastBridge, decisions });
}

/** Joins compared records into clusters, and tells which pairs a person should look at. */
export function joinRecords(
  model: Model,
  { edges, candidates, blocking }: Compared,
  decisions: readonly Decision[] = [],
): Linkage {
  const clusters = clustersOf(model, edges, decisions);
  const decided = new Set(decisions.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  const asks: Linkage['asks'] = [];
  for (let i = 0; i < edges.count; i++) {
    const [a, b, weight] = [edges.a[i]!, edges.b[i]!, edges.weight[i]!];
    if (clusters[a] !== clusters[b] && !decided.has(`${a} ${b}`)) asks.push({ a, b, weight });
  }
  asks.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  return { model, clusters, asks, candidates, blocking };
}

/**
 * Finds the records that are one: pairs by blocking, their match weights, clusters. The same table gives the same
 * answer on every machine.
 */
export function linkRecords(table: Table, { decisions = [], trained, progress }: LinkOptions = {}): Linkage {
  const model = new Model(table, trained);
  const compared = comparePairs(model, undefined, (done) => progress?.('comparing', done));
  return joinRecords(model, compared, decisions);
}

/** Pairs in typed arrays that grow. */
class EdgeList {
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

  /** Without the room to grow. */
  trimmed(): Edges {
    const { count } = this;
    return {
      count,
      a: this.a.slice(0, count),
      b: this.b.slice(0, count),
      weight: this.weight.slice(0, count),
    };
  }
}
