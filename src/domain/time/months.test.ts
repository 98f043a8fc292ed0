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

  it('reach from their first moment to the next one’s', () => {
    const months = new Months('Europe/Rome');
    fc.assert(
      fc.property(moments, (at) => {
        const { month, since, until } = months.around(at);
        expect(month).toBe(months.of(at));
        expect(since).toBeLessThanOrEqual(at);
        expect(until).toBeGreaterThan(at);
        for (const inside of [since, until - 1]) expect(months.of(inside)).toBe(month);
        for (const outside of [since - 1, until]) expect(months.of(outside)).not.toBe(month);
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
