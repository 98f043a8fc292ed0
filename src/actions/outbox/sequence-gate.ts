import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { enrolmentsOf } from '../../domain/sequences/enrolments.js';
import { readEnrolments } from '../../workspace/enrolments.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from '../campaign/merged.js';
import { meaningOf, objectionsTo } from '../sequence/gate.js';
import { stopIn } from '../sequence/stop-evidence.js';
import type { SequenceStep } from './origins.js';

/**
 * Who was taken out of a sequence since a message of it was put into the outbox, by id of the contact: somebody did it, or
 * something came that ends it, be it that no `run` has seen it yet.
 * @throws ItacaError `invalid` with path and line where the ledger of the sequence cannot be read
 */
export async function leftSequence(
  { sequence, step }: SequenceStep,
  batch: readonly Recipient[],
  workspace: Workspace,
): Promise<Map<string, Objection>> {
  const index = await workspace.index();
  const { survivorOf } = mergedForSend(index);
  const lines = await readEnrolments(workspace.root, sequence.name);
  const enrolments = new Map(enrolmentsOf(lines, survivorOf).map((one) => [one.contact, one]));
  const out = new Map<string, Objection>();
  const following: { contact: string; record: StoredRecord }[] = [];
  for (const { contact } of batch) {
    const record = index.get(contact);
    // Whose record is gone is told of by the gate of campaigns.
    if (!record) continue;
    following.push({ contact, record });
    const enrolment = enrolments.get(record.id);
    const stop = enrolment && (enrolment.stopped ?? stopIn(sequence, enrolment.since, record.id, index));
    if (stop) out.set(contact, { reason: 'excluded', detail: `taken out of the sequence: ${stop.why}` });
  }
  if (!step) return out;
  const contacts = following.map(({ record }) => record);
  for (const { contact: id, ...objection } of await objectionsTo(sequence, step, contacts, workspace)) {
    if (meaningOf(objection) !== 'unsubscribe') continue;
    for (const { contact, record } of following)
      if (record.id === id && !out.has(contact)) out.set(contact, objection);
  }
  return out;
}
