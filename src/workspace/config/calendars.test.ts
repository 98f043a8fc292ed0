import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addBusinessTime } from '../../domain/calendars/business-time.js';
import { calendarNames, readCalendar, readCalendars } from './calendars.js';

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
