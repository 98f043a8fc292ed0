import { type PersonKeys, personReader } from './person.js';
import type { UnionFind } from './union-find.js';

/**
 * Joins the rows that record linkage holds to be one person. A mailbox that several people share is nobody: joined with
 * one of them it would be lost to the others, so that nothing is joined to it.
 * @param clusters the cluster of each row
 * @param include rows that may be joined
 */
export function joinLinked(
  sets: UnionFind,
  keys: PersonKeys,
  clusters: ArrayLike<number>,
  include: (row: number) => boolean,
): void {
  const person = personReader(keys, sets);
  const members = new Map<number, number[]>();
  for (let row = 0; row < clusters.length; row++) {
    if (!include(row)) continue;
    const rows = members.get(clusters[row]!);
    if (rows === undefined) members.set(clusters[row]!, [row]);
    else rows.push(row);
  }
  // Who shares a mailbox is told by how things stood before.
  const joined = [...members.values()]
    .filter((rows) => rows.length > 1)
    .map((rows) => rows.filter((row) => !person(sets.find(row)).sharedMailbox));
  for (const [first, ...others] of joined) for (const row of others) sets.union(first!, row);
}
