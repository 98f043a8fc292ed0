import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.js';

describe('a quantile', () => {
  it.each<[number[], number, number | null]>([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    // As R has it: quantile(c(1, 2, 3, 4, 10), 0.9).
    [[10, 1, 2, 3, 4], 0.9, 7.6],
    // Not by their digits.
    [[9, 10, 100], 0.5, 10],
  ])('of %j at %d is %j', (numbers, share, expected) => {
    const found = quantile(numbers, share);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 10);
  });

  it('lies within the numbers, grows with the share, and leaves them as they are', () => {
    const numbers = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(numbers, share, share, (list, one, other) => {
        const before = [...list];
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [a, b] = [quantile(list, low) as number, quantile(list, high) as number];
        expect(a).toBeLessThanOrEqual(b + 1e-6);
        expect(a).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6);
        expect(b).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
        expect(list).toEqual(before);
      }),
    );
  });
});
