import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from './remedy.js';

describe('money', () => {
  it.each([
    ['12.50 EUR', '12.50', 'EUR'],
    ['EUR 12,50', '12.50', 'EUR'],
    ['€ 12.50', '12.50', 'EUR'],
    ['12,5€', '12.5', 'EUR'],
    [' 0 usd ', '0', 'USD'],
    ['£3', '3', 'GBP'],
    ['1500 JPY', '1500', 'JPY'],
    ['1.250 KWD', '1.250', 'KWD'],
  ])('%s', (text, amount, currency) => expect(money(text)).toEqual({ amount, currency }));

  it.each([
    '12.50',
    'EUR',
    '',
    'EUR 12 EUR',
    '-5 EUR',
    '1.200,50 EUR',
    'twelve EUR',
    '12.50 EURO',
    // A thousand to some.
    '1.500 EUR',
    '1,500 EUR',
    '12.50 JPY',
  ])('is not %s', (text) => expect(() => money(text)).toThrow(expect.objectContaining({ code: 'usage' })));

  it('keeps every amount as it was typed, and throws nothing but a usage error', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 99 }), fc.string(), (units, cents, text) => {
        const amount = `${units}.${String(cents).padStart(2, '0')}`;
        expect(money(`${amount} EUR`)).toEqual({ amount, currency: 'EUR' });
        try {
          money(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'usage' });
        }
      }),
    );
  });
});
