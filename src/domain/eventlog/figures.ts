import { type PairFigure, pairsOf, precedence, response } from './pairs.js';
import type { Variants } from './variants.js';

/** What an event log comes to. Keys are those of `--json`. */
export interface Figures {
  /** Cases with at least one event. */
  cases: number;
  events: number;
  /** Different sequences of events. */
  variants: number;
  /** From a case's first event to its last, in days of 24 hours; null without cases. */
  mean_days: number | null;
  /** Of the case in the middle, the longer one where two are: a duration that a case had. Null without cases. */
  median_days: number | null;
  activities: { activity: string; events: number; cases: number }[];
  start: { activity: string; cases: number }[];
  end: { activity: string; cases: number }[];
  /** How often an event came right after another in the same case. */
  directly_follows: { from: string; to: string; n: number }[];
  precedence: PairFigure[];
  response: PairFigure[];
  /** Cases in which an activity happened more than once. */
  rework: { activity: string; cases: number }[];
  top_variants: { activities: string[]; cases: number; share: number }[];
}

const dayMs = 86_400_000;
const topVariants = 10;

/**
 * The figures of a log. Lists come with the largest number first.
 * @param named pairs of activities to look at besides those that the log itself suggests
 */
export function figuresOf(variants: Variants, named: readonly (readonly [string, string])[]): Figures {
  const { activities, cases, events } = variants;
  const list = variants.list();
  const count = () => new Float64Array(activities.length);
  const [occurrences, occurring, first, last, repeated] = [count(), count(), count(), count(), count()];
  const follows = new Map<string, { from: string; to: string; n: number }>();
  for (const { path, cases: n } of list) {
    const times = new Map<number, number>();
    for (const [i, activity] of path.entries()) {
      times.set(activity, (times.get(activity) ?? 0) + 1);
      const next = path[i + 1];
      if (next === undefined) continue;
      const pair = follows.get(`${activity} ${next}`);
      if (pair) pair.n += n;
      else
        follows.set(`${activity} ${next}`, {
          from: activities[activity] as string,
          to: activities[next] as string,
          n,
        });
    }
    for (const [activity, often] of times) {
      occurrences[activity]! += often * n;
      occurring[activity]! += n;
      if (often > 1) repeated[activity]! += n;
    }
    first[path[0]!]! += n;
    last[path.at(-1)!]! += n;
  }
  const counted = (numbers: Float64Array) =>
    activities
      .map((activity, i) => ({ activity, cases: numbers[i] as number }))
      .filter((row) => row.cases > 0)
      .sort((a, b) => b.cases - a.cases);
  const pairs = pairsOf(list, activities, occurring, named);
  return {
    cases,
    events,
    variants: list.length,
    ...daysOf(variants.durations()),
    activities: activities
      .map((activity, i) => ({
        activity,
        events: occurrences[i] as number,
        cases: occurring[i] as number,
      }))
      .sort((a, b) => b.events - a.events),
    start: counted(first),
    end: counted(last),
    directly_follows: [...follows.values()].sort((a, b) => b.n - a.n),
    precedence: pairs.map((pair) => precedence(pair, list)),
    response: pairs.map((pair) => response(pair, list)),
    rework: counted(repeated),
    top_variants: list.slice(0, topVariants).map(({ path, cases: n }) => ({
      activities: path.map((place) => activities[place] as string),
      cases: n,
      share: rounded(n / cases),
    })),
  };
}

function daysOf(durations: Float64Array): Pick<Figures, 'mean_days' | 'median_days'> {
  if (durations.length === 0) return { mean_days: null, median_days: null };
  const mean = durations.reduce((sum, one) => sum + one, 0) / durations.length;
  const middle = durations[Math.floor(durations.length / 2)] as number;
  return { mean_days: rounded(mean / dayMs), median_days: rounded(middle / dayMs) };
}

/** To three digits after the point. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
