import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWhen } from './parse-when.js';

// A Friday, 11:00 in Rome.
const clock = { now: () => Date.parse('2026-11-20T10:00:00Z'), timeZone: 'Europe/Rome' };

function told(text: string): [string, ...string[]] {
  const notes: string[] = [];
  return [parseWhen(text, clock, (note) => notes.push(note)), ...notes];
}

it.each([
  [
    '2026-10-25 02:30',
    '2026-10-25T02:30:00+02:00',
    '02:30 comes twice on 2026-10-25 in Europe/Rome; the first is taken, and the second would be 2026-10-25T02:30:00+01:00',
  ],
  [
    '2026-03-29T2:30',
    '2026-03-29T03:30:00+02:00',
    '02:30 does not come on 2026-03-29 in Europe/Rome, where the clocks go forward; 2026-03-29T03:30:00+02:00 is taken',
  ],
  ['2026-10-25 03:00', '2026-10-25T03:00:00+01:00', undefined],
  ['2026-10-25T02:30:00+01:00', '2026-10-25T02:30:00+01:00', undefined],
  ['tomorrow 15:00', '2026-11-21T15:00:00+01:00', undefined],
  ['2026-10-25', '2026-10-25', undefined],
])('%s is %s', (text, when, note) => {
  expect(told(text)).toEqual(note === undefined ? [when] : [when, note]);
});

it('says nothing of times that are shown once', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }), (ms) => {
      const wall = new Date(ms).toISOString().slice(0, 16);
      const [when, ...notes] = told(wall);
      if (notes.length === 0) expect(when.slice(0, 16)).toBe(wall);
      else expect(wall.slice(5, 13)).toMatch(/^(?:03|10)-(?:2[5-9]|3[01])T02$/);
    }),
  );
});
