import { addBusinessTime, businessMinutesBetween } from '../../domain/calendars/business-time.js';
import type { BusinessCalendar } from '../../domain/calendars/open-hours.js';
import { isUnreached } from '../../domain/cases/case-file.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { idOfRef } from '../../domain/records/ids.js';
import { silenceOf } from '../../domain/reports/silence.js';
import {
  type ChannelHealth,
  type ChannelMessage,
  type ChannelMeter,
  tallyChannels,
} from '../../domain/reports/tally-channels.js';
import { isReply } from '../../domain/sequences/stop.js';
import { addDuration } from '../../domain/time/clock.js';
import { type BoundedPeriod, isWithin } from '../../domain/time/period.js';
import { dayAt, yearAt } from '../../domain/time/zone.js';
import { readCalendars } from '../../workspace/config/calendars.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Answers } from './answers.js';
import { asksForAnswer, isLive, reachDays, withCase } from './unanswered.js';

interface Row {
  id: string;
  at: number;
  data: string;
  /** Whether it is the customer's word that his case is solved. */
  confirms: 0 | 1;
}

/** As much of a message as is read of its record. */
interface Said {
  channel: string;
  direction?: 'inbound';
  outcome?: string;
  address?: unknown;
  case?: string;
  contacts?: unknown;
  message_id?: unknown;
}

const dayMs = 86_400_000;

/** What is usual is judged by a year back: 90 open days, before a silence of some months. */
const lookBackDays = 550;

/**
 * How well each channel, and each address or number of ours, answers; and which of them have gone silent. What machines
 * sent is no message. A call that was held, and what else passes face to face, is answered with it.
 */
export async function reportChannels(workspace: Workspace, period: BoundedPeriod): Promise<ChannelHealth[]> {
  const index = await workspace.index();
  const { clock, config, country } = workspace;
  const now = clock.now();
  const since = Math.min(period.since, now - lookBackDays * dayMs);
  const keyOf = (address: unknown): string | null =>
    typeof address !== 'string' || address.trim() === ''
      ? null
      : (canonicalEmail(address) ?? phoneKey(address, country) ?? address.trim().toLowerCase());
  const messages = messagesOf(index, since, now, keyOf);
  const { channels = {} } = config;
  const settings = new Map(Object.entries(channels).map(([name, one]) => [keyOf(name) ?? name, one]));
  const names = Object.values(channels).flatMap(({ hours }) => (typeof hours === 'string' ? [hours] : []));
  const calendars = await readCalendars(workspace.root, names);
  const { timeZone } = clock;
  const meterOf = (channel: string, address: string | null): ChannelMeter => {
    const { owner, hours, target } =
      (address === null ? undefined : settings.get(address)) ?? settings.get(channel) ?? {};
    const calendar = typeof hours === 'string' ? calendars.get(hours) : undefined;
    const zone = calendar?.timeZone ?? timeZone;
    return {
      owner: typeof owner === 'string' ? owner : null,
      minutes: (from, to) =>
        calendar ? businessMinutesBetween(from, to, calendar) : Math.max(to - from, 0) / 60_000,
      due(at) {
        if (typeof target !== 'string') return null;
        return calendar ? addBusinessTime(at, target, calendar) : addDuration(at, target, timeZone);
      },
      silence: (times) =>
        silenceOf(
          times.map((at) => dayAt(at, zone)),
          dayAt(now, zone),
          (from, to) => daysBetween(from, to, calendar),
        ),
    };
  };
  // An entry may stand for one address: it has a row once something came by it.
  const named = [...settings.keys()].filter((name) => !/[@+\d]/.test(name));
  return tallyChannels(messages, (at) => isWithin(period, at), named, meterOf, now);
}

/** The open days between two, both included; without a calendar each day is one. */
function daysBetween(from: number, to: number, calendar: BusinessCalendar | undefined): number[] {
  if (!calendar) return Array.from({ length: Math.max(to - from + 1, 0) }, (_, n) => from + n);
  const days: number[] = [];
  for (let year = yearAt(from * dayMs); year <= yearAt(to * dayMs); year++)
    days.push(...calendar.year(year).days.filter((day) => day >= from && day <= to));
  return days;
}

function messagesOf(
  index: Index,
  since: number,
  now: number,
  keyOf: (address: unknown) => string | null,
): ChannelMessage[] {
  const rows = index.db
    .prepare(
      `select r.id, r.at, r.data,
         coalesce(substr(coalesce(json_extract(c.data, '$.confirmed_by_customer'), ''), -10) = r.id, 0) as confirms
       from records r ${withCase}
       where r.kind = 'interaction' and r.at >= ? and r.at <= ? and r.data is not null
         and json_extract(r.data, '$.direction') = 'inbound'
       order by r.at, r.path`,
    )
    .all(since, now) as Row[];
  const answers = new Answers(index, since);
  return rows.flatMap(({ id, at, data, confirms }): ChannelMessage[] => {
    const said = JSON.parse(data) as Said;
    const { channel, outcome = null } = said;
    if (!isReply(said as Parameters<typeof isReply>[0]) || channel === 'note') return [];
    const message = { channel, address: keyOf(said.address), at };
    if (isLive(channel) && !isUnreached(outcome) && outcome !== 'voicemail')
      return [{ ...message, answered: at }];
    const isOld = at < now - reachDays * dayMs;
    const answered = answeredAt(id, at, said, answers);
    const asks = asksForAnswer({ channel, outcome }) && confirms === 0;
    return [{ ...message, answered: answered ?? (asks && !isOld ? null : undefined) }];
  });
}

/** The first word of ours that answers a message: by name, in its case, or to the same person. */
function answeredAt(id: string, at: number, said: Said, answers: Answers): number | undefined {
  const { case: kase, contacts, message_id: messageId } = said;
  const caseId = kase === undefined ? undefined : idOfRef(kase);
  const people = caseId === undefined ? [contacts ?? []].flat() : [];
  const times = [
    answers.first('answers', id, at),
    ...(typeof messageId === 'string' ? [answers.first('message', messageId, at)] : []),
    ...(caseId === undefined ? [] : [answers.first('case', caseId, at)]),
    ...people.map((ref) =>
      typeof ref === 'string' ? answers.first('contacts', idOfRef(ref) ?? ref, at) : undefined,
    ),
  ].filter((time) => time !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
}
