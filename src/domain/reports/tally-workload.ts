import type { CaseEvent } from '../cases/events.js';
import { type BoundedPeriod, isWithin } from '../time/period.js';
import { byGroup, type Grouped } from './group.js';

const weekMs = 7 * 24 * 3_600_000;

/** What somebody, or an office, has to do, and what came and went in a period. */
export interface Workload {
  /** Cases that ask for work, now. */
  open_cases: number;
  /** Those of them with a deadline missed. */
  overdue_cases: number;
  /** Promises that are neither kept nor cancelled, now; the broken ones too. */
  open_promises: number;
  /** Those of them that are past due. */
  overdue_promises: number;
  /** How long the open promises will take, as far as they say so. */
  promised_minutes: number;
  /** Promises and deadlines of cases that fall due in the next seven days. */
  due_soon: number;
  /** Minutes of the interactions of the period that say how long they took. */
  minutes: number;
  /** Interactions of the period in which a customer came to them. */
  inbound: number;
  /** Cases of the period that were opened, or opened again. */
  arrivals: number;
  /** Cases of the period that ended: resolved, closed, rejected or merged into another. */
  completions: number;
  arrivals_per_week: number;
  completions_per_week: number;
  inbound_per_week: number;
  /** Arrivals in each week of the period, from its beginning. */
  trend: number[];
}

export interface WorkloadFacts {
  cases: Iterable<{ group: string | null; open: boolean; overdue: boolean; events: readonly CaseEvent[] }>;
  promises: Iterable<{ group: string | null; overdue: boolean; minutes: number }>;
  /** Deadlines not yet missed, epoch milliseconds. */
  deadlines: Iterable<{ group: string | null; at: number }>;
  /** Interactions of the period, summed up. */
  contacts: Iterable<{ group: string | null; inbound: number; minutes: number }>;
  /** Those who have a row whatever they have to do. */
  names: Iterable<string>;
}

/** @param now epoch milliseconds */
export function tallyWorkload(facts: WorkloadFacts, period: BoundedPeriod, now: number): Grouped<Workload>[] {
  const weeks = (period.until - period.since) / weekMs;
  const groups = new Map<string | null, Grouped<Workload>>();
  const of = (group: string | null) => {
    const known = groups.get(group) ?? { group, ...nothing(Math.ceil(weeks)) };
    groups.set(group, known);
    return known;
  };
  for (const name of facts.names) of(name);
  for (const { group, open, overdue, events } of facts.cases) {
    if (open) of(group).open_cases++;
    if (overdue) of(group).overdue_cases++;
    for (const { kind, at } of events) {
      if (!isWithin(period, at)) continue;
      if (kind === 'ended') of(group).completions++;
      if (kind !== 'opened' && kind !== 'reopened') continue;
      const load = of(group);
      const week = Math.floor((at - period.since) / weekMs);
      load.arrivals++;
      load.trend[week] = (load.trend[week] ?? 0) + 1;
    }
  }
  for (const { group, overdue, minutes } of facts.promises) {
    of(group).open_promises++;
    of(group).promised_minutes += minutes;
    if (overdue) of(group).overdue_promises++;
  }
  for (const { group, at } of facts.deadlines) if (at > now && at <= now + weekMs) of(group).due_soon++;
  for (const { group, inbound, minutes } of facts.contacts) {
    const load = of(group);
    load.inbound += inbound;
    load.minutes += minutes;
  }
  const perWeek = (count: number) => Math.round((count / weeks) * 10) / 10;
  return [...groups.values()].sort(byGroup).map((load) => ({
    ...load,
    arrivals_per_week: perWeek(load.arrivals),
    completions_per_week: perWeek(load.completions),
    inbound_per_week: perWeek(load.inbound),
  }));
}

function nothing(weeks: number): Workload {
  return {
    open_cases: 0,
    overdue_cases: 0,
    open_promises: 0,
    overdue_promises: 0,
    promised_minutes: 0,
    due_soon: 0,
    minutes: 0,
    inbound: 0,
    arrivals: 0,
    completions: 0,
    arrivals_per_week: 0,
    completions_per_week: 0,
    inbound_per_week: 0,
    trend: Array.from({ length: weeks }, () => 0),
  };
}
