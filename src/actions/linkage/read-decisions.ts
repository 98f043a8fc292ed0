import { asDecision, settled } from '../../domain/dedupe/records/decision.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { Member } from './read-facts.js';

/** What people decided about two records, by their rows. */
export interface DecidedPair {
  a: number;
  b: number;
  /** Undefined where verdicts contradict each other. */
  same: boolean | undefined;
}

/**
 * The decisions about records that are compared. A decision about a record that was merged holds for the one it was
 * merged into. Where several come to be about one pair and contradict each other, so does the pair.
 */
export function readDecisions(index: Index, members: readonly Member[]): DecidedPair[] {
  const rows = new Map(members.map(({ id }, row) => [id, row]));
  const survivors = new Map(index.merged(['contact', 'company']).map(({ id, survivor }) => [id, survivor]));
  const pairs = new Map<string, DecidedPair>();
  for (const { data } of index.list({ kinds: ['decision'] })) {
    const decision = asDecision(data);
    const [a, b] = (decision?.pair ?? []).map((ref) => {
      const id = idOfRef(ref) ?? '';
      return rows.get(survivors.get(id) ?? id);
    });
    if (!decision || a === undefined || b === undefined || a === b) continue;
    const pair = { a: Math.min(a, b), b: Math.max(a, b), same: settled(decision.verdicts) };
    const key = `${pair.a} ${pair.b}`;
    const known = pairs.get(key);
    pairs.set(key, known && known.same !== pair.same ? { ...pair, same: undefined } : pair);
  }
  return [...pairs.values()];
}
