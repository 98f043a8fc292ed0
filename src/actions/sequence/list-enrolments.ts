import { ItacaError } from '../../domain/error.js';
import { type Sequence, type Step, stopConditions } from '../../domain/sequences/sequence.js';
import { isoInstant } from '../../domain/time/clock.js';
import { sequenceNames } from '../../workspace/config/definition-files.js';
import { readEnrolments } from '../../workspace/enrolments.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from '../campaign/merged.js';
import { type Follower, followersOf } from './followers.js';
import { objectionsTo } from './gate.js';
import { openSequence } from './open-sequence.js';

export interface EnrolmentRow {
  sequence: string;
  /** Of the contact. */
  ref: string;
  name: string;
  state: 'active' | 'paused' | 'stopped' | 'finished';
  /** The next step; null where there is none. */
  step: string | null;
  channel: Step['channel'] | null;
  /** When it may be done, ISO 8601; null while its task waits to be done. */
  due: string | null;
  /** What stands against the next step, where its time has come. */
  held: string | null;
  /** The promise that the next step waits for. */
  task: string | null;
  /** When it began or began again, ISO 8601. */
  since: string;
  by: string;
  /** Why he was enrolled or, after a stop, why that was. */
  why: string;
  /** What stopped it. */
  reason: string | null;
  stopped_at: string | null;
  /** Reference of the record that stopped it. */
  evidence: string | null;
}

/**
 * Who is or was in a sequence, or in any of them, in the order of their next steps; those who are out of it last.
 * @throws ItacaError `not_found`; `invalid` with path and line where a definition, a ledger or a journal is broken
 */
export async function listEnrolments(workspace: Workspace, name?: string): Promise<EnrolmentRow[]> {
  const rows: EnrolmentRow[] = [];
  for (const one of name === undefined ? sequenceNames(workspace.root) : [name]) {
    const open = await openSequence(workspace, one);
    const lines = await readEnrolments(workspace.root, one);
    const followers = await followersOf(open, lines, workspace);
    const held = await heldBack(open.sequence, followers, workspace);
    rows.push(
      ...followers.map((follower) => ({
        ...rowOf(open.sequence, follower, workspace),
        held: held.get(follower.enrolment.contact) ?? null,
      })),
    );
  }
  const key = ({ state, due }: EnrolmentRow) => `${state === 'active' ? 0 : 1} ${due ?? ''}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** What a person is or was in, in a few words. */
export interface InSequence {
  sequence: string;
  state: EnrolmentRow['state'];
  /** The next step. */
  step?: string;
  /** When it may be done. */
  due?: string;
  /** What stopped it. */
  reason?: string;
}

/**
 * The sequences that a person is or was in.
 * @param warn told of those that cannot be read
 */
export async function sequencesOf(
  workspace: Workspace,
  contact: string,
  warn: (message: string) => void,
): Promise<InSequence[]> {
  const { survivorOf } = mergedForSend(await workspace.index());
  const found: InSequence[] = [];
  for (const name of sequenceNames(workspace.root)) {
    try {
      const lines = (await readEnrolments(workspace.root, name)).filter(
        (line) => survivorOf(line.contact) === contact,
      );
      if (lines.length === 0) continue;
      const open = await openSequence(workspace, name);
      for (const follower of await followersOf(open, lines, workspace)) {
        const { sequence, state, step, due, reason } = rowOf(open.sequence, follower, workspace);
        const more = Object.entries({ step, due, reason }).filter(([, value]) => value !== null);
        found.push({ sequence, state, ...Object.fromEntries(more) });
      }
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      warn(`the sequence ${name} is not shown: ${error.message}`);
    }
  }
  return found;
}

/** Why steps do not come although their time has, by id of the contact. */
async function heldBack(
  sequence: Sequence,
  followers: readonly Follower[],
  workspace: Workspace,
): Promise<Map<string, string>> {
  const now = workspace.clock.now();
  const found = new Map<string, string>();
  for (const step of sequence.steps) {
    const contacts = followers.flatMap(({ next, contact }) =>
      contact && next?.step === step && next.due !== undefined && next.due <= now ? [contact] : [],
    );
    if (contacts.length === 0) continue;
    for (const { contact, detail } of await objectionsTo(sequence, step, contacts, workspace))
      found.set(contact, detail);
  }
  return found;
}

function rowOf(
  sequence: Sequence,
  { enrolment, contact, next, task }: Follower,
  { clock: { timeZone } }: Workspace,
): Omit<EnrolmentRow, 'held'> {
  const { since, by, stopped } = enrolment;
  return {
    sequence: sequence.name,
    ref: contact?.ref ?? enrolment.ref,
    name: contact?.title ?? enrolment.ref,
    state: stopped ? 'stopped' : !next ? 'finished' : sequence.paused ? 'paused' : 'active',
    step: next?.step.id ?? null,
    channel: next?.step.channel ?? null,
    due: next?.due === undefined ? null : isoInstant(next.due, timeZone),
    task: task?.ref ?? null,
    since: isoInstant(since, timeZone),
    by,
    why: stopped?.why ?? enrolment.why,
    reason: stopped?.reason ?? null,
    stopped_at: stopped?.at ?? null,
    evidence: stopped?.evidence ?? null,
  };
}

/** A sequence with how many people have come how far. */
export interface SequenceSummary {
  name: string;
  title: string;
  purpose: string;
  office: string | null;
  paused: boolean;
  enroll: string | null;
  stop_on: readonly string[];
  active: number;
  stopped: number;
  finished: number;
  steps: {
    id: string;
    after: string;
    channel: Step['channel'];
    subject: Step['subject'];
    /** People for whom it was done. */
    done: number;
    /** People whose next step it is. */
    next: number;
  }[];
}

/** What a sequence does, and how far people are in it; throws as `listEnrolments`. */
export async function summarise(workspace: Workspace, name: string): Promise<SequenceSummary> {
  const open = await openSequence(workspace, name);
  const { title, purpose, office, paused, enroll, stop_on, steps } = open.sequence;
  const followers = await followersOf(open, await readEnrolments(workspace.root, name), workspace);
  const active = followers.filter(({ next }) => next !== undefined).length;
  const stopped = followers.filter(({ enrolment }) => enrolment.stopped).length;
  return {
    name,
    title,
    purpose,
    office: office ?? null,
    paused: paused ?? false,
    enroll: enroll ?? null,
    stop_on: stop_on ?? stopConditions,
    active,
    stopped,
    finished: followers.length - active - stopped,
    steps: steps.map(({ id, after, channel, subject }) => ({
      id,
      after,
      channel,
      subject,
      done: followers.filter(({ done }) => done.has(id) && !done.get(id)?.open).length,
      next: followers.filter(({ next }) => next?.step.id === id).length,
    })),
  };
}
