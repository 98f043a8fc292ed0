import { expect, it } from 'vitest';
import { listDates } from './list-date.js';

const rome = listDates(undefined, 'Europe/Rome');

it.each([
  ['2026-02-03', '2026-02-03'],
  ['2026-02-03 11:00:00', '2026-02-03T11:00:00+01:00'],
  ['2026-02-03T11:00:00Z', '2026-02-03T11:00:00Z'],
  ['20110122T111244', '2011-01-22T11:12:44+01:00'],
  ['03 Nov 2025', '2025-11-03'],
  ['7-Feb-22', '2022-02-07'],
  ['12 marzo 2024', '2024-03-12'],
  ['23/04/2026', '2026-04-23'],
  ['04/23/2026', '2026-04-23'],
  ['3.4.2026', '2026-04-03'],
  ['03/04/2026', undefined],
  ['0/0/00', undefined],
  ['2026-02-30', undefined],
  ['12 Foo 2024', undefined],
  ['yes', undefined],
  ['', undefined],
])('%s is %s', (text, date) => expect(rome(text)).toBe(date));

it('reads what is unclear in the order and the zone of the format', () => {
  expect(listDates('day-first', 'Europe/Rome')('12-04-2025 09:30')).toBe('2025-04-12T09:30:00+02:00');
  expect(listDates('month-first', 'UTC')('12/04/2025')).toBe('2025-12-04');
});
