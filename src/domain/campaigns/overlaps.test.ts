import { describe, expect, it } from 'vitest';
import { type Mailing, overlapsOf } from './overlaps.js';

const mailing = (
  ref: string,
  office: string | null,
  at: number,
  people: string,
  planned = true,
): Mailing => ({
  ref,
  office,
  at,
  planned,
  people: new Set(people),
});
const of = (...mailings: Mailing[]) => Object.fromEntries(overlapsOf(mailings, 7));

describe('overlaps of campaigns', () => {
  it('are people whom two offices write to within the time', () => {
    const sales = mailing('a', 'sales', 0, 'xyz');
    expect(of(sales, mailing('b', 'club', 6, 'yzw'))).toEqual({
      a: [{ ref: 'b', people: 2 }],
      b: [{ ref: 'a', people: 2 }],
    });
    for (const other of [
      mailing('b', 'sales', 6, 'yzw'),
      mailing('b', 'club', 7, 'yzw'),
      mailing('b', 'club', 6, 'w'),
    ])
      expect(of(sales, other)).toEqual({ a: [], b: [] });
  });

  it('are told while one of the two can still be changed', () => {
    const past = mailing('a', 'sales', 0, 'x', false);
    expect(of(past, mailing('b', 'club', 1, 'x', false))).toEqual({ a: [], b: [] });
    expect(of(past, mailing('b', null, 1, 'x'))).toMatchObject({ a: [{ people: 1 }] });
  });
});
