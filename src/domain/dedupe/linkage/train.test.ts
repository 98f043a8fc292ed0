import { describe, expect, it } from 'vitest';
import { pairsWithin, qualityOf, togetherInBoth } from './evaluate.js';
import { planFields } from './fields.js';
import { levelRules } from './levels.js';
import { linkRecords } from './linkage.js';
import { Model, type Trained } from './model.js';
import { modelText } from './model-file.js';
import { type Table, TableBuilder } from './table.js';
import { trainByExpectation, trainByTruth } from './train.js';

const header = ['first_name', 'last_name', 'email', 'city', 'date_of_birth', 'company'];

/** The same numbers on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** People of whom every other one comes again once or twice, with other dates and addresses than the shipped shares expect. */
function list(people: number, seed = 11): { table: Table; truth: Int32Array } {
  const random = generator(seed);
  const syllables = 'ba co di fe gu la mi no ra su te vo pi lu za ren mar tol'.split(' ');
  const word = (count: number) =>
    Array.from({ length: count }, () => syllables[random(syllables.length)]).join('');
  const rows: string[][] = [];
  const truth: number[] = [];
  const date = () =>
    `${1930 + random(70)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
  const spoil = (text: string) => {
    const at = 1 + random(Math.max(1, text.length - 2));
    return text.slice(0, at) + text.slice(at + 1);
  };
  const givens = Array.from({ length: 60 }, () => word(2));
  for (let who = 0; who < people; who++) {
    const [given, family] = [givens[random(60)]!, word(3)];
    const one = [given, family, `${word(3)}@${word(2)}.it`, `Borgo ${word(2)}`, date(), word(4)];
    for (let copies = who % 2 === 0 ? 1 + random(3) : 1; copies > 0; copies--) {
      const row = [...one];
      if (random(10) < 6) row[4] = date();
      if (random(10) < 4) row[2] = `${word(3)}@${word(2)}.it`;
      if (random(10) < 3) row[1] = spoil(family);
      if (random(10) < 3) row[3] = '';
      if (random(10) < 5) row[5] = '';
      rows.push(row);
      truth.push(who);
    }
  }
  const builder = new TableBuilder(planFields(header, rows), 'IT');
  for (const row of rows) builder.add(row);
  const first = new Map<number, number>();
  for (const [row, who] of truth.entries()) if (!first.has(who)) first.set(who, row);
  return { table: builder.build(), truth: Int32Array.from(truth, (who) => first.get(who)!) };
}

function f1(table: Table, truth: Int32Array, trained?: Trained): number {
  const { clusters } = linkRecords(table, { trained });
  const both = pairsWithin(togetherInBoth(clusters, truth));
  return qualityOf(pairsWithin(clusters), both, pairsWithin(truth)).f1;
}

describe('training', () => {
  const { table, truth } = list(900);
  const learnt = trainByExpectation(table);

  it('learns without a truth what finds at least as many doubles', () => {
    const shipped = f1(table, truth);
    expect(f1(table, truth, learnt.trained)).toBeGreaterThanOrEqual(shipped);
    expect(learnt.iterations).toBeLessThan(25);
  });

  it('learns shares near those that are counted', () => {
    const counted = trainByTruth(table, truth);
    expect(counted.matches).toBe(pairsWithin(truth));
    expect(learnt.trained.expectedMatches).toBeCloseTo(counted.trained.expectedMatches, 1);
    const off = (learnt.trained.m.date?.[0] ?? 0) - (counted.trained.m.date?.[0] ?? 0);
    expect(Math.abs(off)).toBeLessThan(0.1);
    expect(counted.trained.m.date![0]).toBeLessThan(levelRules.date!.levels[0]!.m / 2);
  });

  it.each([
    ['learnt', learnt],
    ['counted', trainByTruth(table, truth)],
  ])('gives shares that add up to 1 and of which none is 0: %s', (_, { trained }) => {
    expect(Object.keys(trained.m).sort()).toEqual(['date', 'email', 'family_name', 'given_name', 'locality']);
    for (const shares of Object.values(trained.m)) {
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      expect(Math.min(...shares)).toBeGreaterThan(0);
    }
  });

  it('gives the same bytes for the same list', () => {
    expect(modelText(trainByExpectation(list(900).table).trained)).toBe(modelText(learnt.trained));
  });

  it('refuses a list with too few matches', () => {
    const small = list(20);
    expect(() => trainByExpectation(small.table)).toThrow(/too little to learn from/);
    expect(() =>
      trainByTruth(
        small.table,
        Int32Array.from(small.truth, (_, row) => row),
      ),
    ).toThrow(/of 0 pairs about 0 are matches, and 20 are needed/);
  });

  it('changes the weights of the levels, and the prior, and nothing else', () => {
    const shipped = new Model(table);
    const same = new Model(table, { m: { date: levelRules.date!.levels.map(({ m }) => m) } });
    expect(same.levelsOf(0)).toEqual(shipped.levelsOf(0));
    expect(same.weigh(0, 1)).toBe(shipped.weigh(0, 1));
    const more = new Model(table, { expectedMatches: 1 });
    expect(more.prior).toBeCloseTo(shipped.prior + 1, 10);
    expect(more.weigh(0, 1)).toBe(shipped.weigh(0, 1));
  });
});
