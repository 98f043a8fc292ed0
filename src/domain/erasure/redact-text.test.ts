import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareReferences, namesAny } from './bare-references.js';
import { textRedactor } from './redact-text.js';

const split = () => ({ code: '39', national: '021234567' });
const mario = textRedactor(
  { emails: ['mario@example.it'], phones: ['+39021234567'], names: ['Mario Rossi', 'Zoë Müller'] },
  split,
);

describe('a person in text', () => {
  it.each([
    ['write to Mario@Example.IT.', 'write to (erased).'],
    ['<mailto:mario+news@example.it>', '<mailto:(erased)>'],
    ['?to=mario%40example.it&x=1', '?to=(erased)&x=1'],
    ['call +39 02 123.45.67 today', 'call (erased) today'],
    ['call 0039 (02) 1234567', 'call (erased)'],
    ['Tel. 02/1234567', 'Tel. (erased)'],
    ['ROSSI, Mario said; mario  rossi did', '(erased) said; (erased) did'],
    ['attachments/mario-rossi.pdf', 'attachments/(erased).pdf'],
    ['Zoe\u0308 Mu\u0308ller and zoe-muller', '(erased) and (erased)'],
  ])('is taken out of %j', (text, after) => {
    expect(mario.redact(text)).toBe(after);
  });

  it.each([
    'amario@example.it',
    'mario@example.items',
    'mario@example.it.example.org',
    '90212345678',
    'Mario Rossini',
    'Mario',
    'the Rossi case',
  ])('is not seen in %j', (text) => {
    expect(mario.redact(text)).toBe(text);
    expect(mario.find(text)).toEqual([]);
  });

  it('is found with the line', () => {
    expect(mario.find('a\nb mario@example.it\nMario Rossi')).toEqual([
      { line: 2, what: 'email' },
      { line: 3, what: 'name' },
    ]);
  });

  it('is gone after one time, whatever stands around him', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, behind) => {
        const once = mario.redact(`${before} mario@example.it ${behind}`);
        expect(mario.redact(once)).toBe(once);
      }),
    );
  });

  it('costs time by the length of the text only', () => {
    const began = performance.now();
    mario.redact('0 2 1 2 3 4 5 6 '.repeat(100_000));
    mario.redact('mario+'.repeat(200_000));
    mario.redact('mario  rossi, '.repeat(50_000).replaceAll('i,', 'i'));
    bareReferences('a-'.repeat(500_000), new Set(['k3f9w2q8ab']));
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe('the postal address of a person', () => {
  const place = { street: 'Via Unica, 99', locality: 'Crema', code: '26013' };
  const { redact } = textRedactor({ emails: [], phones: [], names: [], places: [place] }, split);

  it.each([
    ['"Via Unica 99","26013 Crema",', '"(erased)",'],
    ['he lives in via unica 99 - Crema.', 'he lives in (erased).'],
    ['Via Unica 99\nI-26013 CREMA (CR)', '(erased) (CR)'],
    ['Via Unica 99, Crema 26013', '(erased)'],
  ])('is taken out of %j', (text, after) => {
    expect(redact(text)).toBe(after);
  });

  it.each([
    'Via Unica 99',
    'Crema',
    '26013 Crema',
    'Via Unica 99, Lodi',
    'Via Unica 990, Crema',
    'street: Via Unica 99\nlocality: Crema',
  ])('is not seen in %j', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('references to a person', () => {
  const ids = new Set(['k3f9w2q8ab']);

  it('keep the id alone', () => {
    expect(bareReferences('contacts: [mario-rossi-k3f9w2q8ab, anna-2s8hbhmhza]', ids)).toBe(
      'contacts: [k3f9w2q8ab, anna-2s8hbhmhza]',
    );
    expect(bareReferences('contacts/mario-k3f9w2q8ab.md k3f9w2q8ab', ids)).toBe(
      'contacts/k3f9w2q8ab.md k3f9w2q8ab',
    );
  });

  it('are no others', () => {
    for (const text of ['xk3f9w2q8ab', 'k3f9w2q8abc', '2s8hbhmhza']) {
      expect(bareReferences(text, ids)).toBe(text);
      expect(namesAny(text, ids)).toBe(false);
    }
  });
});
