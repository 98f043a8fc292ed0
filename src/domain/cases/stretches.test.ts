import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import { agreesWithState, reopenings, stretchesOf } from './stretches.js';

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T09:00:00Z`;
const kase = (some: object): Case => ({ title: 'x', state: 'open', opened_at: day(1), ...some }) as Case;
const of = (some: object) => stretchesOf({ data: kase(some), merged: [], interactions: [] }, undefined);
const brief = (some: object) =>
  of(some).map(({ state, from }) => `${state} ${new Date(from).toISOString().slice(8, 10)}`);

describe('the states of a case one after another', () => {
  it('are those of its moves', () => {
    const history = [
      { at: day(1), to: 'new' },
      { at: day(2), from: 'new', to: 'open' },
      { at: day(3), activity: 'accept' },
      { at: day(4), from: 'open', to: 'resolved' },
    ];
    expect(brief({ history })).toEqual(['new 01', 'open 02', 'resolved 04']);
  });

  it('begin where the first move came from', () => {
    expect(brief({ history: [{ at: day(2), from: 'open', to: 'resolved' }] })).toEqual([
      'open 01',
      'resolved 02',
    ]);
  });

  it('are one from the opening on where it has no history, as far as its clocks run then', () => {
    expect(brief({ state: 'open' })).toEqual(['open 01']);
    expect(brief({ state: 'open', history: [] })).toEqual(['open 01']);
    expect(brief({ state: 'open', history: null })).toEqual(['open 01']);
    // Since when it rests, or is done, or what an unreadable history says, is not known.
    for (const some of [{ state: 'waiting_customer' }, { state: 'closed' }, { state: 'open', history: 'x' }])
      expect(agreesWithState(of(some), kase(some).state)).toBe(false);
  });

  it('count a move of an earlier time as of the same moment', () => {
    const history = [
      { at: day(5), from: 'new', to: 'open' },
      { at: day(3), from: 'open', to: 'resolved' },
    ];
    expect(brief({ history })).toEqual(['new 01', 'open 05', 'resolved 05']);
  });

  it('know nothing of a merge that was taken back, which is no reopening', () => {
    const history = [
      { at: day(2), from: 'new', to: 'open' },
      { at: day(3), from: 'open', to: 'merged' },
      { at: day(4), from: 'merged', to: 'open' },
    ];
    expect(brief({ history })).toEqual(['new 01', 'open 02']);
    expect(reopenings(of({ history }))).toEqual([]);
    expect(brief({ history: history.slice(0, 2) })).toEqual(['new 01', 'open 02', 'merged 03']);
  });

  it('pass over entries that cannot be read', () => {
    const history = [null, 'x', { to: 'closed' }, { at: 'monday', to: 'closed' }, { at: day(2), to: 'open' }];
    expect(brief({ history })).toEqual(['new 01', 'open 02']);
  });
});

it('names the moments at which it was taken up again', () => {
  const history = [
    { at: day(2), to: 'resolved' },
    { at: day(3), from: 'resolved', to: 'closed' },
    { at: day(4), from: 'closed', to: 'open' },
  ];
  expect(reopenings(of({ history }))).toEqual([Date.parse(day(4))]);
});
