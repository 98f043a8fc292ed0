import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessTime, businessMinutesBetween } from './business-time.js';
import { calendarSchema, weekdays } from './calendar.js';
import { loadFeed } from './feed.js';
import { businessCalendar } from './open-hours.js';

const rome = 'Europe/Rome';
const wrap = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'];
const closed = async (dates: string[], ...lines: string[]) => {
  const feed = await loadFeed(wrap(...event(...lines)), rome);
  expect(feed.faults).toEqual([]);
  return dates.filter((date) => feed.isClosed(date));
};

describe('the days that a feed closes', () => {
  it.each<[string, string[], string[], string[]]>([
    ['one day', ['DTSTART;VALUE=DATE:20261207'], ['2026-12-06', '2026-12-07', '2026-12-08'], ['2026-12-07']],
    [
      'several, the end not among them, over the turn of the year',
      ['DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102'],
      ['2026-12-29', '2026-12-30', '2027-01-01', '2027-01-02'],
      ['2026-12-30', '2027-01-01'],
    ],
    [
      'an end on the same day, as some write it',
      ['DTSTART:20261207', 'DTEND:20261207'],
      ['2026-12-07', '2026-12-08'],
      ['2026-12-07'],
    ],
    ['for a time', ['DTSTART:20261207', 'DURATION:P1W'], ['2026-12-13', '2026-12-14'], ['2026-12-13']],
    [
      'every year',
      ['DTSTART:20201207', 'RRULE:FREQ=YEARLY'],
      ['2019-12-07', '2020-12-07', '2055-12-07', '2126-12-07', '2027-12-08'],
      ['2020-12-07', '2055-12-07', '2126-12-07'],
    ],
    [
      'every year, but one',
      ['DTSTART:20201207', 'RRULE:FREQ=YEARLY', 'EXDATE;VALUE=DATE:20271207,20291207', 'RDATE:20271209'],
      ['2026-12-07', '2027-12-07', '2027-12-09', '2028-12-07', '2029-12-07'],
      ['2026-12-07', '2027-12-09', '2028-12-07'],
    ],
    [
      'till a day, which counts',
      ['DTSTART:20261204', 'RRULE:FREQ=WEEKLY;UNTIL=20261218'],
      ['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25'],
      ['2026-12-04', '2026-12-11', '2026-12-18'],
    ],
    [
      'the first Monday of a month, three times',
      ['DTSTART:20261207', 'RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=3'],
      ['2026-12-07', '2027-01-04', '2027-02-01', '2027-03-01'],
      ['2026-12-07', '2027-01-04', '2027-02-01'],
    ],
    [
      '29 February only where there is one',
      ['DTSTART:20240229', 'RRULE:FREQ=YEARLY'],
      ['2024-02-29', '2025-03-01', '2027-02-28', '2028-02-29'],
      ['2024-02-29', '2028-02-29'],
    ],
    [
      'the last day of some months',
      ['DTSTART:20260131', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=1,2,4'],
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2028-02-29'],
      ['2026-01-31', '2026-02-28', '2026-04-30', '2028-02-29'],
    ],
  ])('%s', async (_, lines, dates, expected) => {
    expect(await closed(dates, ...lines)).toEqual(expected);
  });

  it('but not those of an event that is off, or takes no time', async () => {
    const dates = ['2026-12-06', '2026-12-07', '2026-12-08', '2026-12-09'];
    const feed = await loadFeed(
      wrap(
        ...event('DTSTART:20261206'),
        ...event('DTSTART:20261207', 'STATUS:CANCELLED'),
        ...event('DTSTART:20261208', 'TRANSP:TRANSPARENT'),
        ...event('DTSTART:20261209', 'STATUS:TENTATIVE'),
      ),
      rome,
    );
    expect(dates.filter((date) => feed.isClosed(date))).toEqual(['2026-12-06']);
  });

  it('and an occurrence that was moved is closed where it was moved to', async () => {
    const feed = await loadFeed(
      wrap(
        ...event('DTSTART:20201207', 'RRULE:FREQ=YEARLY'),
        ...event('RECURRENCE-ID:20271207', 'DTSTART:20271206'),
        ...event('RECURRENCE-ID:20281207', 'DTSTART:20281207', 'STATUS:CANCELLED'),
      ),
      rome,
    );
    const dates = ['2026-12-07', '2027-12-06', '2027-12-07', '2028-12-07', '2029-12-07'];
    expect(dates.filter((date) => feed.isClosed(date))).toEqual(['2026-12-07', '2027-12-06', '2029-12-07']);
  });
});

describe('the hours that a feed closes', () => {
  const open = async (from: string, to: string, ...lines: string[]) => {
    const file = calendarSchema.parse({
      timezone: rome,
      week: Object.fromEntries(weekdays.map((day) => [day, ['09:00-13:00', '14:00-18:00']])),
      exceptions: [{ date: '2026-12-08', hours: ['09:00-18:00'] }],
    });
    const feed = await loadFeed(wrap(...event(...lines)), rome);
    expect(feed.faults).toEqual([]);
    const calendar = businessCalendar('office', file, feed.isClosed, feed.closedBetween);
    return businessMinutesBetween(Date.parse(from), Date.parse(to), calendar);
  };
  const day = ['2026-12-07T00:00+01:00', '2026-12-08T00:00+01:00'] as const;

  it.each<[string, string[], number]>([
    ['on the wall of the calendar', ['DTSTART:20261207T120000', 'DTEND:20261207T150000'], 360],
    ['in Greenwich', ['DTSTART:20261207T110000Z', 'DURATION:PT30M'], 450],
    [
      'in another zone',
      [
        'DTSTART;TZID=America/New_York:20261207T060000',
        'DTEND;TZID="/x.org/America/New_York":20261207T063000',
      ],
      450,
    ],
    [
      'every week, in winter as in summer',
      [
        'DTSTART;TZID=Europe/Rome:20260706T120000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;UNTIL=20261207T110000Z',
      ],
      420,
    ],
    [
      'every week till the one before',
      [
        'DTSTART;TZID=Europe/Rome:20260706T120000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;UNTIL=20261207T105959Z',
      ],
      480,
    ],
    [
      'every week, but this one',
      [
        'DTSTART:20260706T120000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,TU',
        'EXDATE:20261207T110000Z',
      ],
      480,
    ],
    ['no time at all', ['DTSTART:20261207T120000'], 480],
  ])('%s', async (_, lines, minutes) => {
    expect(await open(...day, ...lines)).toBe(minutes);
  });

  it('but an exception holds', async () => {
    const lines = ['DTSTART:20261208T120000', 'DTEND:20261208T150000'];
    expect(await open('2026-12-08T00:00+01:00', '2026-12-09T00:00+01:00', ...lines)).toBe(540);
  });
});

describe('a feed that is broken', () => {
  it.each<[string, string, number, RegExp]>([
    ['nothing', '', 1, /empty/],
    ['a page', '<!doctype html>\n', 1, /no iCalendar file/],
    ['UTF-16', '\uFFFD\uFFFDB\0E\0G\0I\0N\0', 1, /no iCalendar file/],
    ['no end', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261207\n', 2, /BEGIN:VEVENT has no END/],
    [
      'another end',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VALARM\n',
      3,
      /END:VALARM ends BEGIN:VEVENT of line 2/,
    ],
    ['no line', wrap('what is this'), 3, /"what is this" is no line/],
    ['no start', wrap(...event('SUMMARY:x')), 3, /no DTSTART/],
    ['no date', wrap(...event('SUMMARY:folded', ' text', 'DTSTART:20260231')), 7, /"20260231" is not a date/],
    ['a hasty end', wrap(...event('DTSTART:20261207', 'DTEND:20261206')), 6, /lies before/],
    ['a mixed end', wrap(...event('DTSTART:20261207', 'DTEND:20261207T120000')), 6, /one is a date/],
    ['no duration', wrap(...event('DTSTART:20261207', 'DURATION:1 day')), 6, /not a duration/],
    [
      'no zone',
      wrap(...event('DTSTART;TZID=W. Europe Standard Time:20261207T120000')),
      5,
      /no IANA time zone/,
    ],
    ['no rule', wrap(...event('DTSTART:20261207', 'RRULE:FREQ=OFTEN')), 6, /RRULE: /],
    [
      'seconds',
      wrap(...event('DTSTART:20261207', 'RRULE:FREQ=SECONDLY')),
      6,
      /FREQ=SECONDLY: a closure recurs by the day/,
    ],
    ['all transparent', wrap(...event('DTSTART:20261207', 'TRANSP:TRANSPARENT')), 3, /closes anything/],
  ])('says what and where: %s', async (_, text, line, message) => {
    const { faults } = await loadFeed(text, rome);
    expect(faults[0]).toMatchObject({ line, message: expect.stringMatching(message) });
  });

  it('and one that never comes to an end does', async () => {
    const began = performance.now();
    for (const [rule, count] of [
      ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 1],
      ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', 1],
      ['FREQ=DAILY;BYMONTH=13', 1],
      ['FREQ=DAILY;INTERVAL=0', 1],
      ['FREQ=DAILY;INTERVAL=-1', 1],
      ['FREQ=DAILY;BYHOUR=1,2,3', 1],
      ['FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15,16,17', 0],
      ['FREQ=DAILY;INTERVAL=7;BYDAY=MO', 1],
      ['FREQ=DAILY', 0],
    ] as const) {
      const feed = await loadFeed(wrap(...event('DTSTART:20260131', `RRULE:${rule}`)), rome);
      expect([rule, feed.faults.length]).toEqual([rule, count]);
      feed.isClosed('2126-01-31');
    }
    const daily = await loadFeed(wrap(...event('DTSTART:20260101', 'RRULE:FREQ=DAILY')), rome);
    const file = calendarSchema.parse({ timezone: rome, week: { mon: ['09:00-17:00'] } });
    const calendar = businessCalendar('office', file, daily.isClosed, daily.closedBetween);
    expect(() => addBusinessTime(Date.parse('2026-11-20T10:00Z'), 'PT1H', calendar)).toThrow('hundred years');
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('never ends the program, whatever it holds', async () => {
    const piece = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'END:VCALENDAR',
      'DTSTART:20260131',
      'DTSTART;TZID=Europe/Rome:20260131T100000',
      'DTEND:20260203',
      'RRULE:FREQ=DAILY;COUNT=3',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU',
      'EXDATE:20260201',
      'RECURRENCE-ID:20260201',
      'UID:1',
      ' folded',
      '',
    );
    const line = fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: fc.string() });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 14 }), fc.boolean(), async (lines, isFramed) => {
        const feed = await loadFeed(isFramed ? wrap(...event(...lines)) : lines.join('\n'), rome);
        feed.isClosed('2027-02-01');
        feed.closedBetween(Date.UTC(2026, 0, 31), Date.UTC(2026, 1, 1));
        for (const fault of feed.faults) expect(fault.line).toBeGreaterThan(0);
      }),
    );
  });
});
