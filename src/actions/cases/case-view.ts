import type { Case } from '../../domain/cases/case.js';
import type { CaseFile } from '../../domain/cases/case-file.js';
import { type Clock, caseClocks, nextDeadline } from '../../domain/cases/clocks.js';
import { levelOf } from '../../domain/cases/escalation.js';
import { handOvers } from '../../domain/cases/hand-overs.js';
import { type PlaybookState, playbookState } from '../../domain/cases/playbook.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { type PromiseState, promiseState } from '../../domain/promises/state.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { caseFiles } from './case-files.js';
import { judging } from './definitions.js';

/** A clock as `--json` gives it. */
export interface ClockRow {
  clock: string;
  state: string;
  started_at: string;
  due_at: string;
  ended_at: string | null;
  /** Passed without pauses, in minutes of the deadline's calendar. */
  minutes: number;
  within: string;
  calendar: string | null;
  paused: boolean;
  /** Who has to accept a hand-over. */
  who: string | null;
}

/** A case with all that is derived and all that is on file about it. */
export interface CaseView {
  kase: StoredRecord<Case>;
  due_at: string | null;
  due_for: string | null;
  overdue: boolean;
  level: number;
  clocks: ClockRow[];
  /** Who was given the case or asked, and did nothing about it yet. */
  waiting_for: string[];
  playbook: PlaybookState;
  promises: { promise: StoredRecord<Promise_>; state: PromiseState }[];
  /** Cases that were merged into it. */
  merged: StoredRecord[];
  /** All that names it or one of those, the newest first. */
  timeline: StoredRecord[];
}

/**
 * Everything about the case a person means; of a merged one, its own.
 * @throws ItacaError as `findRecord`, and `invalid` where its process or a calendar is broken
 */
export async function viewCase(which: string, workspace: Workspace): Promise<CaseView> {
  const kase = await findRecord<Case>(workspace, which, ['case']);
  const index = await workspace.index();
  const file = caseFiles([kase], index).get(kase.id) as CaseFile;
  const { process, world, clocks } = await judging([kase.data], workspace, ({ processOf, world }) => {
    const process = processOf(kase.data);
    return { process, world, clocks: caseClocks(file, process, world) };
  });
  const { timeZone } = world;
  const merged = mergedInto(kase.id, (id) => index.naming(id, ['case']));
  const timeline = timelineOf([kase.id, ...merged.map(({ id }) => id)], (id) => index.naming(id));
  const promises = timeline.filter(({ kind }) => kind === 'promise') as unknown as StoredRecord<Promise_>[];
  const officeOf = (member: string) => workspace.config.members?.[member]?.office;
  return {
    kase,
    ...nextDeadline(clocks, timeZone),
    level: levelOf(kase),
    clocks: clocks.map((clock) => clockRow(clock, timeZone)),
    waiting_for: handOvers(file, officeOf)
      .filter(({ to }) => to === null)
      .map(({ who }) => who),
    playbook: playbookState(
      process,
      [kase.note, ...merged.map(({ note }) => note), ...timeline.map(({ note }) => note)],
      workspace.config.languages ?? [],
    ),
    promises: promises.map((promise) => ({
      promise,
      state: promiseState(promise.data, world.now, timeZone),
    })),
    merged,
    timeline,
  };
}

export function clockRow(clock: Clock, timeZone: string): ClockRow {
  const iso = (at: number) => isoInstant(at, timeZone);
  return {
    clock: clock.clock,
    state: clock.state,
    started_at: iso(clock.started),
    due_at: iso(clock.due),
    ended_at: clock.ended === null ? null : iso(clock.ended),
    minutes: Math.round(clock.minutes),
    within: clock.deadline.within,
    calendar: clock.deadline.calendar ?? null,
    paused: clock.paused,
    who: clock.who ?? null,
  };
}

/** The cases that lead to one, through all merges. */
function mergedInto(id: string, casesNaming: (id: string) => StoredRecord[]): StoredRecord[] {
  const found = new Map<string, StoredRecord>();
  const visit = (into: string) => {
    for (const one of casesNaming(into)) {
      if (idOfRef(String(one.data.merged_into ?? '')) !== into || one.id === id || found.has(one.id))
        continue;
      found.set(one.id, one);
      visit(one.id);
    }
  };
  visit(id);
  return [...found.values()];
}

function timelineOf(ids: readonly string[], naming: (id: string) => StoredRecord[]): StoredRecord[] {
  const records = new Map(ids.flatMap(naming).map((record) => [record.path, record]));
  return [...records.values()]
    .filter(({ at }) => at !== null)
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.path < b.path ? -1 : 1));
}
