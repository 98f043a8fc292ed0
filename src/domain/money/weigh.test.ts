import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyOf, sumMoney } from './sum.js';
import { weighMoney } from './weigh.js';

const part = (amount: string, share: number) => weighMoney({ amount, currency: 'EUR' }, share).amount;

describe('a part of an amount', () => {
  it.each([
    ['18400.00', 0.75, '13800.00'],
    ['18400', 0.1, '1840'],
    ['0.05', 0.5, '0.025'],
    ['-12.50', 0.25, '-3.125'],
    ['12.50', 0, '0.00'],
    ['7', 1, '7'],
    ['99999999999999999999.99', 0.5, '49999999999999999999.995'],
  ])('%s by %d is %s', (amount, share, expected) => {
    expect(part(amount, share)).toBe(expected);
  });

  it('and the part that is left make the whole', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const share = fc.integer({ min: 0, max: 1000 }).map((mille) => mille / 1000);
    fc.assert(
      fc.property(cents, share, (cent, some) => {
        const amount = (cent / 100).toFixed(2);
        const both = [some, Math.round((1 - some) * 1000) / 1000].map((one) => part(amount, one));
        for (const one of both) expect(moneyOf(one)).toBeDefined();
        const { EUR } = sumMoney(both.map((one) => ({ amount: one, currency: 'EUR' })));
        expect(Number(EUR)).toBe(Number(amount) + 0);
      }),
    );
  });
});
