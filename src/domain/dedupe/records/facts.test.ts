import { expect, it } from 'vitest';
import { companyFacts } from './facts.js';

it('a firm is compared by its VAT number without its country and however it is spelt', () => {
  const written = ['IT 0764 3520 567', '07643520567', 'it-07643520567'];
  expect(written.map((vat) => companyFacts({ name: 'ACME', vat }).vat)).toEqual(
    written.map(() => ['07643520567']),
  );
  expect(companyFacts({ name: 'ACME', vat: '' })).toEqual({ name: ['ACME'] });
});
