import { quantile } from '../reports/quantile.js';
import type { CaseFile } from './case-file.js';
import type { Clock } from './clocks.js';
import { historyOf } from './history-of.js';
import type { ClockName, Process } from './process.js';
import { stretchesOf } from './stretches.js';

/** What a service level can be told apart by. */
export const levelKeys = ['office', 'channel', 'type', 'month', 'owner', 'priority'] as const;

export type LevelKey = (typeof levelKeys)[number];

/** How well one kind of deadline was met in one group of cases. */
export interface ServiceLevel {
  /** The keys of the group, such as `{office: "service", month: "2026-11"}`; null where a case says nothing. */
  group: Partial<Record<LevelKey, string | null>>;
  clock: ClockName;
  met: number;
  breached: number;
  /** Still running, in time. */
  due: number;
  /** met / (met + breached), from 0 to 1; null where none is decided. */
  share_met: number | null;
  /** Of those that ended, in minutes of the deadline's calendar. */
  median_minutes: number | null;
  p90_minutes: number | null;
  /** Of the resolution: why its clock rested, and how often. */
  paused: Record<string, number>;
}

/** A case with its clocks, as a service level sees it. */
export interface Measured {
  file: CaseFile;
  process: Process | undefined;
  clocks: readonly Clock[];
}

interface Tally {
  level: ServiceLevel;
  minutes: number[];
}

/**
 * Service levels of cases by group and deadline.
 * @param keys what the groups are told apart by; none for one group of all
 * @param monthOf the month (`2026-11`) of a moment in epoch milliseconds; that of a clock is the one it began in
 */
export function serviceLevels(
  cases: Iterable<Measured>,
  keys: readonly LevelKey[],
  monthOf: (at: number) => string,
): ServiceLevel[] {
  const tallies = new Map<string, Tally>();
  for (const { file, process, clocks } of cases) {
    for (const clock of clocks) {
      const tally = tallyOf(tallies, groupOf(file, clock, keys, monthOf), clock.clock);
      tally.level[clock.state]++;
      if (clock.ended !== null) tally.minutes.push(clock.minutes);
      if (clock.clock === 'resolution') countPauses(tally.level.paused, file, process);
    }
  }
  return [...tallies.values()].map(({ level, minutes }) => {
    const decided = level.met + level.breached;
    return {
      ...level,
      share_met: decided === 0 ? null : level.met / decided,
      median_minutes: rounded(quantile(minutes, 0.5)),
      p90_minutes: rounded(quantile(minutes, 0.9)),
    };
  });
}

function tallyOf(tallies: Map<string, Tally>, group: ServiceLevel['group'], clock: ClockName): Tally {
  const key = `${Object.values(group).join('\0')}\0${clock}`;
  let tally = tallies.get(key);
  if (!tally) {
    const counts = { met: 0, breached: 0, due: 0, share_met: null, median_minutes: null, p90_minutes: null };
    tally = { level: { group, clock, ...counts, paused: {} }, minutes: [] };
    tallies.set(key, tally);
  }
  return tally;
}

function groupOf(
  { data }: CaseFile,
  clock: Clock,
  keys: readonly LevelKey[],
  monthOf: (at: number) => string,
): ServiceLevel['group'] {
  const group: ServiceLevel['group'] = {};
  for (const key of keys)
    group[key] = key === 'month' ? monthOf(clock.started) : (data[key] ?? absent[key] ?? null);
  return group;
}

/** What a case that says nothing counts as. */
const absent: Partial<Record<LevelKey, string>> = { priority: 'normal' };

function countPauses(paused: Record<string, number>, file: CaseFile, process: Process | undefined): void {
  // Most cases never rested, and that shows without taking them apart.
  if (!historyOf(file.data).some(({ to }) => to?.startsWith('waiting'))) return;
  for (const { category, state, why } of stretchesOf(file, process)) {
    if (category !== 'paused') continue;
    const reason = why ?? state.replace('_', ' ');
    paused[reason] = (Object.hasOwn(paused, reason) ? (paused[reason] as number) : 0) + 1;
  }
}

function rounded(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes);
}
