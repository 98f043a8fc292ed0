import type { Agreement } from '../domain/agreements/agreement.js';
import { renewalOf } from '../domain/agreements/renewal.js';
import { type Clock, nextDeadline } from '../domain/cases/clocks.js';
import { standingsOf } from '../domain/consent/standings.js';
import type { Contact } from '../domain/contacts/contact.js';
import { rhythmOf } from '../domain/contacts/rhythm.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { promiseState } from '../domain/promises/state.js';
import { endOf, isoDate, isoInstant, startOf } from '../domain/time/clock.js';
import { durationPattern } from '../domain/time/durations.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { judgedCases } from './cases/judged-cases.js';
import { consentReader, standingRules } from './consent/consents-of.js';
import { dealsDue } from './deals/deals-due.js';
import { listInbox } from './inbox/list-inbox.js';
import { lastContacts } from './last-contacts.js';
import { nameOf } from './names.js';
import { officeOf } from './reports/offices.js';

/**
 * What has to be done: keep a promise, answer or resolve a case, accept one, keep in touch, ask, renew, ask anew for a
 * consent, bring a deal to an end, file what came in.
 */
export type DueKind =
  | 'promise'
  | 'case'
  | 'hand_over'
  | 'keep_in_touch'
  | 'silent'
  | 'renewal'
  | 'consent'
  | 'deal'
  | 'inbox';

/** Something that somebody has to do by a time. */
export interface DueRow {
  /** A date, or ISO 8601 with offset. */
  due: string;
  kind: DueKind;
  what: string;
  /** The person it is for. */
  for: string | null;
  by: string | null;
  office: string | null;
  overdue: boolean;
  ref: string;
}

export interface DueFilter {
  /** Only what this member has to do. */
  by?: string;
  /** Only what this office has to do. */
  office?: string;
  overdue?: boolean;
  /** Only what is due before this moment, epoch milliseconds. */
  before?: number;
}

/** Everything that is due and not done, what is overdue and the oldest first. */
export async function listDue(workspace: Workspace, filter: DueFilter): Promise<DueRow[]> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const rows = [
    ...promisesDue(index, workspace),
    ...(await casesDue(index, workspace)),
    ...touchesDue(index, workspace),
    ...renewalsDue(index, workspace),
    ...consentsDue(index, workspace),
    ...dealsDue(index, workspace),
    ...(await inboxDue(workspace)),
  ];
  return rows
    .map((row) => ({ row, time: endOf(row.due, timeZone) ?? 0 }))
    .filter(({ row }) => filter.by === undefined || row.by === filter.by)
    .filter(({ row }) => filter.office === undefined || row.office === filter.office)
    .filter(({ row }) => !filter.overdue || row.overdue)
    .filter(({ row, time }) => filter.before === undefined || row.overdue || time <= filter.before)
    .sort(
      (a, b) =>
        Number(b.row.overdue) - Number(a.row.overdue) ||
        a.time - b.time ||
        (`${a.row.ref} ${a.row.what}` < `${b.row.ref} ${b.row.what}` ? -1 : 1),
    )
    .map(({ row }) => row);
}

/** What came in and waits for somebody to say whose it is, or what it wants. */
async function inboxDue(workspace: Workspace): Promise<DueRow[]> {
  const waiting = await listInbox(workspace, { state: 'waiting' });
  return waiting.flatMap(({ id, due, overdue, subject, from, kind, owner, office }): DueRow[] =>
    due === null
      ? []
      : [
          {
            due: isoInstant(Date.parse(due), workspace.clock.timeZone),
            kind: 'inbox',
            what: `file: ${subject || kind}`,
            for: from,
            by: owner,
            office,
            overdue,
            ref: id,
          },
        ],
  );
}

function promisesDue(index: Index, workspace: Workspace): DueRow[] {
  const { now, timeZone } = workspace.clock;
  const moment = now();
  return (index.openPromises() as unknown as StoredRecord<Promise_>[]).flatMap(({ data, ref }): DueRow[] => {
    const state = promiseState(data, moment, timeZone);
    if (data.due === undefined || (state !== 'open' && state !== 'broken')) return [];
    return [
      {
        due: data.due,
        kind: 'promise',
        what: data.what,
        for: nameOf(data.to, index),
        by: data.by ?? null,
        office: officeOf(workspace.config)(data.by),
        overdue: state === 'broken',
        ref,
      },
    ];
  });
}

async function casesDue(index: Index, workspace: Workspace): Promise<DueRow[]> {
  const { timeZone } = workspace.clock;
  const { judged } = await judgedCases(index.openCases(), index, workspace);
  const verbs: Partial<Record<Clock['clock'], string>> = {
    first_response: 'answer',
    next_response: 'answer again',
  };
  return judged.flatMap(({ kase: { data, ref }, clocks }): DueRow[] => {
    const shared = { for: nameOf(data.contact ?? data.company, index), ref };
    const own = nextDeadline(
      clocks.filter(({ clock }) => clock !== 'hand_over'),
      timeZone,
    );
    const rows: DueRow[] = clocks
      .filter(({ clock, ended }) => clock === 'hand_over' && ended === null)
      .map(({ due, state, who = '' }) => ({
        ...shared,
        due: isoInstant(due, timeZone),
        kind: 'hand_over',
        what: `accept: ${data.title}`,
        by: who,
        office: officeOf(workspace.config)(who) ?? who,
        overdue: state === 'breached',
      }));
    if (own.due_at !== null && own.due_for !== null)
      rows.push({
        ...shared,
        due: own.due_at,
        kind: 'case',
        what: `${verbs[own.due_for] ?? 'resolve'}: ${data.title}`,
        by: data.owner ?? null,
        office: data.office ?? officeOf(workspace.config)(data.owner),
        overdue: own.overdue,
      });
    return rows;
  });
}

/** People whose rhythm has run out, and those who no longer answer. */
function touchesDue(index: Index, workspace: Workspace): DueRow[] {
  const { now, timeZone } = workspace.clock;
  const moment = now();
  const people = index.withRhythm() as unknown as StoredRecord<Contact>[];
  const last = lastContacts(
    people.map(({ id }) => id),
    index,
  );
  return people.flatMap(({ id, data, ref }): DueRow[] => {
    const every = data.keep_in_touch as string;
    // What cannot be read is named by a warning, and holds up nobody else.
    if (!durationPattern.test(every)) return [];
    const heard = last.get(id) ?? { inbound: null, outbound: null };
    const since = startOf(data.source?.at ?? '', timeZone) ?? null;
    const { due, silentSince } = rhythmOf(every, heard, { since, now: moment, timeZone });
    const shared = {
      for: data.name,
      by: data.owner ?? null,
      office: data.office ?? officeOf(workspace.config)(data.owner),
      ref,
    };
    const silent = silentSince !== null && silentSince <= moment;
    const day = isoDate(silent ? silentSince : due, timeZone);
    return [
      {
        ...shared,
        due: day,
        kind: silent ? 'silent' : 'keep_in_touch',
        what: silent ? `does not answer any more (every ${every})` : `keep in touch (every ${every})`,
        overdue: (endOf(day, timeZone) ?? 0) <= moment,
      },
    ];
  });
}

/** Agreements whose last day of notice comes near, or has passed while nobody said a word. */
function renewalsDue(index: Index, workspace: Workspace): DueRow[] {
  const { now, timeZone } = workspace.clock;
  const today = isoDate(now(), timeZone);
  return (index.endingAgreements() as unknown as StoredRecord<Agreement>[]).flatMap(
    ({ data, ref }): DueRow[] => {
      const renewal = renewalOf(data);
      if (!renewal || renewal.opens > today) return [];
      const owner = typeof data.owner === 'string' ? data.owner : undefined;
      return [
        {
          due: renewal.notice,
          kind: 'renewal',
          what: `renew or end ${data.number ?? ref}, which ends on ${renewal.end}`,
          for: nameOf(data.contact ?? data.company, index),
          by: owner ?? null,
          office: officeOf(workspace.config)(owner),
          overdue: renewal.notice < today,
          ref,
        },
      ];
    },
  );
}

/** Consents that end within a month: once they have ended nobody may be asked for a new one by the same way. */
function consentsDue(index: Index, workspace: Workspace): DueRow[] {
  const people = index.withAnEnd() as unknown as StoredRecord<Contact>[];
  if (people.length === 0) return [];
  const said = consentReader(index);
  const rules = standingRules(workspace);
  return people.flatMap((contact): DueRow[] => {
    const { data, ref } = contact;
    return standingsOf(said(contact), rules).flatMap(({ purpose, channel, state, consent }) =>
      state !== 'expiring'
        ? []
        : [
            {
              due: consent?.until as string,
              kind: 'consent',
              what: `ask for a new consent to ${purpose}${channel === null ? '' : ` by ${channel}`}, which ends`,
              for: data.name,
              by: data.owner ?? null,
              office: data.office ?? officeOf(workspace.config)(data.owner),
              overdue: false,
              ref,
            },
          ],
    );
  });
}
