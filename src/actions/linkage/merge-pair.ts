import { settled } from '../../domain/dedupe/records/decision.js';
import { type MergeOutcome, mergeTwo } from '../merge-records.js';
import type { Tools } from '../tools.js';
import { decide, decisionsAbout } from './decide.js';
import type { LinkedKind } from './read-facts.js';

/**
 * Makes two records one because a person held them to be the same. The merge itself says so; only a decision that says
 * otherwise is replaced, before the merge.
 * @param take keys of which the other's value is preferred
 */
export async function mergePair(
  kind: LinkedKind,
  [survivor, other]: readonly [survivor: string, other: string],
  take: ReadonlySet<string>,
  tools: Tools,
): Promise<MergeOutcome> {
  const known = await decisionsAbout(survivor, other, tools.workspace);
  if (known.length > 0 && settled(known.flatMap(({ verdicts }) => verdicts)) !== true)
    await decide([survivor, other], { same: true }, tools);
  return mergeTwo(kind, [survivor, other], take, tools);
}

/** Where two records say something else under a key that holds one value, so that one of the two has to go. */
export async function differences(
  kind: LinkedKind,
  pair: readonly [survivor: string, other: string],
  tools: Tools,
): Promise<MergeOutcome['left']> {
  const { left } = await mergeTwo(kind, pair, new Set(), { ...tools, dryRun: true });
  // What stands inside a map cannot be preferred by itself.
  return left.filter(({ key }) => !key.includes('.'));
}
