import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessTime, addOpenTime, businessMinutesBetween } from './business-time.js';
import { calendarSchema, weekdays } from './calendar.js';
import { businessCalendar, type Stretch } from './open-hours.js';

const allWeek = (...hours: string[]) => Object.fromEntries(weekdays.map((day) => [day, hours]));
const office = {
  mon: ['09:00-13:00', '14:00-18:00'],
  tue: ['09:00-13:00', '14:00-18:00'],
  fri: ['09:00-13:00'],
};

function calendar(
  timezone: string,
  week: Record<string, string[]>,
  rest: object = {},
  holidays: string[] = [],
  closed: Stretch[] = [],
) {
  const file = calendarSchema.parse({ timezone, week, ...rest });
  return businessCalendar(
    'office',
    file,
    (date) => holidays.includes(date),
    () => closed,
  );
}
const ms = (iso: string) => Date.parse(iso);
const iso = (epochMs: number) => new Date(epochMs).toISOString().replace('.000Z', 'Z');

describe('adding business time', () => {
  const rome = calendar('Europe/Rome', office, { exceptions: [{ date: '2026-11-20', hours: [] }] });
  const add = (start: string, duration: string) => iso(addBusinessTime(ms(start), duration, rome));

  it.each([
    // Monday 23 November 2026 in Rome, one hour before Greenwich; Friday the 20th is closed.
    ['hours over lunch', '2026-11-23T12:30+01:00', 'PT1H', '2026-11-23T13:30:00Z'],
    ['to the very closing time', '2026-11-23T17:00+01:00', 'PT1H', '2026-11-23T17:00:00Z'],
    ['past it', '2026-11-23T17:00+01:00', 'PT1H1S', '2026-11-24T08:00:01Z'],
    ['over closed days', '2026-11-17T17:30+01:00', 'PT45M', '2026-11-23T08:15:00Z'],
    ['nothing, in the open', '2026-11-23T10:00+01:00', 'PT0S', '2026-11-23T09:00:00Z'],
    ['nothing, on a closed day', '2026-11-22T10:00+01:00', 'PT0S', '2026-11-23T08:00:00Z'],
    ['a day: the next open one, same time', '2026-11-17T10:00+01:00', 'P1D', '2026-11-23T09:00:00Z'],
    ['a day, ending outside the hours', '2026-11-24T15:00+01:00', 'P1D', '2026-11-30T08:00:00Z'],
    ['a week: seven days, then open', '2026-11-18T10:00+01:00', 'P1W', '2026-11-27T08:00:00Z'],
    ['a month, a day and an hour', '2026-10-23T10:00+02:00', 'P1M1DT1H', '2026-11-24T10:00:00Z'],
    ['hours back', '2026-11-23T09:30+01:00', '-PT1H', '2026-11-17T16:30:00Z'],
    ['nothing back, on a closed day', '2026-11-22T10:00+01:00', '-PT0S', '2026-11-17T17:00:00Z'],
    ['days back', '2026-11-24T10:00+01:00', '-P2D', '2026-11-17T09:00:00Z'],
  ])('%s', (_, start, duration, due) => {
    expect(add(start, duration)).toBe(due);
  });

  it('gives up on a calendar that stays closed, and on what is no duration', () => {
    const exceptions = [{ date: '2020-01-01', until: '9999-12-31', hours: [] }];
    const closed = calendar('Europe/Rome', office, { exceptions });
    for (const duration of ['PT1H', 'P1D', 'P1M', '-PT1H', 'PT900000000H', 'P270000Y', 'P999999Y']) {
      const start = ms(duration.startsWith('-') ? '9999-01-01T10:00Z' : '2026-11-23T10:00Z');
      expect(() => addBusinessTime(start, duration, closed)).toThrow(
        expect.objectContaining({
          code: 'invalid',
          message: expect.stringContaining('calendar "office" has no moment'),
        }),
      );
    }
    expect(() => addBusinessTime(0, 'soon', rome)).toThrow('"soon" is not a duration');
    expect(businessMinutesBetween(ms('2026-11-01T00:00Z'), ms('2027-11-01T00:00Z'), closed)).toBe(0);
  });
});

describe('what is open', () => {
  const minutes = (from: string, to: string, of: ReturnType<typeof calendar>) =>
    businessMinutesBetween(ms(from), ms(to), of);

  it('an exception before a holiday, a holiday before the week', () => {
    const exceptions = [{ date: '2026-11-24', hours: ['22:00-02:00'] }];
    const of = calendar('Europe/Rome', office, { exceptions }, ['2026-11-23', '2026-11-24']);
    expect(minutes('2026-11-23T00:00+01:00', '2026-11-24T00:00+01:00', of)).toBe(0);
    expect(minutes('2026-11-24T00:00+01:00', '2026-11-25T00:00+01:00', of)).toBe(120);
    expect(minutes('2026-11-25T00:00+01:00', '2026-11-26T00:00+01:00', of)).toBe(120);
  });

  it('a night into an exception counts once', () => {
    const of = calendar(
      'Europe/Rome',
      { mon: ['22:00-06:00'] },
      { exceptions: [{ date: '2026-11-24', hours: ['05:00-07:00'] }] },
    );
    expect(minutes('2026-11-23T00:00+01:00', '2026-11-25T00:00+01:00', of)).toBe(9 * 60);
  });

  it('fractions of a minute, and nothing backwards', () => {
    const of = calendar('Europe/Rome', office);
    expect(minutes('2026-11-23T10:00:00.250+01:00', '2026-11-23T10:00:01+01:00', of)).toBe(0.0125);
    expect(minutes('2026-11-23T11:00+01:00', '2026-11-23T10:00+01:00', of)).toBe(0);
  });

  it('an hour left out begins after the gap; an hour that comes twice is the first', () => {
    const of = calendar('Europe/Rome', allWeek('02:30-03:30'));
    expect(minutes('2026-03-29T00:00+01:00', '2026-03-29T12:00+02:00', of)).toBe(30); // 03:00 to 03:30
    expect(minutes('2026-10-25T00:00+02:00', '2026-10-25T12:00+01:00', of)).toBe(120); // first 02:30 to 03:30
    const opening = iso(addBusinessTime(ms('2026-10-25T00:00+02:00'), 'PT0S', of));
    expect(opening).toBe('2026-10-25T00:30:00Z');
  });

  it('an exception that recurs each year, over the turn of the year, and one that names the year before it', () => {
    const exceptions = [
      { date: '--12-07', hours: [] },
      { date: '12-29', until: '01-05', hours: ['10:00-11:00'] },
      { date: '2027-12-07', hours: ['09:00-12:00'] },
    ];
    const of = calendar('Europe/Rome', allWeek('09:00-17:00'), { exceptions });
    const on = (date: string) => minutes(`${date}T00:00+01:00`, `${date}T23:59+01:00`, of);
    expect(['2026-12-07', '2027-12-07', '2028-12-07'].map(on)).toEqual([0, 180, 0]);
    expect(['2026-12-28', '2026-12-29', '2027-01-05', '2027-01-06'].map(on)).toEqual([480, 60, 60, 480]);
  });

  it('is soon known where nothing is open for a hundred years', () => {
    const exceptions = [{ date: '2020-01-01', until: '9999-12-31', hours: [] }];
    const of = calendar('Europe/Rome', allWeek('09:00-17:00'), { exceptions });
    const began = performance.now();
    for (let i = 0; i < 100; i++) {
      expect(() => addBusinessTime(ms('2026-11-23T10:00Z'), 'PT1H', of)).toThrow('within a hundred years');
    }
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('no day where the calendar of a place left one out', () => {
    const apia = calendar('Pacific/Apia', allWeek('09:00-17:00'));
    expect(minutes('2011-12-29T09:00-10:00', '2011-12-31T17:00+14:00', apia)).toBe(960);
  });
});

describe('against a walk minute by minute', () => {
  const zones = [
    'Europe/Rome',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Africa/Cairo',
    'Pacific/Apia',
  ];
  // Around the changes of the clocks of those zones, St John's at one minute past midnight, Cairo's at midnight; Apia left a day out.
  const starts = [
    '2010-11-05',
    '2011-12-28',
    '2026-03-06',
    '2026-03-27',
    '2026-04-03',
    '2026-04-22',
    '2026-10-02',
    '2026-10-23',
    '2026-10-28',
  ];
  const clockTime = (minutes: number) =>
    [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const cuts = fc.uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 96 }).map((n) => n * 15),
      fc.integer({ min: 0, max: 240 }),
    ),
    {
      minLength: 0,
      maxLength: 6,
    },
  );
  const day = cuts.map((list) => {
    const sorted = [...list].sort((a, b) => a - b);
    return Array.from(
      { length: Math.floor(sorted.length / 2) },
      (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as [number, number],
    );
  });
  const week = fc.tuple(fc.array(day, { minLength: 7, maxLength: 7 }), fc.boolean()).map(([days, night]) =>
    // A night replaces a late interval where the next morning leaves room.
    days.map((list, index): [number, number][] => {
      const morning = days[(index + 1) % 7]?.[0]?.[0] ?? 1440;
      const evening = Math.max(1200, list.at(-1)?.[1] ?? 0);
      return night && evening < 1439 && morning > 0
        ? [...list, [evening + 1, 1440 + Math.min(morning, 360, evening)]]
        : list;
    }),
  );

  const exception = fc.record({ day: fc.integer({ min: 0, max: 4 }), hours: day, isYearly: fc.boolean() });

  it('counts the same minutes, finds the same dues, and its way back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...starts),
        week,
        fc.record({
          holiday: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
          exception: fc.option(exception, { nil: undefined }),
          away: fc.option(
            fc.tuple(fc.integer({ min: 0, max: 4 * 1440 }), fc.integer({ min: 1, max: 1000 })),
            {
              nil: undefined,
            },
          ),
        }),
        fc.integer({ min: 0, max: 1440 }),
        fc.integer({ min: 0, max: 4 * 1440 }),
        fc.nat(),
        (zone, startDate, days, { holiday, exception, away }, offset, length, some) => {
          fc.pre(days.some((list) => list.length > 0));
          const dates = Array.from({ length: 10 }, (_, n) =>
            new Date(ms(startDate) + (n - 2) * 86_400_000).toISOString().slice(0, 10),
          );
          const written = (list: [number, number][]) =>
            list.map(([a, b]) => `${clockTime(a)}-${b === 1440 ? '24:00' : clockTime(b % 1440)}`);
          const [from, to] = [ms(startDate) + offset * 60_000, ms(startDate) + (offset + length) * 60_000];
          const closed: Stretch[] = away
            ? [[ms(startDate) + away[0] * 60_000, ms(startDate) + (away[0] + away[1]) * 60_000]]
            : [];
          const other = exception && { date: dates[exception.day + 1]!, hours: exception.hours };
          const of = calendar(
            zone,
            Object.fromEntries(days.map((list, index) => [weekdays[index]!, written(list)])),
            other && {
              exceptions: [
                {
                  date: exception.isYearly ? other.date.slice(5) : other.date,
                  hours: written(other.hours),
                },
              ],
            },
            holiday === undefined ? [] : [dates[holiday + 2]!],
            closed,
          );
          const open = oracle(zone, dates, (date) => {
            if (date === other?.date) return { hours: other.hours, closed: [] };
            if (holiday !== undefined && date === dates[holiday + 2]) return { hours: [], closed };
            return { hours: days[(new Date(date).getUTCDay() + 6) % 7]!, closed };
          });
          const expected = open.filter((minute) => minute >= from && minute < to).length;
          expect(businessMinutesBetween(from, to, of)).toBe(expected);

          const ahead = open.filter((minute) => minute >= from);
          if (ahead.length > 0) {
            const count = some % (ahead.length + 1);
            const first = count === 0 ? ahead[0]! : ahead[count - 1]! + 60_000;
            expect(addBusinessTime(from, `PT${count}M`, of)).toBe(first);
            expect(addOpenTime(from, count * 60_000, of)).toBe(first);
          }
          if (expected > 0) {
            const due = addBusinessTime(from, `PT${expected}M`, of);
            expect(due).toBeLessThanOrEqual(to);
            const back = addBusinessTime(due, `-PT${expected}M`, of);
            expect(back).toBeGreaterThanOrEqual(from);
            expect(businessMinutesBetween(back, due, of)).toBe(expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  }, 30_000);

  /** The open minutes among some dates: the furthest that the clock on the wall has got lies within the hours of a day. */
  function oracle(
    zone: string,
    dates: string[],
    of: (date: string) => { hours: [number, number][]; closed: Stretch[] },
  ): number[] {
    const hours = dates.flatMap((date) => {
      const { hours, closed } = of(date);
      return hours.map(
        ([open, close]) => [ms(date) + open * 60_000, ms(date) + close * 60_000, closed] as const,
      );
    });
    return wallMinutes(zone, dates).flatMap(({ at, wall }) => {
      // What a night covers is the night's, whatever the next day says.
      const covering = hours.find(([open, close]) => open <= wall && wall < close);
      return covering && !covering[2].some(([gone, again]) => gone <= at && at < again) ? [at] : [];
    });
  }

  const walked = new Map<string, { at: number; wall: number }[]>();
  function wallMinutes(zone: string, dates: string[]): { at: number; wall: number }[] {
    const key = `${zone} ${dates[0]}`;
    let minutes = walked.get(key);
    if (minutes) return minutes;
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    minutes = [];
    let wall = 0;
    for (let at = ms(dates[1]!); at < ms(dates.at(-1)!); at += 60_000) {
      wall = Math.max(wall, ms(`${clock.format(at).replace(' ', 'T')}Z`));
      minutes.push({ at, wall });
    }
    walked.set(key, minutes);
    return minutes;
  }
});
