import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rangeOf } from './imap-fetch.js';

it('a range of UIDs names each of them, and no other', () => {
  expect(rangeOf([1, 2, 3, 7])).toBe('1:3,7');
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (uids) => {
      uids.sort((a, b) => a - b);
      const named = rangeOf(uids)
        .split(',')
        .filter(Boolean)
        .flatMap((part) => {
          const [from = 0, to = from] = part.split(':').map(Number);
          return Array.from({ length: to - from + 1 }, (_, at) => from + at);
        });
      expect(named).toEqual(uids);
    }),
  );
});
