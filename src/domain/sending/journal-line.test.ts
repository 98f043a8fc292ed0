import { expect, it } from 'vitest';
import { parseLine, withId } from './journal-line.js';

const line = withId({ event: 'sent', at: '2026-11-20T10:00:00Z', address: 'è@example.org' });

it('reads a line as it was written, also with its keys in another place', () => {
  expect(parseLine(JSON.stringify(line))).toEqual(line);
  const { id, ...rest } = line;
  expect(parseLine(JSON.stringify({ ...rest, id }))).toEqual(line);
  expect(parseLine(JSON.stringify(line).replace(':', ': '))).toEqual(line);
});

it.each([
  ['another word', JSON.stringify(line).replace('sent', 'rejected'), 'was changed after it was written'],
  [
    'a second id',
    JSON.stringify(line).replace(/}$/, `,"id":"${'1'.repeat(20)}"}`),
    'was changed after it was written',
  ],
  ['another id', JSON.stringify({ ...line, id: '0'.repeat(20) }), 'was changed after it was written'],
  ['no id', '{"event":"sent"}', 'has no id'],
  ['half of it', JSON.stringify(line).slice(0, -3), 'is not JSON'],
  ['a list', '[]', 'has no id'],
])('refuses one with %s', (_, text, why) => {
  expect(parseLine(text)).toContain(why);
});
