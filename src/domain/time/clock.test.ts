import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addDuration } from './clock.js';

it('adds durations as Temporal does, in every zone and over every change of the clocks', () => {
  const amount = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'),
      fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2035, 0) }),
      fc.record({
        years: fc.constantFrom(0, 0, 1),
        weeks: fc.constantFrom(0, 3),
        days: amount,
        minutes: amount,
      }),
      fc.boolean(),
      (zone, at, fields, isBack) => {
        const duration = Temporal.Duration.from(fields);
        const written = (isBack ? duration.negated() : duration).toString();
        const expected = Temporal.Instant.fromEpochMilliseconds(at)
          .toZonedDateTimeISO(zone)
          .add(written).epochMilliseconds;
        expect(addDuration(at, written, zone)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

it('shifts a time that is left out forward', () => {
  const before = Date.parse('2026-03-28T02:30:00+01:00');
  expect(addDuration(before, 'P1D', 'Europe/Rome')).toBe(Date.parse('2026-03-29T03:30:00+02:00'));
  expect(() => addDuration(before, 'soon', 'Europe/Rome')).toThrow('"soon" is not a duration');
});
