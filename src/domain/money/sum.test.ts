import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyOf, sumMoney } from './sum.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('a sum of money', () => {
  it('is exact, each currency by itself', () => {
    expect(
      sumMoney([eur('0.1'), eur('0.2'), eur('12.50'), { amount: '3', currency: 'CHF' }, eur('-12.505')]),
    ).toEqual({ CHF: '3', EUR: '0.295' });
  });

  it('is that of cents, whatever the order', () => {
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(cents, (all) => {
        const written = all.map((cent) =>
          eur(
            `${cent < 0 ? '-' : ''}${Math.floor(Math.abs(cent) / 100)}.${String(Math.abs(cent) % 100).padStart(2, '0')}`,
          ),
        );
        const { EUR } = sumMoney(written);
        expect(Math.round(Number(EUR) * 100)).toBe(all.reduce((sum, cent) => sum + cent, 0) + 0);
        expect(sumMoney(written.reverse())).toEqual({ EUR });
      }),
    );
  });

  it('takes money, and a number whose currency nobody wrote', () => {
    expect(moneyOf(eur('1.50'))).toEqual(eur('1.50'));
    expect(moneyOf('7')).toEqual({ amount: '7', currency: '' });
    expect(moneyOf(7.5)).toEqual({ amount: '7.5', currency: '' });
    for (const none of ['about ten', '', null, undefined, {}, { amount: '1,5' }, [3], 1e30])
      expect(moneyOf(none)).toBeUndefined();
  });
});
