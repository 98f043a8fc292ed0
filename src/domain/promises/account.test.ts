import { describe, expect, it } from 'vitest';
import { proofOfBreach, wasLate } from './account.js';

const at = (day: number) => Date.UTC(2026, 9, day);
const calls = [3, 5, 7, 9].map((day) => ({ ref: `call-${day}`, at: at(day) }));
const now = at(20);

describe('the proof that a promise was broken', () => {
  it('is the first thing that came after it was due', () => {
    expect(proofOfBreach({ due: at(4), ended: undefined }, calls, now)?.ref).toBe('call-5');
    expect(proofOfBreach({ due: at(5), ended: undefined }, calls, now)?.ref).toBe('call-5');
  });

  it('came before the promise was kept, or when it was', () => {
    expect(proofOfBreach({ due: at(4), ended: at(6) }, calls, now)?.ref).toBe('call-5');
    expect(proofOfBreach({ due: at(4), ended: at(5) }, calls, now)?.ref).toBe('call-5');
    expect(proofOfBreach({ due: at(5) + 1, ended: at(6) }, calls, now)).toBeUndefined();
  });

  it('is none where the promise was kept in time, is not due yet, or is due some time', () => {
    expect(proofOfBreach({ due: at(4), ended: at(4) }, calls, now)).toBeUndefined();
    expect(proofOfBreach({ due: at(4), ended: undefined }, calls, at(3))).toBeUndefined();
    expect(proofOfBreach({ due: undefined, ended: undefined }, calls, now)).toBeUndefined();
  });

  it('has happened', () => {
    expect(proofOfBreach({ due: at(8), ended: undefined }, calls, at(8) + 1)).toBeUndefined();
  });
});

it('a promise is late that had not ended when it was due', () => {
  expect(wasLate({ due: at(4), ended: at(4) + 1 }, now)).toBe(true);
  expect(wasLate({ due: at(4), ended: at(4) }, now)).toBe(false);
  expect(wasLate({ due: at(21), ended: undefined }, now)).toBe(false);
});
