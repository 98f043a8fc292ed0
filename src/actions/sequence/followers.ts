import { join } from 'node:path';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import type { EnrolmentLine } from '../../domain/sequences/enrolment-line.js';
import { type Enrolment, enrolmentsOf } from '../../domain/sequences/enrolments.js';
import { type NextStep, nextStep, type StepDone } from '../../domain/sequences/next-step.js';
import type { Step } from '../../domain/sequences/sequence.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import type { Index } from '../../workspace/index/index.js';
import { listed } from '../../workspace/index/row.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { leftAt, mayHaveArrived } from '../campaign/campaign-journals.js';
import { mergedForSend } from '../campaign/merged.js';
import type { OpenSequence } from './open-sequence.js';

/** A person in a sequence, and where he stands. */
export interface Follower {
  enrolment: Enrolment;
  /** Undefined where his record is gone. */
  contact: StoredRecord | undefined;
  /** By id of the step. */
  done: ReadonlyMap<string, StepDone>;
  /** Undefined where all is done, or where it stopped. */
  next: NextStep | undefined;
  /** The task that the next step waits for, where there is one. */
  task: StoredRecord<Promise_> | undefined;
  /** What a server said that refused a step's message for good. */
  rejected: { step: string; at: string; reply: string } | undefined;
}

/**
 * Everybody who is or was in a sequence, in the order of enrolment.
 * @param lines of its ledger
 * @throws ItacaError `invalid` with path and line where a journal cannot be read
 */
export async function followersOf(
  { sequence, clock }: OpenSequence,
  lines: readonly EnrolmentLine[],
  workspace: Workspace,
): Promise<Follower[]> {
  const index = await workspace.index();
  const { survivorOf } = mergedForSend(index);
  const { ledger } = await readJournals(join(workspace.root, sequenceFolder, sequence.name, 'sends'));
  const sent = sentTo([...ledger.records()], survivorOf);
  const tasks = tasksOf(sequence.name, sequence.steps, index, workspace);
  return enrolmentsOf(lines, survivorOf).map((enrolment): Follower => {
    const contact = index.get(enrolment.contact);
    const addresses = listed(contact?.data.emails, 'address').map((text) => canonicalEmail(text) ?? text);
    const records = [enrolment.contact, ...addresses].flatMap((key) => sent.get(key) ?? []);
    const done = new Map<string, StepDone>();
    for (const [step, at] of enrolment.skipped) done.set(step, { at });
    for (const record of records) {
      const { step } = record.intent;
      if (mayHaveArrived(record) && step !== undefined) done.set(step, { at: leftAt(record) });
    }
    const known = tasks(enrolment.contact);
    for (const [step, task] of known) done.set(step, stateOfTask(task, enrolment.since));
    const next = enrolment.stopped ? undefined : nextStep(sequence, enrolment.since, done, clock);
    const refused = records.find(({ state }) => state === 'rejected');
    return {
      enrolment,
      contact,
      done,
      next,
      task: next && next.due === undefined ? known.get(next.step.id) : undefined,
      rejected:
        refused && Date.parse(refused.outcome?.at ?? '') >= enrolment.since
          ? {
              step: refused.intent.step ?? '',
              at: refused.outcome?.at ?? refused.intent.at,
              reply: refused.outcome?.reply ?? 'the server refused the message',
            }
          : undefined,
    };
  });
}

/** The id of the promise that a step makes of a call or a letter: the same in every clone. */
export function taskId(workspaceId: string, sequence: string, step: string, contact: string): string {
  return derivedId(workspaceId, 'promise', `sequence ${sequence} ${step} ${contact}`);
}

/** What was sent, by id of the contact and by address: of two contacts that are one person, each knows it. */
function sentTo(
  records: readonly SendRecord[],
  survivorOf: (ref: string) => string | undefined,
): Map<string, SendRecord[]> {
  const found = new Map<string, SendRecord[]>();
  for (const record of records) {
    const { contact, address } = record.intent;
    for (const key of new Set([survivorOf(contact) ?? contact, address]))
      found.set(key, [...(found.get(key) ?? []), record]);
  }
  return found;
}

/** The tasks that steps made for a person, also under the contacts that were merged into his. */
function tasksOf(name: string, steps: readonly Step[], index: Index, { config }: Workspace) {
  const merges = index.merged(['contact']);
  return (contact: string): Map<string, StoredRecord<Promise_>> => {
    const ids = [contact, ...merges.filter(({ survivor }) => survivor === contact).map(({ id }) => id)];
    const found = new Map<string, StoredRecord<Promise_>>();
    for (const { id: step, channel } of steps) {
      if (channel === 'email') continue;
      for (const id of ids) {
        const task = index.get(taskId(config.id, name, step, id)) as StoredRecord<Promise_> | undefined;
        if (task && !found.has(step)) found.set(step, task);
      }
    }
    return found;
  };
}

/** A task that was given up is over as well. */
function stateOfTask({ data }: StoredRecord<Promise_>, since: number): StepDone {
  const made = Date.parse(data.made_at ?? '') || since;
  const over = data.kept_at ?? data.cancelled_at;
  if (over !== undefined) return { at: Date.parse(over) };
  return data.kept_in === undefined ? { at: made, open: true } : { at: made };
}
