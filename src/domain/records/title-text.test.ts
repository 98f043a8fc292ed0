import fc from 'fast-check';
import { expect, it } from 'vitest';
import { titleText } from './title-text.js';

it.each([
  ['Reclamo\x1b[31m rosso\x1b[0m', 'Reclamo rosso'],
  ['a\x1b]0;owned\x07b', 'ab'],
  ['a\x1b]0;owned\x1b\\b', 'ab'],
  ['a\x1bcb', 'ab'],
  ['a\x9b31mb', 'a31mb'],
  [' a\r\n\tb\u2028c\u0085d\0e ', 'a b cde'],
  ['¡\t\0\t!', '¡ !'],
  ['a\u202eb\u2066c', 'abc'],
  ['a\ud800b 😀', 'ab 😀'],
])('%j is %j', (text, title) => {
  expect(titleText(text)).toBe(title);
});

it('is as long as it may be, and never half a character', () => {
  expect(titleText('abcdef', 4)).toBe('abc…');
  expect(titleText('a😀😀😀', 4)).toBe('a😀…');
  expect(titleText('ab😀😀', 4)).toBe('ab…');
});

it('never holds a control character, whatever it is made from, and is itself its own title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const title = titleText(text);
      expect(title).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      expect(titleText(title)).toBe(title);
    }),
  );
});

it('takes time with the length alone', () => {
  for (const piece of ['\x1b[', '\x1b]', '\x1b[1', '1', ' \0', '\x1b[;'])
    expect(titleText(piece.repeat(1_000_000)).length).toBeLessThan(401);
});
