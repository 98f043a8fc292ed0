import { describe, expect, it } from 'vitest';
import { parsePast } from './parse-past.js';

// A Friday, 11:00 in Rome.
const clock = { now: () => Date.parse('2026-11-20T10:00:00Z'), timeZone: 'Europe/Rome' };

describe('a time that lies behind us', () => {
  it.each([
    ['2w', '2026-11-06'],
    ['2h', '2026-11-20T09:00:00+01:00'],
    ['P3D', '2026-11-17'],
    ['-3d', '2026-11-17'],
    ['fri', '2026-11-20'],
    ['mon', '2026-11-16'],
    ['yesterday', '2026-11-19'],
    ['2026-11-01', '2026-11-01'],
  ])('%s is %s', (text, expected) => {
    expect(parsePast(text, clock)).toBe(expected);
  });

  it('is refused where it is none', () => {
    expect(() => parsePast('soonish', clock)).toThrow(/not a day or time/);
  });
});
