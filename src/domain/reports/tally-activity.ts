import type { CaseEvent } from '../cases/events.js';
import { isWithin, type Period } from '../time/period.js';
import { byGroup, type Grouped } from './group.js';

/** A case that something happened to. */
export interface TouchedCase {
  ref: string;
  title: string;
  /** The state it went to. */
  to: string;
}

/** What a member or an office did in a period. */
export interface Activity {
  /** Interactions by channel, and in each by direction; `unknown` where none is on file. */
  channels: Record<string, Record<string, number>>;
  inbound: number;
  outbound: number;
  internal: number;
  minutes: number;
  cases_opened: number;
  /** Moves from state to state that neither opened nor ended the case. */
  cases_moved: number;
  /** Resolved, closed, rejected or merged. */
  cases_ended: number;
  promises_made: number;
  promises_kept: number;
  messages_sent: number;
  opened: TouchedCase[];
  ended: TouchedCase[];
  sent: { ref: string; title: string; messages: number }[];
}

export interface ActivityFacts {
  contacts: Iterable<{
    group: string | null;
    channel: string;
    direction: string | null;
    count: number;
    minutes: number;
  }>;
  cases: Iterable<{ ref: string; title: string; events: readonly CaseEvent[] }>;
  /** Whose an event of a case is. */
  groupOf: (by: string | null) => string | null;
  /** Of the period: made and kept. */
  promises: Iterable<{ group: string | null; what: 'made' | 'kept' }>;
  sends: Iterable<{ group: string | null; ref: string; title: string; messages: number }>;
}

/** What was done in a period; who did nothing has no row. */
export function tallyActivity(facts: ActivityFacts, period: Period): Grouped<Activity>[] {
  const groups = new Map<string | null, Grouped<Activity>>();
  const of = (group: string | null) => {
    const known = groups.get(group) ?? { group, ...nothing() };
    groups.set(group, known);
    return known;
  };
  for (const { group, channel, direction, count, minutes } of facts.contacts) {
    const row = of(group);
    const ways = row.channels[channel] ?? {};
    row.channels[channel] = ways;
    ways[direction ?? 'unknown'] = (ways[direction ?? 'unknown'] ?? 0) + count;
    if (direction === 'inbound' || direction === 'outbound' || direction === 'internal')
      row[direction] += count;
    row.minutes += minutes;
  }
  for (const { ref, title, events } of facts.cases) {
    for (const { kind, at, by, to } of events) {
      if (!isWithin(period, at)) continue;
      const row = of(facts.groupOf(by));
      if (kind === 'opened') {
        row.cases_opened++;
        row.opened.push({ ref, title, to });
      } else if (kind === 'ended') {
        row.cases_ended++;
        row.ended.push({ ref, title, to });
      } else if (kind === 'moved' || kind === 'reopened') row.cases_moved++;
    }
  }
  for (const { group, what } of facts.promises)
    of(group)[what === 'made' ? 'promises_made' : 'promises_kept']++;
  for (const { group, ...campaign } of facts.sends) {
    const row = of(group);
    row.messages_sent += campaign.messages;
    row.sent.push(campaign);
  }
  return [...groups.values()].sort(byGroup);
}

function nothing(): Activity {
  return {
    channels: {},
    inbound: 0,
    outbound: 0,
    internal: 0,
    minutes: 0,
    cases_opened: 0,
    cases_moved: 0,
    cases_ended: 0,
    promises_made: 0,
    promises_kept: 0,
    messages_sent: 0,
    opened: [],
    ended: [],
    sent: [],
  };
}
