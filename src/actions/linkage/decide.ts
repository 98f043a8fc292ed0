import {
  type Decision,
  decisionId,
  inOrder,
  settled,
  type Verdict,
} from '../../domain/dedupe/records/decision.js';
import type { StoredRecord } from '../../workspace/records.js';
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
  const known = await decisionAbout(a.id, b.id, tools);
  if (
    known &&
    settled(known.data.verdicts) === same &&
    (why === undefined || known.data.verdicts[0]?.why === why)
  )
    return { ...outcome, path: known.path, changed: false };
  const verdict: Verdict = {
    same,
    at: nowIso(tools),
    by: tools.actor,
    ...(why === undefined ? {} : { why }),
  };
  const subject = `dedupe decide ${inOrder(a.id, b.id).join(' ')}: ${same ? 'same' : 'different'}`;
  const options = { subject, records: [a.id, b.id] };
  if (known) {
    const { id, path } = known;
    await write([{ op: 'update', kind: 'decision', id, path, set: { verdicts: [verdict] } }], options, tools);
    return { ...outcome, path, changed: true };
  }
  const pair = inOrder(a.id, b.id).map((id) => (id === a.id ? a.ref : b.ref));
  const created = await newRecord(
    'decision',
    { pair, verdicts: [verdict] },
    // Ids and no names, so that two clones call the file alike whatever they call the records.
    { title: inOrder(a.id, b.id).join(' '), id: decisionId(a.id, b.id) },
    tools,
  );
  await write([created], options, tools);
  return { ...outcome, path: created.path, changed: true };
}

/** The decision about two records by their ids; undefined where there is none. */
export async function decisionAbout(
  a: string,
  b: string,
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<StoredRecord<Decision> | undefined> {
  const index = await workspace.index();
  return index.get(decisionId(a, b)) as unknown as StoredRecord<Decision> | undefined;
}
