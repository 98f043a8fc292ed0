import { describe, expect, it } from 'vitest';
import { calendarSchema, checkCalendar } from './calendar.js';

const timezone = 'Europe/Rome';
const mon = ['09:00-13:00', '14:00-18:00'];

describe('a calendar file', () => {
  it('reads several intervals a day, nights and 24:00', () => {
    const { week } = calendarSchema.parse({
      timezone,
      week: { mon: ['14:00-18:00', '09:00-13:00'], fri: ['22:00-06:00'], sun: ['18:00-24:00'] },
    });
    expect(week?.mon?.map(({ open, close }) => [open, close])).toEqual([
      [540, 780],
      [840, 1080],
    ]);
    expect(week?.fri?.[0]).toMatchObject({ open: 1320, close: 1800 });
    expect(week?.sun?.[0]).toMatchObject({ open: 1080, close: 1440 });
  });

  it('lets a night touch the morning after it', () => {
    expect(checkCalendar({ timezone, week: { mon: ['22:00-06:00'], tue: ['06:00-14:00'] } })).toEqual([]);
  });

  const wrong: [string, unknown, (string | number)[], RegExp][] = [
    ['no mapping', 'closed', [], /expected/],
    ['no zone', { week: { mon } }, ['timezone'], /IANA time zone/],
    ['an unknown zone', { timezone: 'Europe/Milan', week: { mon } }, ['timezone'], /IANA time zone/],
    [
      'a country by name',
      { timezone, week: { mon }, holidays: { country: 'Italy' } },
      ['holidays', 'country'],
      /3166/,
    ],
    [
      'a word for hours',
      { timezone, week: { mon: ['morning'] } },
      ['week', 'mon', 0],
      /"morning" is not a pair/,
    ],
    ['hours outside a list', { timezone, week: { mon: '09:00-13:00' } }, ['week', 'mon'], /list of hours/],
    ['a 25th hour', { timezone, week: { mon: ['09:00-25:00'] } }, ['week', 'mon', 0], /25:00 is not a time/],
    [
      'a 60th minute',
      { timezone, week: { mon: ['09:60-13:00'] } },
      ['week', 'mon', 0],
      /09:60 is not a time/,
    ],
    [
      '24:00 as a start',
      { timezone, week: { mon: ['24:00-02:00'] } },
      ['week', 'mon', 0],
      /24:00 is not a time/,
    ],
    ['an empty interval', { timezone, week: { mon: ['00:00-00:00'] } }, ['week', 'mon', 0], /00:00-24:00/],
    ['an overlap', { timezone, week: { mon: ['09:00-13:00', '12:00-15:00'] } }, ['week', 'mon'], /overlap/],
    [
      'a night into a morning',
      { timezone, week: { sun: ['22:00-10:00'], mon } },
      ['week', 'mon'],
      /day before \(sun\)/,
    ],
    [
      'a day by its long name',
      { timezone, week: { monday: mon, tue: mon } },
      ['week'],
      /"monday": the days are mon, tue/,
    ],
    ['no open hour', { timezone, week: { mon: [] } }, ['week'], /no open hour/],
    [
      'an impossible date',
      { timezone, week: { mon }, exceptions: [{ date: '2026-02-30', hours: [] }] },
      ['exceptions', 0, 'date'],
      /does not exist/,
    ],
    [
      'a day no year has',
      { timezone, week: { mon }, exceptions: [{ date: '02-30', hours: [] }] },
      ['exceptions', 0, 'date'],
      /does not exist/,
    ],
    [
      'a day in words',
      { timezone, week: { mon }, exceptions: [{ date: '7 December', hours: [] }] },
      ['exceptions', 0, 'date'],
      /2026-11-24, or 11-24 for each year/,
    ],
    [
      'a yearly day that ends in a year',
      { timezone, week: { mon }, exceptions: [{ date: '12-24', until: '2026-12-31', hours: [] }] },
      ['exceptions', 0, 'until'],
      /both with the year/,
    ],
    [
      'a yearly day named twice',
      {
        timezone,
        week: { mon },
        exceptions: [
          { date: '12-24', until: '01-06', hours: [] },
          { date: '--01-01', hours: [] },
          { date: '2026-01-01', hours: [] },
        ],
      },
      ['exceptions', 1, 'date'],
      /two exceptions name 01-01/,
    ],
    [
      'a feed outside the folder',
      { timezone, week: { mon }, holidays: { ics: ['../../etc/x.ics'] } },
      ['holidays', 'ics', 0],
      /an iCalendar file in calendars\//,
    ],
    [
      'no hours',
      { timezone, week: { mon }, exceptions: [{ date: '2026-02-03' }] },
      ['exceptions', 0, 'hours'],
      /\[\] means closed/,
    ],
    [
      'a span back',
      { timezone, week: { mon }, exceptions: [{ date: '2026-02-03', until: '2026-02-01', hours: [] }] },
      ['exceptions', 0, 'until'],
      /before date/,
    ],
    [
      'a date named twice',
      {
        timezone,
        week: { mon },
        exceptions: [
          { date: '2026-02-03', hours: [] },
          { date: '2026-02-01', until: '2026-02-05', hours: [] },
        ],
      },
      ['exceptions', 0, 'date'],
      /two exceptions name 2026-02-03/,
    ],
  ];
  it.each(wrong)('says what is wrong: %s', (_, data, at, message) => {
    const issues = checkCalendar(data);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toEqual({ at, message: expect.stringMatching(message) });
  });
});
