import { zones } from '../../domain/dedupe/linkage/linkage.js';
import { Model } from '../../domain/dedupe/linkage/model.js';
import { type Decision, settled } from '../../domain/dedupe/records/decision.js';
import { tableOf } from '../../domain/dedupe/records/facts-table.js';
import { probabilityOf } from '../../domain/dedupe/records/links.js';
import type { Workspace } from '../../workspace/workspace.js';
import { decisionsAbout } from './decide.js';
import { findPair } from './find-pair.js';
import { readFacts } from './read-facts.js';

/** Why two records are held to be one or not. Weights are in bits. */
export interface Explanation {
  a: string;
  b: string;
  /** Log2 odds of any two records of the workspace being one. */
  prior: number;
  fields: { field: string; a: string; b: string; level: string; base: number; weight: number }[];
  /** What fields that go together count less than each by itself. */
  adjustment: number;
  total: number;
  /** 0 to 1. */
  probability: number;
  verdict: 'same' | 'ask' | 'different';
  /** What people decided, which counts for more than any weight. */
  decided?: Decision['verdicts'];
}

/**
 * Explains what the comparison of two records of the workspace, named by any reference, comes to.
 * @throws ItacaError `usage` for one record named twice or two kinds
 */
export async function explainRecords(workspace: Workspace, refA: string, refB: string): Promise<Explanation> {
  const [one, other] = await findPair(workspace, refA, refB);
  const { members, facts } = readFacts(await workspace.index(), one.kind);
  const model = new Model(tableOf(one.kind, facts, undefined, workspace.country));
  const rowOf = (wanted: string) => members.findIndex(({ id }) => id === wanted);
  const [rowA, rowB] = [rowOf(one.id), rowOf(other.id)];
  const evidence = model.explain(rowA, rowB);
  const said = evidence.reduce((sum, { weight }) => sum + weight, 0);
  const total = model.weigh(rowA, rowB) + model.prior;
  const decisions = await decisionsAbout(one.id, other.id, workspace);
  const verdicts = decisions.flatMap((decision) => decision.verdicts);
  const decided = settled(verdicts);
  const byWeight = total >= zones.same ? 'same' : total >= zones.ask ? 'ask' : 'different';
  return {
    a: one.ref,
    b: other.ref,
    prior: model.prior,
    fields: evidence.map(({ field, a, b, level, base, weight }) => {
      const { plan, values } = model.table.fields[field] as (typeof model.table.fields)[number];
      return { field: plan.name, a: values[a] ?? '', b: values[b] ?? '', level, base, weight };
    }),
    adjustment: total - model.prior - said,
    total,
    probability: probabilityOf(total),
    verdict:
      verdicts.length === 0 ? byWeight : decided === undefined ? 'ask' : decided ? 'same' : 'different',
    ...(verdicts.length > 0 ? { decided: verdicts } : {}),
  };
}
