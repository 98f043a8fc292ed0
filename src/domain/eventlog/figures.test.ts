import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures.js';
import { Variants } from './variants.js';

/** Cases by the letters of their events, one event a day. */
function variantsOf(...cases: string[]): Variants {
  const variants = new Variants();
  for (const letters of cases) variants.add([...letters].map((name, i) => ({ name, ms: i * 86_400_000 })));
  return variants;
}

const pair = (rows: { before: string; after: string }[], before: string, after: string) =>
  rows.find((row) => row.before === before && row.after === after);

describe('the figures of a log', () => {
  const figures = figuresOf(variantsOf('ABC', 'ABC', 'BAC', 'ABBC', 'C'), [['C', 'X']]);

  it('count cases, events, variants and days', () => {
    expect(figures).toMatchObject({ cases: 5, events: 14, variants: 4, mean_days: 1.8, median_days: 2 });
    expect(figures.start).toEqual([
      { activity: 'A', cases: 3 },
      { activity: 'B', cases: 1 },
      { activity: 'C', cases: 1 },
    ]);
    expect(figures.end).toEqual([{ activity: 'C', cases: 5 }]);
    expect(figures.rework).toEqual([{ activity: 'B', cases: 1 }]);
    expect(figures.directly_follows).toContainEqual({ from: 'B', to: 'B', n: 1 });
    expect(figures.directly_follows).toContainEqual({ from: 'A', to: 'B', n: 3 });
    expect(figures.top_variants[0]).toEqual({ activities: ['A', 'B', 'C'], cases: 2, share: 0.4 });
  });

  it('take of two cases in the middle the longer one', () => {
    expect(figuresOf(variantsOf('AB', 'ABCD'), []).median_days).toBe(3);
  });

  it('know which activity comes before which', () => {
    // BAC has B before A; C has no B at all.
    expect(pair(figures.precedence, 'A', 'B')).toMatchObject({ cases: 5, satisfied: 4, activated: 4 });
    // In BAC no B follows A.
    expect(pair(figures.response, 'A', 'B')).toMatchObject({ cases: 5, satisfied: 4, activated: 4 });
    expect(pair(figures.response, 'A', 'C')).toMatchObject({ satisfied: 5, activated: 4 });
    // Never seen in this order, and not asked for.
    expect(pair(figures.response, 'C', 'A')).toBeUndefined();
    // Asked for, although the log has no X.
    expect(pair(figures.precedence, 'C', 'X')).toMatchObject({ satisfied: 5, activated: 0 });
    expect(pair(figures.response, 'C', 'X')).toMatchObject({ satisfied: 0, activated: 5 });
  });

  it('of no case at all are none', () => {
    expect(figuresOf(new Variants(), [['A', 'B']])).toMatchObject({
      cases: 0,
      variants: 0,
      mean_days: null,
      median_days: null,
      top_variants: [],
    });
  });

  it('add up, and say of pairs what a look at each case says', () => {
    const letters = fc.string({ unit: fc.constantFrom('A', 'B', 'C'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 20 }), (cases) => {
        const { activities, start, end, directly_follows, precedence, response, ...all } = figuresOf(
          variantsOf(...cases),
          [],
        );
        const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
        expect(all.variants).toBe(new Set(cases).size);
        expect(sum(activities.map(({ events }) => events))).toBe(all.events);
        expect(sum(start.map((row) => row.cases))).toBe(cases.length);
        expect(sum(end.map((row) => row.cases))).toBe(cases.length);
        expect(sum(directly_follows.map(({ n }) => n))).toBe(all.events - cases.length);
        for (const { before, after, satisfied } of precedence)
          expect(satisfied).toBe(
            cases.filter((one) => !one.includes(after) || one.split(after)[0]?.includes(before)).length,
          );
        for (const { before, after, satisfied } of response)
          expect(satisfied).toBe(
            cases.filter((one) =>
              [...one].every((name, i) => name !== before || one.slice(i).includes(after)),
            ).length,
          );
      }),
    );
  });
});
