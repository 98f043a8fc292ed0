import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyOf, sumMoney } from '../money/sum.js';
import { type PipelineDeal, tallyFlow, tallyGroups, tallyLost, tallyOpen } from './tally-pipeline.js';
import { tallyStages } from './tally-stages.js';

const stages = ['lead', 'proposal', 'negotiation'];
const always = { since: null, until: null };

const dealThat = (stage: string, more: Partial<PipelineDeal> = {}): PipelineDeal => ({
  stage,
  group: null,
  value: undefined,
  probability: undefined,
  days: null,
  overdue: false,
  moves: [],
  lostReason: null,
  ...more,
});
const way = (...to: string[]) => to.map((stage, at) => ({ at, to: stage }));
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('the pipeline', () => {
  it('sums what is under way by currency, and weighs it', () => {
    const deals = [
      dealThat('lead', { value: eur('0.10'), probability: 0.1, days: 2 }),
      dealThat('proposal', { value: eur('0.20'), probability: 0.5, days: 4, overdue: true }),
      dealThat('proposal', { value: { amount: '3', currency: 'CHF' }, days: 9 }),
      dealThat('negotiation', { value: 'about ten' }),
      dealThat('won', { value: eur('1000') }),
    ];
    expect(tallyOpen(deals)).toEqual({
      deals: 4,
      value: { CHF: '3', EUR: '0.30' },
      weighted: { EUR: '0.11' },
      unvalued: 1,
      unweighted: 1,
      median_days: 4,
      oldest_days: 9,
      overdue: 1,
    });
  });

  it('tells of those that came to a stage how many went on', () => {
    const deals = [
      dealThat('won', { moves: way('lead', 'proposal', 'won') }),
      dealThat('lost', { moves: way('lead', 'proposal', 'lost') }),
      dealThat('lead', { moves: way('lead', 'proposal', 'lead') }),
      dealThat('negotiation', { moves: way('lead', 'negotiation') }),
      dealThat('drawer', { moves: way('drawer') }),
    ];
    const rows = tallyStages(deals, stages, always).map(({ group, entered, advanced, lost, staying }) => [
      group,
      entered,
      advanced,
      lost,
      staying,
    ]);
    expect(rows).toEqual([
      ['lead', 4, 4, 0, 0],
      ['proposal', 3, 1, 1, 1],
      ['negotiation', 1, 0, 0, 1],
      ['drawer', 1, 0, 0, 1],
    ]);
  });

  it('counts in a period by the last end, and groups reasons by what stands before the colon', () => {
    const deals = [
      dealThat('lost', { lostReason: 'Price: 12 % above', moves: way('lead', 'lost'), value: eur('5') }),
      dealThat('lost', { lostReason: 'price', moves: way('lead', 'lost', 'lead', 'lost'), value: eur('7') }),
      dealThat('lost', { moves: way('lead', 'lost') }),
    ];
    expect(tallyFlow(deals, { since: 2, until: null })).toMatchObject({ opened: 0, lost: 1, win_rate: 0 });
    expect(tallyLost(deals, always)).toEqual([
      { reason: 'Price', deals: 2, share: 0.667, value: { EUR: '12' } },
      { reason: null, deals: 1, share: 0.333, value: {} },
    ]);
  });
});

const someDeal = fc
  .record({
    way: fc.array(fc.constantFrom(...stages, 'won', 'lost', 'drawer'), { minLength: 1, maxLength: 6 }),
    group: fc.option(fc.constantFrom('anna', 'luca')),
    cents: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
    currency: fc.constantFrom('EUR', 'CHF'),
    probability: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    lostReason: fc.option(fc.constantFrom('price', 'Price: too high', 'time', ':')),
  })
  .map(({ way: to, group, cents, currency, probability, lostReason }) =>
    dealThat(to.at(-1) as string, {
      group,
      value: cents === null ? undefined : { amount: (cents / 100).toFixed(2), currency },
      probability: probability === undefined ? undefined : probability / 100,
      moves: way(...to),
      lostReason,
    }),
  );
const period = fc
  .tuple(fc.option(fc.nat(3)), fc.option(fc.integer({ min: 4, max: 6 })))
  .map(([since, until]) => ({ since, until }));

describe('whatever the deals, the counts of the pipeline add up', () => {
  it('over groups, stages and reasons', () => {
    fc.assert(
      fc.property(fc.array(someDeal), period, (deals, within) => {
        const total = { ...tallyOpen(deals), ...tallyFlow(deals, within) };
        const byStage = tallyStages(deals, stages, within);
        const byGroup = tallyGroups(deals, within);
        for (const rows of [byStage, byGroup]) {
          expect(rows.reduce((sum, row) => sum + row.deals, 0)).toBe(total.deals);
          expect(sumOf(rows.map(({ value }) => value))).toEqual(numbers(total.value));
          expect(sumOf(rows.map(({ weighted }) => weighted))).toEqual(numbers(total.weighted));
        }
        for (const key of ['opened', 'won', 'lost'] as const)
          expect(byGroup.reduce((sum, row) => sum + row[key], 0)).toBe(total[key]);
        for (const { entered, advanced, lost, staying } of byStage)
          expect(advanced + lost + staying).toBe(entered);
        expect(tallyLost(deals, within).reduce((sum, row) => sum + row.deals, 0)).toBe(total.lost);
        const { won, lost } = tallyFlow(deals, always);
        expect(total.deals + won + lost).toBe(deals.length);
      }),
    );
  });
});

function sumOf(sums: Record<string, string>[]): Record<string, number> {
  const amounts = sums.flatMap((one) =>
    Object.entries(one).map(([currency, amount]) => ({ amount: moneyOf(amount)?.amount ?? '', currency })),
  );
  return numbers(sumMoney(amounts));
}

function numbers(sums: Record<string, string>): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([currency, amount]) => [currency, Number(amount)]));
}
