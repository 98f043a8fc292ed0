import { type Explanation, explainPair } from '../../domain/dedupe/linkage/explain.js';
import { Model } from '../../domain/dedupe/linkage/model.js';
import { settled, type Verdict } from '../../domain/dedupe/records/decision.js';
import { tableOf } from '../../domain/dedupe/records/facts-table.js';
import type { Workspace } from '../../workspace/workspace.js';
import { decisionsAbout } from './decide.js';
import { findPair } from './find-pair.js';
import { readFacts } from './read-facts.js';

/** Why two records are held to be one or two. */
export interface RecordsExplanation extends Explanation {
  /** References to the two. */
  a: string;
  b: string;
  /** What people decided, which counts for more than any weight; where they contradict each other, `verdict` is ask. */
  decided?: Verdict[];
}

/**
 * Explains what comparing two records of the workspace, named by any reference, comes to. How frequent a value is
 * counts, so that all records of the kind are read.
 * @throws ItacaError `usage` for one record named twice or two kinds
 */
export async function explainRecords(
  workspace: Workspace,
  refA: string,
  refB: string,
): Promise<RecordsExplanation> {
  const [one, other] = await findPair(workspace, refA, refB);
  const { members, facts } = readFacts(await workspace.index(), one.kind);
  const model = new Model(tableOf(one.kind, facts, undefined, workspace.country));
  const rowOf = (wanted: string) => members.findIndex(({ id }) => id === wanted);
  const explanation = explainPair(model, rowOf(one.id), rowOf(other.id));
  const decisions = await decisionsAbout(one.id, other.id, workspace);
  const decided = decisions.flatMap(({ verdicts }) => verdicts);
  const pair = { a: one.ref, b: other.ref };
  if (decided.length === 0) return { ...pair, ...explanation };
  const same = settled(decided);
  const verdict = same === undefined ? 'ask' : same ? 'same' : 'different';
  return { ...pair, ...explanation, verdict, decided };
}
