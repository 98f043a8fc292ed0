import { isOpen } from '../../domain/cases/states.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { EnrolmentDraft } from '../../domain/sequences/enrolment-line.js';
import type { StopCondition } from '../../domain/sequences/sequence.js';
import { isoInstant, startOf } from '../../domain/time/clock.js';
import { listed } from '../../workspace/index/row.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { suppressionsOf } from '../suppressions.js';
import type { Tools } from '../tools.js';
import type { Follower } from './followers.js';

/** What ends a sequence for somebody: a condition, or that nothing more can be done for him. */
export interface Stop {
  reason: StopCondition | 'same_person' | 'rejected' | 'gone' | 'manual';
  /** ISO 8601. */
  at: string;
  why: string;
  /** Reference of the record that says so. */
  evidence?: string;
}

/** A stop as the ledger writes it. */
export function stopOf({ contact, enrolment }: Follower, stop: Stop, by: string): EnrolmentDraft {
  const { at, reason, why, evidence } = stop;
  const draft = { event: 'stopped' as const, at, contact: contact?.ref ?? enrolment.ref, by, reason, why };
  return evidence === undefined ? draft : { ...draft, evidence };
}

/** Cancels the task that a person's next step waits for: nobody calls somebody for whom it stopped. */
export function withoutTask({ task }: Follower, { at, reason, why }: Stop): Change[] {
  if (!task) return [];
  const { id, path, data } = task;
  const made = data.made_at ?? at;
  const cancelled_at = Date.parse(made) > Date.parse(at) ? made : at;
  const set = { cancelled_at, why: `the sequence stopped, ${reason}: ${why}` };
  return [{ op: 'update', kind: 'promise', id, path, set }];
}

/** A no as what stops a sequence, with the record that says it. */
export async function refusal(
  { contact, enrolment }: Follower,
  reason: StopCondition,
  why: string,
  tools: Tools,
): Promise<Stop> {
  const { workspace } = tools;
  const record = contact as StoredRecord;
  const addresses = listed(record.data.emails, 'address').flatMap((text) => canonicalEmail(text) ?? []);
  const found =
    reason === 'cancellation'
      ? (await workspace.index())
          .naming(record.id, ['agreement', 'case'])
          .filter(({ kind, data }) =>
            kind === 'case' ? data.type === 'cancellation' && isOpen(data.state) : data.state !== 'active',
          )
          // The agreement says more than the case in which it is to end.
          .sort((a, b) => (a.kind < b.kind ? -1 : 1))
      : (await Promise.all(addresses.map((address) => suppressionsOf(workspace, address)))).flat();
  const [said = record] = found as StoredRecord[];
  const { since } = enrolment;
  return { reason, at: justAfter(since, said.data.at, tools), why, evidence: said.ref };
}

/**
 * When something that may have been before an enrolment ends it: when it was said or, where that was before, as soon as
 * the enrolment began. It is the same in every clone.
 * @param since epoch milliseconds
 * @param said a date or time
 */
export function justAfter(since: number, said: unknown, { clock }: Tools): string {
  const moment = typeof said === 'string' ? startOf(said, clock.timeZone) : undefined;
  return isoInstant(Math.max(moment ?? 0, since + 1000), clock.timeZone);
}
