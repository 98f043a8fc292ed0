import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar, shareBar, sparkline } from './chart.js';

describe('a sparkline', () => {
  it('is as high as its numbers, beside each other', () => {
    expect(sparkline([0, 1, 4, 8])).toBe('·▁▄█');
    expect(sparkline([0, 0])).toBe('··');
    expect(sparkline([])).toBe('');
  });
});

describe('a bar', () => {
  it('is filled by its share', () => {
    expect(bar(0.5, 4)).toBe('██  ');
    expect(bar(1, 2)).toBe('██');
    expect(bar(1 / 16, 2)).toBe('▏ ');
    expect(shareBar(0.25)).toBe(' 25 % ██      ');
    expect(shareBar(null)).toBe('');
  });

  it('is always as wide', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (share, width) => {
          expect(bar(share, width)).toHaveLength(width);
        },
      ),
    );
  });
});
