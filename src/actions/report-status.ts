import { handOvers } from '../domain/cases/hand-overs.js';
import { type DoubleSource, doubleSources } from '../domain/config/double-sources.js';
import { isoInstant } from '../domain/time/clock.js';
import type { Workspace } from '../workspace/workspace.js';
import { judgedCases } from './cases/judged-cases.js';
import { listInbox } from './inbox/list-inbox.js';
import { type DueRow, listDue } from './list-due.js';
import { nameOf } from './names.js';
import { officeOf } from './reports/offices.js';
import { unanswered } from './reports/unanswered.js';

/** An open case that waits for somebody to take it. */
export interface Untaken {
  ref: string;
  title: string;
  /** Who was given it or asked and did not accept; null for a case that nobody owns. */
  who: string | null;
  office: string | null;
  since: string;
}

/** A word of a customer that waits for an answer, be it in a case, outside of any, or in the inbox. */
export interface Waiting {
  ref: string;
  what: string;
  for: string | null;
  channel: string | null;
  since: string;
  overdue: boolean;
}

/** What wants looking at now. */
export interface Status {
  late: DueRow[];
  unowned: Untaken[];
  not_accepted: Untaken[];
  unanswered: Waiting[];
  doubles: DoubleSource[];
}

/** What is late, what nobody owns or accepted, what nobody answered, and what two systems own at once. */
export async function reportStatus(workspace: Workspace): Promise<Status> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const { judged, world } = await judgedCases(index.openCases(), index, workspace);
  const iso = (at: number) => isoInstant(at, timeZone);
  const memberOffice = (member: string) => officeOf(workspace.config)(member) ?? undefined;
  const waiting = judged.flatMap(({ kase: { data, ref }, clocks }) =>
    clocks
      .filter(({ clock, ended }) => ended === null && clock.endsWith('_response'))
      .map(
        ({ started, state }): Waiting => ({
          ref,
          what: data.title,
          for: nameOf(data.contact ?? data.company, index),
          channel: data.channel ?? null,
          since: iso(started),
          overdue: state === 'breached',
        }),
      ),
  );
  const outside = (await unanswered(workspace)).map(
    ({ ref, subject, contact, author, channel, at, due }): Waiting => ({
      ref,
      what: subject,
      for: contact === null ? author : nameOf(contact, index),
      channel,
      since: iso(at),
      overdue: due !== null && due <= world.now,
    }),
  );
  const unfiled = (await listInbox(workspace, { state: 'waiting' })).map(
    ({ id, subject, kind, from, channel, received_at, overdue }): Waiting => ({
      ref: id,
      what: subject || kind,
      for: from,
      channel,
      since: received_at,
      overdue,
    }),
  );
  return {
    late: await listDue(workspace, { overdue: true }),
    unowned: judged
      .filter(({ kase }) => kase.data.owner === undefined)
      .map(({ kase: { data, ref } }) => ({
        ref,
        title: data.title,
        who: null,
        office: data.office ?? null,
        since: data.opened_at,
      })),
    not_accepted: judged.flatMap(({ kase: { data, ref }, file }) =>
      handOvers(file, memberOffice)
        .filter(({ to }) => to === null)
        .map(({ who, from }) => ({
          ref,
          title: data.title,
          who,
          office: officeOf(workspace.config)(who) ?? who,
          since: iso(from),
        })),
    ),
    unanswered: [...waiting, ...outside, ...unfiled].sort(
      (a, b) => Date.parse(a.since) - Date.parse(b.since),
    ),
    doubles: doubleSources(workspace.config.sources),
  };
}
