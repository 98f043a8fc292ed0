import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silenceOf } from './silence.js';

/** Day 4 is a Monday (1970-01-05). */
const weekdays = (from: number, to: number) =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, n) => from + n).filter(
    (day) => (((day + 3) % 7) + 7) % 7 < 5,
  );
const every = (step: number, until: number) => weekdays(4, until).filter((_, n) => n % step === 0);

describe('a silence', () => {
  it('of a channel that brings something every day is called after the second silent day', () => {
    // The last one came on a Monday.
    const days = every(1, 396);
    const [last = 0] = days.slice(-1);
    const alarms = [1, 2, 3, 4, 5].map((later) => silenceOf(days, last + later, weekdays).alarm);
    expect(alarms).toEqual([false, false, true, true, true]);
    expect(silenceOf(days, last + 3, weekdays)).toMatchObject({
      open_days: 2,
      chance: expect.closeTo((1 / 91) ** 2, 9),
    });
  });

  it('of one that brings something on every other day, after a week', () => {
    const days = every(2, 402);
    const [last = 0] = days.slice(-1);
    const first = Array.from({ length: 60 }, (_, n) => n + 1).find(
      (n) => silenceOf(days, last + n, weekdays).alarm,
    );
    expect(silenceOf(days, last + (first ?? 0), weekdays).open_days).toBe(7);
  });

  it('does not count weekends and holidays, nor today', () => {
    const days = every(1, 402);
    // The last one came on a Friday: on Monday nothing is silent yet.
    const friday = weekdays(4, 402).findLast((day) => (day + 3) % 7 === 4) as number;
    const until = days.filter((day) => day <= friday);
    expect(silenceOf(until, friday + 3, weekdays)).toMatchObject({ open_days: 0, chance: 1, alarm: false });
    expect(silenceOf(until, friday + 40, () => [])).toEqual({ open_days: 0, chance: null, alarm: false });
  });

  it('is no alarm after a burst, of a new address, or of one that was given up', () => {
    // A thousand answers to a newsletter came in two days of ninety.
    const quiet = [4, 60, ...Array.from({ length: 1000 }, () => 129), 130];
    expect(silenceOf(quiet, 160, weekdays).alarm).toBe(false);
    expect(silenceOf([4, 5, 6, 7, 8], 60, weekdays)).toMatchObject({ chance: null, alarm: false });
    const days = every(1, 402);
    expect(silenceOf(days, 402 + 300, weekdays).alarm).toBe(true);
    expect(silenceOf(days, 402 + 400, weekdays).alarm).toBe(false);
    expect(silenceOf([], 402, weekdays)).toEqual({ open_days: 0, chance: null, alarm: false });
  });

  it('of a closed day counts for the next open one', () => {
    const sundays = weekdays(4, 402)
      .filter((day) => (day + 3) % 7 === 0)
      .map((monday) => monday - 1);
    const mondays = sundays.map((day) => day + 1);
    const at = (mondays.at(-1) ?? 0) + 10;
    expect(silenceOf(sundays, at, weekdays).chance).toBeCloseTo(
      silenceOf(mondays, at, weekdays).chance ?? 0,
      1,
    );
  });

  it('grows less likely with each day, and never more than certain', () => {
    const days = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 300 }), (came, after) => {
        const last = Math.max(...came);
        const [one, next] = [after, after + 1].map((n) => silenceOf(came, last + n, weekdays).chance);
        if (one === null || one === undefined) return;
        expect(one).toBeGreaterThanOrEqual(next ?? Number.POSITIVE_INFINITY);
        expect(one).toBeLessThanOrEqual(1);
        expect(one).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is called by chance about as seldom as it says', () => {
    // A channel that brings something on three days of ten, for two hundred years, watched on each open day.
    let seed = 1;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const open = weekdays(4, 40_000);
    const came = open.filter(() => random() < 0.3);
    let alarms = 0;
    for (let n = 1; n < came.length; n++) {
      const [last = 0, next = 0] = came.slice(n - 1, n + 1);
      if (n > 100 && silenceOf(came.slice(Math.max(n - 100, 0), n), next, weekdays).alarm && next > last)
        alarms++;
    }
    expect(alarms / came.length).toBeLessThan(0.015);
    expect(alarms / came.length).toBeGreaterThan(0.003);
  });
});
