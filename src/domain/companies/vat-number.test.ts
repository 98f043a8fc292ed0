import { describe, expect, it } from 'vitest';
import { bareVat, vatFault, vatKey } from './vat-number.js';

describe('a VAT number', () => {
  it.each([
    ['IT 0764 3520 567', undefined, 'it07643520567'],
    ['it07643520567', 'DE', 'it07643520567'],
    ['07643520567', 'IT', 'it07643520567'],
    ['07643520567', undefined, '07643520567'],
    ['GR 123456789', undefined, 'el123456789'],
    ['DE 123.456.789', 'IT', 'de123456789'],
    ['CHE-123.456.789 MWST', 'CH', 'che123456789mwst'],
    ['LU123456789', 'FR', 'frlu123456789'],
    ['none', 'US', 'none'],
  ])('%s in %s is %s', (text, country, key) => {
    expect(vatKey(text, country)).toBe(key);
  });

  it('is the same without its country', () => {
    expect(bareVat('IT 07643520567')).toBe(bareVat('0764 3520 567'));
  });

  it.each([
    ['07643520567', 'IT', undefined],
    ['07643520568', 'IT', /does not add up/],
    ['0764352056', 'IT', /form/],
    ['DE12345678', 'IT', /form/],
    ['NL123456789B01', 'IT', undefined],
    ['12-3456789', 'US', undefined],
    ['12-3456789', undefined, undefined],
  ])('%s in %s: %s', (text, country, fault) => {
    const found = vatFault(text, country);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });
});
