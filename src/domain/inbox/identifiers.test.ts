import { expect, it } from 'vitest';
import { identifiersIn } from './identifiers.js';

it.each([
  ['Sono il socio n.00184, ordine 26-0834.', ['n.00184', '00184', '26-0834']],
  ['PN-2025-00184 del 12/10/2026 alle 15.30', ['pn-2025-00184']],
  ['Nel 2026 ho ordinato 3 libri', []],
  ['case k3f9w2q8ab (tessera #A1234)', ['k3f9w2q8ab', 'a1234']],
])('finds what may be an identifier in %j', (text, expected) => {
  expect(identifiersIn(text)).toEqual(expected);
});

it('gives no more than two hundred, in linear time', () => {
  const text = Array.from({ length: 5000 }, (_, i) => `A${i}-${i}`).join(' ');
  expect(identifiersIn(text)).toHaveLength(200);
  expect(identifiersIn('1.'.repeat(500_000)).length).toBeLessThan(2);
});
