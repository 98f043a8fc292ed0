import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { inTurn, row } from './measure.js';

const dues = 20_000;
const hourMs = 3_600_000;

/** What a deadline in open hours costs, over a year with the holidays of Italy, beside an addition by Temporal. */
export async function benchCalendar(folder) {
  const {
    addBusinessTime,
    addDuration,
    businessMinutesBetween,
    businessCalendar,
    calendarSchema,
    loadHolidays,
    Temporal,
  } = await bundled(folder);
  const day = ['09:00-13:00', '14:00-18:00'];
  const file = calendarSchema.parse({
    timezone: 'Europe/Rome',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day },
    holidays: { country: 'IT' },
    exceptions: [{ date: '12-07', hours: [] }],
  });
  const isHoliday = await loadHolidays({ country: 'IT' });
  const fresh = () => businessCalendar('office', file, isHoliday);
  const calendar = fresh();
  const start = Date.parse('2026-01-01T00:00:00Z');
  const moments = Array.from({ length: dues }, (_, n) => start + ((n * 7919) % 8760) * hourMs + n);
  const microseconds = (times, work) => () => {
    const began = performance.now();
    for (let i = 0; i < times; i++) work(moments[i]);
    return ((performance.now() - began) * 1000) / times;
  };
  const [temporal, hours, year, days, between, wall, first] = inTurn(9, [
    microseconds(dues, (at) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Rome').add({ days: 2 }),
    ),
    microseconds(dues, (at) => addBusinessTime(at, 'PT8H', calendar)),
    // As many open hours as a year of the office has.
    microseconds(dues, (at) => addBusinessTime(at, 'PT2000H', calendar)),
    microseconds(dues, (at) => addBusinessTime(at, 'P2D', calendar)),
    microseconds(dues, (at) => businessMinutesBetween(at, at + 8760 * hourMs, calendar)),
    microseconds(dues, (at) => addDuration(at, 'P30D', 'Europe/Rome')),
    microseconds(1, (at) => addBusinessTime(at, 'PT2000H', fresh())),
  ]);
  const limit = { value: 1, text: 'a Temporal addition of 2 days', unit: ' ×' };
  const detail = (us) => `${us.toFixed(2)} µs / ${temporal.toFixed(2)} µs`;
  row('due in 8 open hours', limit, hours / temporal, detail(hours));
  row('due in 2,000 open hours, a year', limit, year / temporal, detail(year));
  row('due in 2 open days', limit, days / temporal, detail(days));
  row('open minutes of a year', limit, between / temporal, detail(between));
  row('due in 30 days on the wall', limit, wall / temporal, detail(wall));
  const once = { value: 20, text: '20 ms', unit: ' ms' };
  row('the first due over a year', once, first / 1000, 'a calendar nobody has asked, its years computed');
}

/** The code as it is in the source: the program has no door to it that is narrow enough to measure. */
async function bundled(folder) {
  const from = (path) => JSON.stringify(join(import.meta.dirname, '../src/domain/calendars', path));
  const outfile = join(folder, 'calendar.mjs');
  buildSync({
    stdin: {
      contents: [
        `export * from ${from('business-time.ts')};`,
        `export * from ${from('open-hours.ts')};`,
        `export * from ${from('calendar.ts')};`,
        `export * from ${from('holidays.ts')};`,
        `export { addDuration } from ${from('../time/clock.ts')};`,
        `export { Temporal } from 'temporal-polyfill';`,
      ].join('\n'),
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  return import(pathToFileURL(outfile).href);
}
