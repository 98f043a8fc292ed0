import { describe, expect, it } from 'vitest';
import { areTwo, personKey } from './match-contact.js';

const two = (a: string, b: string) =>
  areTwo(personKey({ name: a }, '', 'IT'), personKey({ name: b }, '', 'IT'));

describe('two who share an address', () => {
  it.each([
    ['Anna Bianchi', 'Paolo Verdi', true],
    ['Anna Rossi', 'Mario Rossi', true],
    ['Anna Bianchi', 'ANNA BIANCHI', false],
    ['Anna Bianchi', 'A. Bianchi', false],
    ['Anna Bianchi', 'Anna Maria Bianchi', false],
    ['Dott.ssa Anna Bianchi', 'Anna Verdi', false],
    ['Anna Bianchi', 'Verdi', false],
    ['Anna Bianchi', '', false],
    ['Anna Bianchi', 'info@acme.example', false],
  ])('%s and %s', (a, b, expected) => {
    expect(two(a, b)).toBe(expected);
    expect(two(b, a)).toBe(expected);
  });
});
