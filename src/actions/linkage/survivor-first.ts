import type { Workspace } from '../../workspace/workspace.js';
import type { LinkedRecord } from './find-pair.js';

/** A pair as it is reviewed: the first is the one that stays where the two are merged. */
export interface ReviewedPair {
  records: [LinkedRecord, LinkedRecord];
  /** How many records name each. */
  named: [number, number];
}

/**
 * Puts the record first that more others name, then the one that says more: it is the one to stay, as less has to be
 * led elsewhere.
 * @returns undefined where the two are one by now, or one of them is gone
 */
export async function survivorFirst(
  workspace: Workspace,
  [a, b]: readonly [id: string, other: string],
): Promise<ReviewedPair | undefined> {
  const index = await workspace.index();
  const found = [index.get(a), index.get(b)] as [LinkedRecord | undefined, LinkedRecord | undefined];
  if (!found[0] || !found[1] || found[0].id === found[1].id) return undefined;
  const pair: ReviewedPair = {
    records: [found[0], found[1]],
    named: [index.naming(found[0].id).length, index.naming(found[1].id).length],
  };
  const said = pair.records.map(({ data }) => Object.keys(data).length) as [number, number];
  const stays = pair.named[0] - pair.named[1] || said[0] - said[1];
  return stays < 0 ? { records: [found[1], found[0]], named: [pair.named[1], pair.named[0]] } : pair;
}
