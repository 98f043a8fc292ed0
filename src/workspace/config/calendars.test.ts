import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addBusinessTime } from '../../domain/calendars/business-time.js';
import { readCalendar, readCalendars } from './calendars.js';
import { calendarNames } from './definition-files.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'itaca-calendars-'));
  mkdirSync(join(root, 'calendars'));
});
afterEach(() => rmSync(root, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(join(root, 'calendars', `${name}.yaml`), text);

describe('the calendars of a workspace', () => {
  it('know the holidays of their country', async () => {
    write('office', 'timezone: Europe/Rome\nweek:\n  mon: ["09:00-13:00"]\nholidays: {country: IT}\n');
    const office = await readCalendar(root, 'office');
    const easter = Date.parse('2026-04-04T12:00+02:00');
    expect(new Date(addBusinessTime(easter, 'PT1H', office!)).toISOString()).toBe('2026-04-13T08:00:00.000Z');
  });

  it('know the patron saint of a town, each year, and what a feed closes', async () => {
    write(
      'office',
      [
        'timezone: Europe/Rome',
        'week:\n  mon: ["09:00-13:00"]\n  tue: ["09:00-13:00"]',
        'holidays:\n  country: IT\n  ics: [closures.ics]',
        'exceptions:\n  - date: 12-07\n    hours: []\n    why: Sant’Ambrogio\n',
      ].join('\n'),
    );
    const event = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'DTSTART:20261214', 'END:VEVENT', 'END:VCALENDAR'];
    writeFileSync(join(root, 'calendars', 'closures.ics'), event.join('\r\n'));
    const office = await readCalendar(root, 'office');
    const due = (from: string) => new Date(addBusinessTime(Date.parse(from), 'PT1H', office!)).toISOString();
    // Monday the 7th is the saint's, Tuesday the 8th a holiday, Monday the 14th closed by the feed.
    expect(due('2026-12-04T12:00+01:00')).toBe('2026-12-15T09:00:00.000Z');
    expect(due('2027-12-06T12:30+01:00')).toBe('2027-12-13T08:30:00.000Z');
  });

  it('read no feed that lies elsewhere', async () => {
    write('office', 'timezone: Europe/Rome\nweek: {mon: ["09:00-13:00"]}\nholidays:\n  ics: [x.ics]\n');
    writeFileSync(join(root, 'elsewhere.ics'), 'BEGIN:VCALENDAR\nEND:VCALENDAR\n');
    symlinkSync(join(root, 'elsewhere.ics'), join(root, 'calendars', 'x.ics'));
    await expect(readCalendar(root, 'office')).rejects.toMatchObject({
      message: 'holidays.ics: there is no calendars/x.ics',
      path: 'calendars/office.yaml',
      line: 4,
    });
  });

  it('read every example', async () => {
    cpSync(new URL('../../../examples/fair/calendars', import.meta.url), join(root, 'calendars'), {
      recursive: true,
    });
    expect(calendarNames(root)).toEqual(['office', 'showroom']);
    const calendars = await readCalendars(root, ['office', 'showroom', 'office', 'none']);
    expect([...calendars.keys()]).toEqual(['office', 'showroom']);
  });

  it('are found by name alone', async () => {
    write('office', 'timezone: Europe/Rome\n');
    for (const name of ['none', '', '../calendars/office', './office', 'office.yaml']) {
      expect(await readCalendar(root, name)).toBeUndefined();
    }
  });

  it.each([
    ['broken YAML', 'timezone: [', 'broken YAML', 1],
    ['an empty file', '', 'expected', 1],
    ['hours', 'timezone: Europe/Rome\nweek:\n  mon: ["09:00-13:00", 9-5]\n', 'week.mon.1: "9-5" is not', 3],
    [
      'a country',
      'timezone: Europe/Rome\nweek: {mon: ["09:00-13:00"]}\nholidays:\n  country: ZZ\n',
      'country "ZZ"',
      4,
    ],
    [
      'a region',
      'timezone: Europe/Rome\nweek: {mon: ["09:00-13:00"]}\nholidays:\n  country: DE\n  region: ZZ\n',
      'region "ZZ" of DE',
      5,
    ],
  ])('name the line of a mistake: %s', async (_, text, message, line) => {
    write('office', text);
    await expect(readCalendar(root, 'office')).rejects.toMatchObject({
      code: 'invalid',
      path: 'calendars/office.yaml',
      line,
      message: expect.stringContaining(message),
    });
  });
});
