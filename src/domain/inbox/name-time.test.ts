import { expect, it } from 'vitest';
import { nameTime } from './name-time.js';

it.each([
  ['2026-11-20 16-40 fax.pdf', '2026-11-20T15:40:00.000Z'],
  ['Scan_20261120_164033.tif', '2026-11-20T15:40:00.000Z'],
  ['2026-11-20T1640-marchetti.txt', '2026-11-20T15:40:00.000Z'],
  ['2026-07-01-disdetta.pdf', '2026-06-30T22:00:00.000Z'],
])('%s was made at %s', (name, expected) => {
  expect(new Date(nameTime(name, 'Europe/Rome') as number).toISOString()).toBe(expected);
});

it.each(['fax-0017.pdf', '2026-02-31.pdf', '120261120.pdf', 'scan.txt'])('%s does not tell', (name) => {
  expect(nameTime(name, 'Europe/Rome')).toBeUndefined();
});
