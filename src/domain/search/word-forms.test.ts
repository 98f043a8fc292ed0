import { describe, expect, it } from 'vitest';
import { stemOf, typosBetween } from './word-forms.js';

describe('the forms of a word', () => {
  it.each([
    ['libro', 'libri'],
    ['lampada', 'lampade'],
    ['amica', 'amiche'],
    ['Perché', 'perche'],
    ['order', 'orders'],
    ['box', 'boxes'],
    ['delivery', 'deliveries'],
    ['delivered', 'delivering'],
    ['fattura', 'fatture'],
  ])('%s and %s have one stem', (one, other) => {
    expect(stemOf(one)).toBe(stemOf(other));
  });

  it.each([
    ['mario', 'marito'],
    ['order', 'ordeal'],
    ['gas', 'ga'],
  ])('%s and %s have not', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });
});

describe('typos', () => {
  it.each([
    ['libro', 'libro', 0],
    ['lbiro', 'libro', 1],
    ['librro', 'libro', 1],
    ['ibro', 'libro', 1],
    ['reclmo', 'reclami', 2],
    ['abc', 'xyz', 3],
  ])('%s is %s with %i', (one, other, count) => {
    expect(typosBetween(one, other, 2)).toBe(count);
  });
});
