import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amountOf, currencyOf } from './amount.js';

it.each([
  ['12500', '12500'],
  ['1.234,50', '1234.50'],
  ['1,234.50', '1234.50'],
  ['€ 1.234.567', '1234567'],
  ['1,234', '1234'],
  ['12,5', '12.5'],
  ["CHF 1'200.00", '1200.00'],
  ['-3.50', '-3.50'],
  ['about ten', undefined],
  ['', undefined],
  ['1.2,3.4', undefined],
])('%s is %s', (text, amount) => expect(amountOf(text)).toBe(amount));

it('reads what Italians and Americans write of every amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const exact = `${whole}.${String(cents).padStart(2, '0')}`;
      for (const locale of ['it-IT', 'en-US']) {
        const written = Number(exact).toLocaleString(locale, {
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        });
        expect(amountOf(written)).toBe(exact);
      }
    }),
  );
});

it('tells the currency', () => {
  expect([currencyOf('€ 5'), currencyOf('5 CHF'), currencyOf('5')]).toEqual(['EUR', 'CHF', undefined]);
});
