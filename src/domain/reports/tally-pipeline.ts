import { isEnded } from '../deals/stages.js';
import { moneyOf, sumMoney } from '../money/sum.js';
import { weighMoney } from '../money/weigh.js';
import { isWithin, type Period } from '../time/period.js';
import { type Grouped, groupsOf } from './group.js';
import { quantile } from './quantile.js';
import { share } from './share.js';

/** A deal, as far as the report of the pipeline looks at it. */
export interface PipelineDeal {
  stage: string;
  /** What it is grouped by; null where that is not on file. */
  group: string | null;
  /** What it is worth, as the record says it. */
  value: unknown;
  /** How likely it is won from its stage, 0 to 1; undefined where nobody said. */
  probability: number | undefined;
  /** How long it has stood in its stage, in days; null where no history says. */
  days: number | null;
  overdue: boolean;
  /** Its way, in the order of time; `at` in epoch milliseconds. */
  moves: readonly { at: number; to: string }[];
  lostReason: string | null;
}

/** Deals under way. */
export interface OpenTally {
  deals: number;
  /** By ISO 4217 currency; an amount without one stands under an empty name. */
  value: Record<string, string>;
  /** Each value times the probability of its stage. */
  weighted: Record<string, string>;
  /** Deals in no sum, because no amount is on file. */
  unvalued: number;
  /** Deals with a value that is not in `weighted`, because their stage has no probability. */
  unweighted: number;
  median_days: number | null;
  oldest_days: number | null;
  /** Those that should have closed. */
  overdue: number;
}

/** What came and ended in a period. */
export interface FlowTally {
  opened: number;
  won: number;
  lost: number;
  /** Of those that ended, 0 to 1. */
  win_rate: number | null;
  won_value: Record<string, string>;
  lost_value: Record<string, string>;
}

export interface LostTally {
  /** What stands before the colon; null where no reason is on file. */
  reason: string | null;
  deals: number;
  /** Of those that were lost, 0 to 1. */
  share: number | null;
  value: Record<string, string>;
}

/** Counts what is under way among deals. */
export function tallyOpen(deals: readonly PipelineDeal[]): OpenTally {
  const open = deals.filter(({ stage }) => !isEnded(stage));
  const valued = open.flatMap(({ value, probability }) => {
    const money = moneyOf(value);
    return money ? [{ money, probability }] : [];
  });
  const days = open.flatMap(({ days }) => days ?? []);
  return {
    deals: open.length,
    value: sumMoney(valued.map(({ money }) => money)),
    weighted: sumMoney(
      valued.flatMap(({ money, probability }) =>
        probability === undefined ? [] : [weighMoney(money, probability)],
      ),
    ),
    unvalued: open.length - valued.length,
    unweighted: valued.filter(({ probability }) => probability === undefined).length,
    median_days: quantile(days, 0.5),
    oldest_days: quantile(days, 1),
    overdue: open.filter(({ overdue }) => overdue).length,
  };
}

/** Counts what was opened, won and lost in a period; a deal counts for how it ended last. */
export function tallyFlow(deals: readonly PipelineDeal[], period: Period): FlowTally {
  const [won, lost] = [endedAs('won', deals, period), endedAs('lost', deals, period)];
  return {
    opened: deals.filter(({ moves }) => isWithin(period, moves[0]?.at)).length,
    won: won.length,
    lost: lost.length,
    win_rate: share(won.length, won.length + lost.length),
    won_value: worth(won),
    lost_value: worth(lost),
  };
}

/** Why deals were lost in a period, the most frequent reason first. */
export function tallyLost(deals: readonly PipelineDeal[], period: Period): LostTally[] {
  const lost = endedAs('lost', deals, period);
  const spelt = new Map<string, string>();
  const folded = ({ lostReason }: PipelineDeal) => {
    const reason = lostReason?.split(':')[0]?.trim() || null;
    const key = reason?.toLowerCase() ?? null;
    if (reason !== null && key !== null && !spelt.has(key)) spelt.set(key, reason);
    return key;
  };
  return groupsOf(lost, folded)
    .map(({ group, items }) => ({
      reason: group === null ? null : (spelt.get(group) ?? group),
      deals: items.length,
      share: share(items.length, lost.length),
      value: worth(items),
    }))
    .sort((a, b) => b.deals - a.deals);
}

/** Counts by what deals are grouped by, in the order of names. */
export function tallyGroups(
  deals: readonly PipelineDeal[],
  period: Period,
): Grouped<OpenTally & FlowTally>[] {
  return groupsOf(deals, ({ group }) => group).map(({ group, items }) => ({
    group,
    ...tallyOpen(items),
    ...tallyFlow(items, period),
  }));
}

function endedAs(end: 'won' | 'lost', deals: readonly PipelineDeal[], period: Period): PipelineDeal[] {
  return deals.filter(
    ({ stage, moves }) => stage === end && isWithin(period, moves.findLast(({ to }) => to === end)?.at),
  );
}

function worth(deals: readonly PipelineDeal[]): Record<string, string> {
  return sumMoney(deals.flatMap(({ value }) => moneyOf(value) ?? []));
}
