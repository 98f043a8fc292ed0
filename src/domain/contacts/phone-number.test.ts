import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { openPlans, phoneKey } from './phone-number.js';

describe('the key of a phone number', () => {
  it.each([
    ['02 1234567', 'IT', '+39021234567'],
    ['0039 02 1234567', 'IT', '+39021234567'],
    ['0039 02 1234567', undefined, '+39021234567'],
    ['+39 (02) 123.45.67', 'IT', '+39021234567'],
    ['+39 02/1234567', 'DE', '+39021234567'],
    ['02-1234567 int. 12', 'IT', '+39021234567'],
    ['02 1234567 ext 3', 'IT', '+39021234567'],
    ['02 1234567 x12', 'IT', '+39021234567'],
    ['347 555 0142', 'IT', '+393475550142'],
    ['393475550142', 'IT', '+393475550142'],
    ['+44 (0)20 7946 0958', 'IT', '+442079460958'],
    ['0044 (0)20 7946 0958', undefined, '+442079460958'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['(617) 384-7579', 'US', '+16173847579'],
    ["'+39 02 1234567", 'IT', '+39021234567'],
    ['tel:+39021234567', undefined, '+39021234567'],
    ['0086 21 5555 0101', 'IT', '+862155550101'],
    ['02 1234567', undefined, '021234567'],
  ])('%s in %s is %s', (written, country, key) => expect(phoneKey(written, country)).toBe(key));

  it.each(['', '12345', '000000000', '3,48E+11', 'n/a', 'phone home'])('%j has none', (written) => {
    expect(phoneKey(written, 'IT')).toBeUndefined();
  });

  it('says what libphonenumber says where the numbering plan is open', () => {
    const country = fc.constantFrom(...Object.keys(openPlans));
    const digits = fc.stringMatching(/^[02-9]\d{5,10}$/);
    fc.assert(
      fc.property(country, digits, (region, national) => {
        const read = parsePhoneNumberFromString(national, { defaultCountry: region as 'IT', extract: false });
        const key = phoneKey(national, region);
        if (!/^(\d)\1*$/.test(national) && !national.startsWith('00'))
          expect(key).toBe(read?.number ?? national);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('IT', 'US', 'XX', undefined),
        (text, country) => void phoneKey(text, country),
      ),
    );
  });
});
