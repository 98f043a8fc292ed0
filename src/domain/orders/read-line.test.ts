import { expect, it } from 'vitest';
import { readLine } from './read-line.js';

it.each([
  [
    '2 x Danubio minore @ 16.50 EUR',
    { title: 'Danubio minore', quantity: 2, price: { amount: '16.50', currency: 'EUR' } },
  ],
  ['Danubio minore', { title: 'Danubio minore', quantity: 1 }],
  ['12 × 1984', { title: '1984', quantity: 12 }],
  ['a @ b @ € 3', { title: 'a @ b', quantity: 1, price: { amount: '3', currency: 'EUR' } }],
])('reads %s', (text, line) => expect(readLine(text)).toEqual(line));

it.each(['', '  ', 'x @ 16', '2 x  @ 3 EUR', '0 x Danubio', '-2 x Danubio @ 3 EUR', '00 × Danubio'])(
  'refuses %j',
  (text) => expect(() => readLine(text)).toThrow(),
);
