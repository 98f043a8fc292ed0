import {
  asDecision,
  type Decision,
  decisionId,
  inOrder,
  settled,
  type Verdict,
} from '../../domain/dedupe/records/decision.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Change } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { newRecord, nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { findPair } from './find-pair.js';

export interface DecideOutcome {
  a: string;
  b: string;
  same: boolean;
  /** The decision's file. */
  path: string;
  /** False where it was decided like that already. */
  changed: boolean;
}

/**
 * Writes down whether two records are one, in place of what was decided before. One commit; nothing where it is decided
 * like that already and nothing new is said about why.
 * @throws ItacaError `usage` for one record named twice or two kinds
 */
export async function decide(
  [refA, refB]: readonly [string, string],
  { same, why }: { same: boolean; why?: string | undefined },
  tools: Tools,
): Promise<DecideOutcome> {
  const [a, b] = await findPair(tools.workspace, refA, refB);
  const outcome = { a: a.ref, b: b.ref, same };
  const known = await decisionsAbout(a.id, b.id, tools.workspace);
  const said = known.flatMap(({ verdicts }) => verdicts);
  if (known[0] && settled(said) === same && (why === undefined || said[0]?.why === why))
    return { ...outcome, path: known[0].path, changed: false };
  const verdict: Verdict = {
    same,
    at: nowIso(tools),
    by: tools.actor,
    ...(why === undefined ? {} : { why }),
  };
  const subject = `dedupe decide ${inOrder(a.id, b.id).join(' ')}: ${same ? 'same' : 'different'}`;
  const changes: Change[] = known.map(({ id, path }) => {
    return { op: 'update', kind: 'decision', id, path, set: { verdicts: [verdict] } };
  });
  if (changes.length === 0) {
    const pair = inOrder(a.id, b.id).map((id) => (id === a.id ? a.ref : b.ref));
    // Ids and no names, so that two clones call the file alike whatever they call the records.
    const place = { title: inOrder(a.id, b.id).join(' '), id: decisionId(a.id, b.id) };
    changes.push(await newRecord('decision', { pair, verdicts: [verdict] }, place, tools));
  }
  await write(changes, { subject, records: [a.id, b.id] }, tools);
  return { ...outcome, path: (changes[0] as Change).path, changed: true };
}

/** A decision and where it stands. */
export interface StoredDecision extends Decision {
  id: string;
  path: string;
}

/** The decisions about two records: of their own, and those that they have of records that were merged into them. */
export async function decisionsAbout(a: string, b: string, workspace: Workspace): Promise<StoredDecision[]> {
  const index = await workspace.index();
  const wanted = inOrder(a, b).join(' ');
  return index.naming(a, ['decision']).flatMap(({ id, path, data }) => {
    const decision = asDecision(data);
    const [one, other] = (decision?.pair ?? []).map((ref) => index.get(idOfRef(ref) ?? '')?.id);
    if (!decision || one === undefined || other === undefined) return [];
    return inOrder(one, other).join(' ') === wanted ? [{ ...decision, id, path }] : [];
  });
}
