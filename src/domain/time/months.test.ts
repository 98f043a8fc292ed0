import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from './clock.js';
import { Months } from './months.js';

const moments = fc.integer({ min: Date.parse('1995-01-01'), max: Date.parse('2040-01-01') });

describe('months', () => {
  it.each(['UTC', 'Europe/Rome', 'Pacific/Kiritimati', 'America/St_Johns'])('are those of %s', (zone) => {
    const months = new Months(zone);
    fc.assert(
      fc.property(moments, (at) => {
        expect(months.of(at)).toBe(isoDate(at, zone).slice(0, 7));
      }),
    );
  });

  it('cut a period without a gap', () => {
    const months = new Months('Europe/Rome');
    const length = fc.integer({ min: 1, max: 400 * 24 * 3_600_000 });
    fc.assert(
      fc.property(moments, length, (since, more) => {
        const slices = months.slices({ since, until: since + more });
        expect(slices[0]?.since).toBe(since);
        expect(slices.at(-1)?.until).toBe(since + more);
        slices.forEach((slice, i) => {
          expect(slice.since).toBeLessThan(slice.until);
          expect(months.of(slice.since)).toBe(slice.month);
          expect(months.of(slice.until - 1)).toBe(slice.month);
          if (i > 0) expect(slice.since).toBe(slices[i - 1]?.until);
        });
      }),
    );
  });

  it('are named with those between them, unless a moment is a slip', () => {
    const months = new Months('UTC');
    const at = (text: string) => ({ at: Date.parse(text) });
    expect(months.spanned([at('2026-11-02'), at('2026-08-30'), at('2026-11-05')])).toEqual([
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
    ]);
    expect(months.spanned([at('0206-11-02'), at('2026-08-30')])).toEqual(['0206-11', '2026-08']);
    expect(months.spanned([])).toEqual([]);
  });
});
