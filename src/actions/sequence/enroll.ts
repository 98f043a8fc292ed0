import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { EnrolmentDraft } from '../../domain/sequences/enrolment-line.js';
import { readEnrolments } from '../../workspace/enrolments.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { cancellationsOf } from '../agreements/cancelled-note.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { fileSequence } from './file-sequence.js';
import { followersOf } from './followers.js';
import { openSequence } from './open-sequence.js';
import { stopOf, withoutTask } from './stop.js';

/** What a command did with a person. */
export interface Enrolled {
  sequence: string;
  ref: string;
  name: string;
  /**
   * `enrolled`, or `again` after a stop; `already`: he is in it; `stopped` and `finished`: it had ended for him before this
   * command, or did by it.
   */
  state: 'enrolled' | 'again' | 'already' | 'stopped' | 'finished';
}

const bulk = 3;

/** So many people are named in warnings. */
const mostTold = 5;

/**
 * Enrols people in a sequence. Who is named and had been stopped goes on where it stopped; a query does not take up again
 * whom it finds. Enrolling twice is no mistake.
 * @throws ItacaError `not_found` for the sequence or a person; `usage` for a query that is none
 */
export async function enroll(
  name: string,
  { who, query, why }: { who: readonly string[]; query?: string; why?: string },
  tools: Tools,
): Promise<Enrolled[]> {
  const { workspace } = tools;
  const open = await openSequence(workspace, name);
  const index = await workspace.index();
  const named = await contactsOf(who, tools);
  const found = query === undefined ? [] : index.list({ kinds: ['contact'], query });
  const known = new Map(
    (await followersOf(open, await readEnrolments(workspace.root, name), workspace)).map((one) => [
      one.enrolment.contact,
      one,
    ]),
  );
  const results = new Map<string, Enrolled>();
  const drafts: EnrolmentDraft[] = [];
  for (const contact of [...named, ...found]) {
    if (results.has(contact.id)) continue;
    const follower = known.get(contact.id);
    const isAgain = follower?.enrolment.stopped !== undefined && named.includes(contact);
    const state = !follower
      ? 'enrolled'
      : isAgain
        ? 'again'
        : follower.enrolment.stopped
          ? 'stopped'
          : follower.next
            ? 'already'
            : 'finished';
    results.set(contact.id, { sequence: name, ref: contact.ref, name: contact.title, state });
    if (state !== 'enrolled' && state !== 'again') continue;
    drafts.push({
      event: 'enrolled',
      at: nowIso(tools),
      contact: contact.ref,
      by: tools.actor,
      why: why ?? (named.includes(contact) ? 'by hand' : (query as string)),
      ...(state === 'again' ? { again: true as const } : {}),
    });
  }
  warnOfCancellations(results.values(), index, tools);
  if (drafts.length >= bulk) await tools.confirm(`Enrol ${drafts.length} people in ${name}?`);
  await fileSequence(name, { drafts }, `sequence enroll ${name}: ${drafts.length}`, tools);
  return [...results.values()];
}

/** Who has asked to end an agreement gets no offer of the sequence, as long as it holds these back. */
function warnOfCancellations(people: Iterable<Enrolled>, index: Index, { workspace, warn }: Tools): void {
  const fresh = [...people].filter(({ state }) => state === 'enrolled' || state === 'again');
  if (fresh.length === 0) return;
  const cancelled = cancellationsOf(workspace, index);
  const told = fresh.flatMap(({ ref, name }) => {
    const contact = index.get(idOfRef(ref) ?? '');
    const [said] = contact ? cancelled(contact.id, contact.data.company as string | undefined) : [];
    return said === undefined ? [] : [`${name}: ${said}`];
  });
  for (const one of told.slice(0, mostTold)) warn(one);
  if (told.length > mostTold) warn(`and ${told.length - mostTold} more who have asked to end an agreement`);
}

/**
 * Ends a sequence for people. Ending it twice is no mistake.
 * @throws ItacaError `not_found` for the sequence, or for somebody who is not in it
 */
export async function stop(
  name: string,
  who: readonly string[],
  why: string | undefined,
  tools: Tools,
): Promise<Enrolled[]> {
  const { workspace } = tools;
  const open = await openSequence(workspace, name);
  const followers = await followersOf(open, await readEnrolments(workspace.root, name), workspace);
  const drafts: EnrolmentDraft[] = [];
  const changes: Change[] = [];
  const results = (await contactsOf(who, tools)).map(({ id, ref, title }): Enrolled => {
    const follower = followers.find(({ enrolment }) => enrolment.contact === id);
    if (!follower) {
      throw new ItacaError('not_found', `${title} is not in the sequence ${name}`, {
        hint: `itaca sequence list ${name}`,
      });
    }
    const isActive = follower.next !== undefined;
    const manual = { reason: 'manual' as const, at: nowIso(tools), why: why ?? 'by hand' };
    if (isActive) {
      drafts.push(stopOf(follower, manual, tools.actor));
      changes.push(...withoutTask(follower, manual));
    }
    const state = isActive || follower.enrolment.stopped ? 'stopped' : 'finished';
    return { sequence: name, ref, name: title, state };
  });
  await fileSequence(name, { drafts, changes }, `sequence stop ${name}: ${drafts.length}`, tools);
  return results;
}

async function contactsOf(who: readonly string[], { workspace }: Tools): Promise<StoredRecord[]> {
  const found = new Map<string, StoredRecord>();
  for (const one of who) {
    const contact = await findRecord(workspace, one, ['contact']);
    if (!found.has(contact.id)) found.set(contact.id, contact);
  }
  return [...found.values()];
}
