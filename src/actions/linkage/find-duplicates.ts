import type { Linkage } from '../../domain/dedupe/linkage/linkage.js';
import { probabilityOf } from '../../domain/dedupe/linkage/odds.js';
import { tableOf } from '../../domain/dedupe/records/facts-table.js';
import { strongestLinks } from '../../domain/dedupe/records/links.js';
import type { Workspace } from '../../workspace/workspace.js';
import { linkInThreads } from './link-in-threads.js';
import { type DecidedPair, readDecisions } from './read-decisions.js';
import { type LinkedKind, type Member, readFacts } from './read-facts.js';

/** Two records, and how likely they are one. */
export interface LikelyPair {
  a: Member;
  b: Member;
  /** 0 to 1. */
  probability: number;
  /** People contradict each other about the pair, so that somebody has to look again. */
  contested: boolean;
}

/** Records that are held to be one. */
export interface DuplicateGroup {
  members: Member[];
  /** How likely it is of the least likely of them that it belongs, 0 to 1. */
  probability: number;
  /** Pairs that hold the group together, the likeliest first. */
  links: LikelyPair[];
}

export interface Duplicates {
  records: number;
  /** Pairs that were compared. */
  candidates: number;
  /** The likeliest first. */
  groups: DuplicateGroup[];
  /** Pairs for a person to look at, the contested and then the likeliest first. */
  ask: LikelyPair[];
  /** Records in crowds that were too large to compare each with each. */
  left_uncompared: number;
}

/**
 * Finds the records of a kind that are doubles of each other, in three zones: the same, to be asked about, different.
 * @param progress told how far the work is, 0 to 1, by stage
 */
export async function findDuplicates(
  workspace: Workspace,
  kind: LinkedKind,
  progress?: (stage: string, done: number) => void,
): Promise<Duplicates> {
  const index = await workspace.index();
  const { members, facts } = readFacts(index, kind);
  const decisions = readDecisions(index, members);
  const table = tableOf(kind, facts, undefined, workspace.country);
  const linkage = await linkInThreads(table, {
    // The contested are kept apart until somebody decides.
    decisions: decisions.map(({ a, b, same }) => ({ a, b, same: same === true })),
    progress,
  });
  const { model, clusters, asks, candidates, blocking } = linkage;
  const pairOf = (
    { a, b, weight }: { a: number; b: number; weight: number },
    contested = false,
  ): LikelyPair => ({
    a: members[a] as Member,
    b: members[b] as Member,
    probability: probabilityOf(weight),
    contested,
  });
  const contested = decisions
    .filter(({ a, b, same }) => same === undefined || (!same && clusters[a] === clusters[b]))
    .map(({ a, b }) => pairOf({ a, b, weight: model.weigh(a, b) + model.prior }, true));
  return {
    records: members.length,
    candidates,
    groups: groupsOf(linkage, decisions).map((links) => ({
      members: rowsOf(links)
        .map((row) => members[row] as Member)
        .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
      probability: probabilityOf(links.at(-1)?.weight ?? 0),
      links: links.map((link) => pairOf(link)),
    })),
    ask: [...contested, ...asks.map((pair) => pairOf(pair))],
    left_uncompared: blocking.reduce((sum, { left }) => sum + left, 0),
  };
}

/** The clusters of two records and more as the links that hold them together; the surest cluster first. */
function groupsOf({ model, clusters }: Linkage, decisions: readonly DecidedPair[]) {
  const rows = new Map<number, number[]>();
  for (const [row, cluster] of clusters.entries()) {
    if (row === cluster) continue;
    rows.set(cluster, [...(rows.get(cluster) ?? [cluster]), row]);
  }
  const decided = new Set(decisions.filter(({ same }) => same === true).map(({ a, b }) => `${a} ${b}`));
  const weigh = (a: number, b: number) =>
    decided.has(a < b ? `${a} ${b}` : `${b} ${a}`)
      ? Number.POSITIVE_INFINITY
      : model.weigh(a, b) + model.prior;
  return [...rows.values()]
    .map((group) => strongestLinks(group, weigh))
    .sort(
      (one, other) =>
        compare(other.at(-1)?.weight, one.at(-1)?.weight) || (one[0]?.a ?? 0) - (other[0]?.a ?? 0),
    );
}

/** Two infinite weights are equal. */
function compare(a = 0, b = 0): number {
  return a === b ? 0 : a - b;
}

function rowsOf(links: readonly { a: number; b: number }[]): number[] {
  return [...new Set(links.flatMap(({ a, b }) => [a, b]))].sort((a, b) => a - b);
}
