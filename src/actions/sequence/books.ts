import { type Candidate, groupPersons } from '../../domain/campaigns/persons.js';
import { machine } from '../../domain/cases/raise.js';
import { withId } from '../../domain/sending/journal-line.js';
import type { EnrolmentDraft, EnrolmentLine } from '../../domain/sequences/enrolment-line.js';
import { enrolmentsOf } from '../../domain/sequences/enrolments.js';
import { stopsOn } from '../../domain/sequences/sequence.js';
import { readEnrolments } from '../../workspace/enrolments.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { mergedForSend } from '../campaign/merged.js';
import { addressRulesOf } from '../campaign/world.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { type Follower, followersOf } from './followers.js';
import { meaningOf, objectionsTo } from './gate.js';
import type { OpenSequence } from './open-sequence.js';
import { justAfter, refusal, type Stop, stopOf, withoutTask } from './stop.js';
import { stopIn } from './stop-evidence.js';

/** A sequence, who is still in it, and what is to be written about the others. */
export interface Books {
  open: OpenSequence;
  followers: Follower[];
  drafts: EnrolmentDraft[];
  /** Tasks that are nobody's to do any more. */
  changes: Change[];
}

/**
 * Brings the ledger of a sequence up to what the records say: takes in who meets its query, and out for whom something
 * came that ends it. Nothing is written here.
 */
export async function keepBooks(open: OpenSequence, tools: Tools): Promise<Books> {
  const { workspace } = tools;
  const { sequence } = open;
  const lines = await readEnrolments(workspace.root, sequence.name);
  const index = await workspace.index();
  const drafts: EnrolmentDraft[] = sequence.paused ? [] : newcomers(open, lines, index, nowIso(tools));
  const all = [...lines, ...drafts.map((draft) => withId(draft) as EnrolmentLine)];
  const everybody = await followersOf(open, all, workspace);
  const active = everybody.filter(({ next }) => next !== undefined);
  const twice = doubles(everybody, index, tools);
  const objections = await refused(open, active, tools);
  const hidden = index.unreadable(['contact']).length > 0;
  const changes: Change[] = [];
  const followers = active.filter((follower) => {
    const { contact } = follower.enrolment;
    const stop = stopFor(follower) ?? objections.get(contact) ?? twice.get(contact);
    if (stop) {
      drafts.push(stopOf(follower, stop, machine));
      changes.push(...withoutTask(follower, stop));
    }
    // Whose record cannot be read is not gone; nothing is done for him meanwhile.
    return !stop && follower.contact !== undefined;
  });
  return { open, followers, drafts, changes };

  function stopFor({ contact, enrolment, rejected }: Follower): Stop | undefined {
    if (!contact)
      return hidden
        ? undefined
        : { reason: 'gone', at: nowIso(tools), why: 'the contact is no longer on file' };
    if (rejected) return { reason: 'rejected', at: rejected.at, why: rejected.reply };
    const found = stopIn(sequence, enrolment.since, contact.id, index);
    return found && { ...found, reason: found.condition };
  }
}

function newcomers(
  { sequence }: OpenSequence,
  lines: readonly EnrolmentLine[],
  index: Index,
  at: string,
): EnrolmentDraft[] {
  const { enroll: query } = sequence;
  if (query === undefined) return [];
  const known = new Set(enrolmentsOf(lines, mergedForSend(index).survivorOf).map(({ contact }) => contact));
  return index
    .list({ kinds: ['contact'], query })
    .filter(({ id }) => !known.has(id))
    .map(({ ref }) => ({ event: 'enrolled', at, contact: ref, by: machine, why: query }));
}

/** Contacts that are one person with somebody who is or was in the sequence before them, by id. */
function doubles(followers: readonly Follower[], index: Index, tools: Tools): Map<string, Stop> {
  const merges = mergedForSend(index);
  // Who was taken out for being somebody else stands in nobody's way.
  const own = followers.filter(({ enrolment: { stopped } }) => stopped?.reason !== 'same_person');
  const candidates = own.flatMap(({ contact }) => (contact ? [merges.candidate(candidateOf(contact))] : []));
  const since = new Map(own.map(({ enrolment }) => [enrolment.contact, enrolment.since]));
  const stops = new Map<string, Stop>();
  for (const person of groupPersons(candidates, addressRulesOf({}, tools.workspace), () => false)) {
    // Members come in the order of their ids, which decides where the times do not.
    const [first, ...others] = person.sort((a, b) => (since.get(a.id) ?? 0) - (since.get(b.id) ?? 0));
    if (!first) continue;
    const { ref } = first;
    for (const { id } of others) {
      const at = justAfter(since.get(id) ?? 0, undefined, tools);
      stops.set(id, { reason: 'same_person', at, why: `same person as ${ref}`, evidence: ref });
    }
  }
  return stops;
}

function candidateOf(contact: StoredRecord): Candidate {
  return contact as unknown as Candidate;
}

/** Who said no, or ended an agreement, by id of the contact; as far as the sequence stops on it. */
async function refused(
  { sequence }: OpenSequence,
  active: readonly Follower[],
  tools: Tools,
): Promise<Map<string, Stop>> {
  const stops = new Map<string, Stop>();
  for (const step of sequence.steps) {
    const contacts = active.filter(({ next }) => next?.step === step).flatMap(({ contact }) => contact ?? []);
    if (contacts.length === 0) continue;
    for (const objection of await objectionsTo(sequence, step, contacts, tools.workspace)) {
      const meaning = meaningOf(objection);
      if (meaning === 'skip' || meaning === 'wait' || !stopsOn(sequence, meaning)) continue;
      const follower = active.find(({ contact }) => contact?.id === objection.contact) as Follower;
      stops.set(objection.contact, await refusal(follower, meaning, objection.detail, tools));
    }
  }
  return stops;
}
