import { addBusinessTime } from '../../domain/calendars/business-time.js';
import { idOfRef, refOfPath } from '../../domain/records/ids.js';
import { addDuration } from '../../domain/time/clock.js';
import { readCalendars } from '../../workspace/config/calendars.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What somebody told the firm, outside of any case or in one that is done, and nobody answered. */
export interface Unanswered {
  ref: string;
  /** Epoch milliseconds. */
  at: number;
  /** When the channel promises an answer, epoch milliseconds; null where `itaca.yaml` names no target for it. */
  due: number | null;
  channel: string;
  subject: string;
  /** Null where nobody knows whose it is. */
  contact: string | null;
  /** As he calls himself, where he is nobody on file. */
  author: string | null;
  /** The owner of the channel. */
  owner: string | null;
}

interface Row {
  path: string;
  at: number;
  title: string;
  channel: string;
  outcome: string | null;
  contact: string;
}

/** Of nobody who is on file. */
interface StrangerRow extends Omit<Row, 'contact'> {
  id: string;
  author: string | null;
  /** What its platform calls it: the versions of a review are one matter. */
  review: string | null;
}

/** Where people speak with each other at once: what was held there was answered there. */
const live = new Set(['phone', 'meeting', 'visit', 'shop', 'chat', 'event']);
/** A call that came to nobody. */
const missed = new Set<string | null>(['no_answer', 'busy', 'abandoned', 'voicemail']);

const dayMs = 86_400_000;

/** How far back it is looked: what was not answered in half a year is no longer waiting. */
export const reachDays = 183;

/**
 * Words of customers that belong to no case, or to one that is done, and were followed by no word of ours to the same
 * person, the oldest first. Notes, surveys and events ask for no answer; a call that was held is one, and so is a case
 * that was opened. What confirmed that a case is solved asks for none. Words of somebody who is not on file, such as a
 * review, wait until something of ours answers them by name (`answers`).
 */
export async function unanswered(workspace: Workspace): Promise<Unanswered[]> {
  const index = await workspace.index();
  const { now, timeZone } = workspace.clock;
  const rows = index.db
    .prepare(
      `select r.path, r.at, r.title, json_extract(r.data, '$.channel') as channel,
         json_extract(r.data, '$.outcome') as outcome, f.target as contact
       from records r join refs f on f.rid = r.rid and f.key = 'contacts'
       ${withCase}
       where ${outsideCases} order by r.at, r.path`,
    )
    .all(now() - reachDays * dayMs, now()) as Row[];
  const waiting = rows.filter(asksForAnswer);
  const answered = lastWords(
    waiting.map(({ contact }) => contact),
    index,
  );
  const open = waiting.filter(({ contact, at }) => (answered.get(contact) ?? Number.NEGATIVE_INFINITY) < at);
  const all = [...open.map((row) => ({ ...row, author: null })), ...strangers(index, workspace)].sort(
    (a, b) => a.at - b.at || (a.path < b.path ? -1 : 1),
  );
  const { channels = {} } = workspace.config;
  const hours = all.flatMap(({ channel }) => channels[channel]?.hours ?? []);
  const calendars = await readCalendars(
    workspace.root,
    hours.filter((name) => typeof name === 'string'),
  );
  const dueOf = (channel: string, at: number): number | null => {
    const { hours: name, target } = channels[channel] ?? {};
    if (typeof target !== 'string') return null;
    const calendar = typeof name === 'string' ? calendars.get(name) : undefined;
    return calendar ? addBusinessTime(at, target, calendar) : addDuration(at, target, timeZone);
  };
  return all.map(({ path, at, title, channel, contact, author }) => ({
    ref: refOfPath(path),
    at,
    due: dueOf(channel, at),
    channel,
    subject: title,
    contact: contact === null ? null : (index.get(idOfRef(contact) ?? contact)?.ref ?? contact),
    author,
    owner: typeof channels[channel]?.owner === 'string' ? channels[channel].owner : null,
  }));
}

/** Whether what passes by a channel is answered as it is said. */
export function isLive(channel: string): boolean {
  return live.has(channel);
}

const silentChannels = new Set(['note', 'survey', 'event']);

/** Whether what came in by a channel waits for an answer. */
export function asksForAnswer({ channel, outcome }: Pick<Row, 'channel' | 'outcome'>): boolean {
  if (outcome === 'unsubscribed') return false;
  return !(live.has(channel) && !missed.has(outcome)) && !silentChannels.has(channel);
}

/** The case `c` of an interaction `r`; by its id, as there may be more cases than anybody wants to look through. */
export const withCase = `left join records c indexed by records_id
  on c.id = substr(json_extract(r.data, '$.case'), -10) and c.kind = 'case'`;

/** What came in between two moments and is in no case that is under way, of `records r` and its case `c`. */
const outsideCases = `r.kind = 'interaction' and r.at >= ? and r.at <= ? and r.data is not null
  and json_extract(r.data, '$.direction') = 'inbound'
  and (c.id is null or (json_extract(c.data, '$.state') in ('resolved', 'closed')
    and substr(coalesce(json_extract(c.data, '$.confirmed_by_customer'), ''), -10) <> r.id))`;

/** Words of people who are not on file, and that nothing answers: of the versions of a review the first one that waits. */
function strangers(index: Index, { clock: { now } }: Workspace): (StrangerRow & { contact: null })[] {
  const rows = index.db
    .prepare(
      `select r.id, r.path, r.at, r.title, json_extract(r.data, '$.channel') as channel,
         json_extract(r.data, '$.outcome') as outcome, json_extract(r.data, '$.author') as author,
         json_extract(r.data, '$.review') as review
       from records r
       ${withCase}
       where ${outsideCases} and not exists (select 1 from refs f where f.rid = r.rid and f.key = 'contacts')
       order by r.at, r.path`,
    )
    .all(now() - reachDays * dayMs, now()) as StrangerRow[];
  const waiting = rows.filter(asksForAnswer);
  const answers = index.db
    .prepare(
      `select f.target as id, max(r.at) as at from json_each(?) j
         cross join refs f on f.target = j.value and f.key = 'answers' cross join records r on r.rid = f.rid
       where r.kind = 'interaction' and r.at is not null and json_extract(r.data, '$.direction') = 'outbound'
       group by 1`,
    )
    .all(JSON.stringify(waiting.map(({ id }) => id))) as { id: string; at: number }[];
  const answeredAt = new Map(answers.map(({ id, at }) => [id, at]));
  const matterOf = ({ review, id }: StrangerRow) => review ?? id;
  const lastAnswer = new Map<string, number>();
  for (const row of waiting) {
    const at = Math.max(
      answeredAt.get(row.id) ?? Number.NEGATIVE_INFINITY,
      lastAnswer.get(matterOf(row)) ?? Number.NEGATIVE_INFINITY,
    );
    lastAnswer.set(matterOf(row), at);
  }
  const seen = new Set<string>();
  return waiting.flatMap((row) => {
    const matter = matterOf(row);
    if (seen.has(matter) || row.at <= (lastAnswer.get(matter) ?? Number.NEGATIVE_INFINITY)) return [];
    seen.add(matter);
    return [{ ...row, contact: null }];
  });
}

/** When the firm last said something that reached each of these people, or opened a case for him; epoch milliseconds. */
function lastWords(contacts: readonly string[], index: Index): Map<string, number> {
  const rows = index.db
    .prepare(
      `select f.target as contact, max(r.at) as at
       from json_each(?) j cross join refs f on f.target = j.value cross join records r on r.rid = f.rid
       where r.data is not null and r.at is not null
         and ((f.key = 'contacts' and r.kind = 'interaction' and json_extract(r.data, '$.direction') = 'outbound'
             and coalesce(json_extract(r.data, '$.outcome'), '') not in ('no_answer', 'busy', 'abandoned'))
           or (f.key = 'contact' and r.kind = 'case'))
       group by 1`,
    )
    .all(JSON.stringify([...new Set(contacts)])) as { contact: string; at: number }[];
  return new Map(rows.map(({ contact, at }) => [contact, at]));
}
