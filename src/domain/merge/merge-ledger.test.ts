import { describe, expect, it } from 'vitest';
import { withId } from '../sending/journal-line.js';
import { mergeFrozen, mergeLedgers } from './merge-ledger.js';

const line = (event: string) => `${JSON.stringify(withId({ event }))}\n`;
const [a, b, c] = ['a', 'b', 'c'].map(line) as [string, string, string];

describe('merging ledgers', () => {
  it('keeps our lines as they stand and adds what only the other side has', () => {
    expect(mergeLedgers(a + c, a + b)).toEqual({ text: a + c + b, conflict: false });
    expect(mergeLedgers('', a)).toEqual({ text: a, conflict: false });
    expect(mergeLedgers(a + b, a)).toEqual({ text: a + b, conflict: false });
  });

  it('drops what a crash left where the other side has the whole line', () => {
    expect(mergeLedgers(a + b.slice(0, 9), a + b)).toEqual({ text: a + b, conflict: false });
  });

  it('guesses nothing about a line that is whole nowhere, or was changed afterwards', () => {
    expect(mergeLedgers(`${a}{"id":"tor`, a + b).conflict).toBe(true);
    const forged = b.replace('"b"', '"B"');
    const merged = mergeLedgers(a + b, a + forged);
    expect(merged).toEqual({
      text: `${a}<<<<<<< ours\n${b}=======\n${forged}>>>>>>> theirs\n`,
      conflict: true,
    });
  });

  it('never joins two frozen plans', () => {
    expect(mergeFrozen(a, a)).toEqual({ text: a, conflict: false });
    expect(mergeFrozen(a + b, a + c).conflict).toBe(true);
  });
});
