import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { addBusinessTime, businessMinutesBetween } from './business-time.js';
import { calendarSchema, weekdays } from './calendar.js';
import { type BusinessCalendar, businessCalendar } from './open-hours.js';

type Row = Record<string, string>;

/** Figures published by others, Zendesk's biz among them, and some computed minute by minute elsewhere. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(process.env.ITACA_DATA ?? join(root, '../shared/data'), 'process');
const rowsOf = (file: string): Row[] => parse(readFileSync(join(folder, file)), { columns: true });
const vectors = existsSync(folder) ? rowsOf('business_time_vectors.csv') : [];
const deadlines = existsSync(folder)
  ? rowsOf('reference.csv').filter(({ topic }) => topic === 'biz deadline')
  : [];

describe('published business times', () => {
  if (!existsSync(folder)) it.skip('skipped: no data', () => {});

  for (const row of vectors) {
    it(`${row.source}: ${row.note}`, () => {
      const minutes = businessMinutesBetween(
        Date.parse(row.start_utc!),
        Date.parse(row.end_utc!),
        calendarOf(row),
      );
      expect(minutes).toBe(Number(row.business_minutes));
    });
  }

  for (const row of deadlines) {
    it(`deadline ${row.case}`, () => {
      const [, start, count, unit = 's'] = /^(\S+) \+ -?(\d+) ?(s|min|h|d)?/.exec(row.inputs!)!;
      const amount = unit === 'd' ? `P${count}D` : `PT${count}${unit[0]!.toUpperCase()}`;
      const duration = row.case!.includes('before') && !row.case!.includes('opening') ? `-${amount}` : amount;
      const due = addBusinessTime(Date.parse(start!), duration, calendarOf(vectors[0]!));
      expect(due).toBe(Date.parse(row.value!));
    });
  }
});

/** `mon-fri=09:00-13:00,14:00-18:00;sat=11:00-14:30` in a zone, with holidays apart by `|`. */
function calendarOf(row: Row): BusinessCalendar {
  const week: Record<string, string[]> = {};
  for (const part of row.schedule!.split(';')) {
    const [days, hours] = part.split('=') as [string, string];
    const [first, last = first] = days
      .split('-')
      .map((day) => (weekdays as readonly string[]).indexOf(day)) as [number];
    for (const day of weekdays.slice(first, last + 1)) week[day] = hours.split(',');
  }
  const file = calendarSchema.parse({ timezone: row.time_zone, week });
  const holidays = row.holidays!.split('|');
  return businessCalendar('office', file, (date) => holidays.includes(date));
}
