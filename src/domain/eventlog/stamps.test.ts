import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dateOrder, stampReader } from './stamps.js';

const rome = stampReader('Europe/Rome', 'day-first');

describe('a stamp', () => {
  it.each([
    ['2012/10/09 14:50:17.000', '2012-10-09T14:50:17+02:00'],
    ['2012-10-09T14:50:17', '2012-10-09T14:50:17+02:00'],
    ['2012-10-09 14:50:17.120', '2012-10-09T14:50:17.12+02:00'],
    ['2012-10-09T14:50:17.123456-05:00', '2012-10-09T14:50:17.123456-05:00'],
    ['2012-10-09T14:50:17+0530', '2012-10-09T14:50:17+05:30'],
    ['2012-10-09 14:50:17 UTC', '2012-10-09T14:50:17Z'],
    ['2012-10-09', '2012-10-09T00:00:00+02:00'],
    ['9.10.2012 7:05', '2012-10-09T07:05:00+02:00'],
    ['31/12/2012 11:30 PM', '2012-12-31T23:30:00+01:00'],
    ['31/12/2012 12:30 a.m.', '2012-12-31T00:30:00+01:00'],
    // The hour that the clocks skip, and the one that they show twice.
    ['2026-03-29 02:30:00', '2026-03-29T03:30:00+02:00'],
    ['2026-10-25 02:30:00', '2026-10-25T02:30:00+02:00'],
  ])('%s is %s', (text, expected) => {
    const stamp = rome(text);
    expect(stamp).toMatchObject({ text: expected });
    expect('ms' in stamp && stamp.ms).toBe(Date.parse(expected));
  });

  it.each([
    ['31/02/2012 10:00', 'the calendar has no 2012-02-31'],
    ['2011-02-29', 'the calendar has no 2011-02-29'],
    ['0000-00-00 00:00:00', 'the calendar has no 0000-00-00'],
    ['2012-10-09 25:00', 'the clock has no 25:00'],
    ['2012-10-09 24:00:00', 'the clock has no 24:00'],
    ['2012-10-09 13:00 pm', 'the clock has no 13:00'],
    ['2012-10-09T10:00:00+99:00', 'no place is +99:00 from UTC'],
    ['soon', '"soon" is no time'],
    ['1350000000', '"1350000000" is no time'],
    ['2012-10/09', '"2012-10/09" is no time'],
  ])('%s is refused: %s', (text, why) => {
    expect(rome(text)).toEqual({ wrong: expect.stringContaining(why) });
  });

  it('by the clock of a zone is the moment that Temporal finds', () => {
    const first = Date.UTC(1980, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 * 366 * 86_400 }),
        fc.constantFrom('Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'),
        (seconds, zone) => {
          const local = new Date(first + seconds * 1000).toISOString().slice(0, 19);
          const stamp = stampReader(zone, undefined)(local);
          const moment = Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
          expect(stamp).toEqual({
            ms: moment.epochMilliseconds,
            text: moment.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
          });
        },
      ),
    );
  });

  it('never brings down its reader', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => typeof rome(text) === 'object'));
  });
});

describe('the order of day and month', () => {
  const of = (texts: string[], country?: string) =>
    dateOrder(
      texts.map((text, i) => ({ text, line: i + 2 })),
      country,
      'log.csv',
    );

  it('is told by a stamp that fits one only', () => {
    expect(of(['03/04/2026', '13/04/2026'])).toBe('day-first');
    expect(of(['03/04/2026', '04/13/2026'], 'IT')).toBe('month-first');
    expect(of(['03.04.2026'])).toBe('day-first');
    expect(of(['2026-04-03 10:00'])).toBeUndefined();
  });

  it('is else that of the country, or a question with a line', () => {
    expect(of(['03/04/2026'], 'IT')).toBe('day-first');
    expect(of(['03/04/2026'], 'US')).toBe('month-first');
    expect(() => of(['2026-01-01', '03/04/2026'])).toThrow(
      expect.objectContaining({ code: 'invalid', line: 3, hint: expect.stringContaining('--dates') }),
    );
  });

  it('is one: two that contradict each other are an error with a line', () => {
    expect(() => of(['13/04/2026', '04/13/2026'])).toThrow(
      expect.objectContaining({ code: 'invalid', line: 3, path: 'log.csv' }),
    );
  });
});
