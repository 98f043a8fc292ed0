import { moneyOf, sumMoney } from '../money/sum.js';
import { type Grouped, groupsOf } from './group.js';
import { share } from './share.js';

/** A case that ended, as far as the report of causes looks at it. */
export interface EndedCase {
  ref: string;
  /** What it is grouped by; null where that is not on file. */
  group: string | null;
  /** The month in which it ended, `2026-11`. */
  month: string;
  /** What the remedy cost, as the record says it. */
  cost: unknown;
  /** Whether the customer's own word that it is solved is on file. */
  confirmed: boolean;
  /** Whether it was held for solved before and was not. */
  reopened: boolean;
}

export interface CauseTally {
  cases: number;
  /** Of all cases of the report, 0 to 1. */
  share: number | null;
  /** Costs of the remedies by ISO 4217 currency; an amount without one stands under an empty name. */
  costs: Record<string, string>;
  /** Remedies whose cost is no amount, and so is in no sum. */
  costs_unread: number;
  /** Those that the customer himself said to be solved; the others only the firm. */
  confirmed: number;
  /** Those that had been held for solved before. */
  reopened: number;
  /** How many of them ended in each of the months of the report. */
  trend: number[];
  refs: string[];
}

/**
 * Counts cases by what they came from, the most frequent first.
 * @param months of the report, in order
 */
export function tallyCauses(
  cases: readonly EndedCase[],
  months: readonly string[],
): { groups: Grouped<CauseTally>[]; total: CauseTally } {
  const tally = (some: readonly EndedCase[]): CauseTally => {
    const stated = some.filter(({ cost }) => cost !== undefined && cost !== null);
    const amounts = stated.flatMap(({ cost }) => moneyOf(cost) ?? []);
    const inMonth = new Map<string, number>();
    for (const { month } of some) inMonth.set(month, (inMonth.get(month) ?? 0) + 1);
    return {
      cases: some.length,
      share: share(some.length, cases.length),
      costs: sumMoney(amounts),
      costs_unread: stated.length - amounts.length,
      confirmed: some.filter(({ confirmed }) => confirmed).length,
      reopened: some.filter(({ reopened }) => reopened).length,
      trend: months.map((month) => inMonth.get(month) ?? 0),
      refs: some.map(({ ref }) => ref),
    };
  };
  const groups = groupsOf(cases, ({ group }) => group)
    .map(({ group, items }) => ({ group, ...tally(items) }))
    .sort((a, b) => b.cases - a.cases);
  return { groups, total: tally(cases) };
}
