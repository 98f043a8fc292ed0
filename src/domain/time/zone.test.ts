import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayAt, momentOf, timeOfDay, yearStart } from './zone.js';

const dayMs = 86_400_000;
const zones = [
  'Europe/Rome',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
];

describe('the clocks of a zone', () => {
  it('show what Temporal shows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2040, 0, 1) }),
        (zone, at) => {
          const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
          const shown = dayAt(at, zone) * dayMs + timeOfDay(at, zone);
          expect(new Date(shown).toISOString()).toBe(`${wall.toString({ smallestUnit: 'millisecond' })}Z`);
          // The clock shows it then for the first time, or did an hour or so before.
          const first = momentOf(dayAt(at, zone), timeOfDay(at, zone), zone);
          expect(first === at || at - first <= 2 * 3_600_000).toBe(true);
          expect(dayAt(first, zone) * dayMs + timeOfDay(first, zone)).toBe(shown);
        },
      ),
    );
  });

  it('leave an hour out, and a day', () => {
    const at = (zone: string, local: string) => {
      const ms = Date.parse(`${local}Z`);
      const day = Math.floor(ms / dayMs);
      return new Date(momentOf(day, ms - day * dayMs, zone)).toISOString().slice(0, 16);
    };
    expect(at('Europe/Rome', '2026-03-29T02:30')).toBe('2026-03-29T01:00');
    expect(at('Europe/Rome', '2026-10-25T02:30')).toBe('2026-10-25T00:30');
    expect(at('Pacific/Apia', '2011-12-30T12:00')).toBe('2011-12-30T10:00');
  });

  it('begin a year where it begins, however long ago', () => {
    expect(new Date(yearStart(50)).toISOString()).toBe('0050-01-01T00:00:00.000Z');
  });
});
