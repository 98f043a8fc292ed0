import { describe, expect, it } from 'vitest';
import { isWithin, readPeriod, statedPeriod } from './period.js';

// A Friday, 11:00 in Rome.
const clock = { now: () => Date.parse('2026-11-20T10:00:00Z'), timeZone: 'Europe/Rome' };

describe('the period of a report', () => {
  it('takes a day from its first moment as the beginning, and to its last as the end', () => {
    const period = readPeriod({ since: '2026-10-01', until: '2026-10-31' }, clock);
    expect(statedPeriod(period, clock.timeZone)).toEqual({
      since: '2026-10-01T00:00:00+02:00',
      until: '2026-11-01T00:00:00+01:00',
    });
    expect(isWithin(period, Date.parse('2026-10-31T23:59:59+01:00'))).toBe(true);
    expect(isWithin(period, Date.parse('2026-11-01T00:00:00+01:00'))).toBe(false);
  });

  it('lies behind us', () => {
    expect(statedPeriod(readPeriod({ since: '2w' }, clock), clock.timeZone)).toEqual({
      since: '2026-11-06T00:00:00+01:00',
      until: null,
    });
    expect(statedPeriod(readPeriod({ since: '24h', until: 'now' }, clock), clock.timeZone)).toEqual({
      since: '2026-11-19T11:00:00+01:00',
      until: '2026-11-20T11:00:00+01:00',
    });
  });

  it('may be a day, and has no end where none is named', () => {
    const day = readPeriod({ since: '2026-10-05', until: '2026-10-05' }, clock);
    expect((day.until ?? 0) - (day.since ?? 0)).toBe(24 * 3_600_000);
    expect(readPeriod({}, clock)).toEqual({ since: null, until: null });
  });

  it('does not end before it begins', () => {
    expect(() => readPeriod({ since: '2026-10-05', until: '2026-10-04' }, clock)).toThrow(/there is no time/);
  });

  it('holds what has no time only where it has no ends itself', () => {
    expect(isWithin({ since: null, until: null }, undefined)).toBe(true);
    expect(isWithin({ since: 0, until: null }, undefined)).toBe(false);
    expect(isWithin({ since: 0, until: null }, Number.NaN)).toBe(false);
  });
});
