import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InboxBook } from './book.js';
import type { InboxLine } from './ledger.js';

const line = (event: string, minute: number, more: object = {}) =>
  ({
    id: `${event}${minute}${JSON.stringify(more)}`,
    event,
    message: 'm',
    at: `2026-11-20T10:0${minute}:00Z`,
    source: 's',
    place: `${minute}`,
    why: '',
    records: [],
    ...more,
  }) as unknown as InboxLine;

it('says the same of a message in whichever order the lines of two clones are read', () => {
  const lines = [
    line('received', 1),
    line('again', 2),
    line('dismissed', 3, { by: 'anna' }),
    line('filed', 4, { by: 'dino', records: ['r'] }),
    line('dismissed', 5, { by: 'anna' }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (some) => {
      const book = new InboxBook();
      for (const one of some) book.add(one);
      // What is filed is on file, whatever another clone said meanwhile.
      expect(book.get('m')).toMatchObject({
        state: 'filed',
        decision: { by: 'dino' },
        again: [{ event: 'again' }],
      });
      expect(book.knows('s', '2')).toBe(true);
      expect(book.strangers()).toEqual([]);
    }),
  );
});

it('counts a person’s word before that of a rule at the same time', () => {
  const book = new InboxBook();
  for (const one of [
    line('received', 1),
    line('dismissed', 2, { by: 'anna', why: 'x' }),
    line('dismissed', 2),
  ])
    book.add(one);
  expect(book.get('m')?.decision?.by).toBe('anna');
});

it('tells of lines whose message never came', () => {
  const book = new InboxBook();
  book.add(line('filed', 1));
  expect(book.strangers()).toEqual([{ message: 'm', lines: [expect.objectContaining({ event: 'filed' })] }]);
});
