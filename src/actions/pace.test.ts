import { expect, it } from 'vitest';
import { type Limit, paceOf } from './pace.js';

/** A clock that only sleeping moves. */
function paced(all: Limit, domains: Record<string, Limit> = {}) {
  const clock = { at: 1000 };
  const pace = paceOf(all, (domain) => domains[domain], {
    now: () => clock.at,
    sleep: async (milliseconds) => {
      clock.at += milliseconds;
    },
  });
  const take = async (waiting: string[], signal?: AbortSignal) => [
    await pace.take(waiting, (address) => address, signal),
    clock.at,
  ];
  return { pace, clock, take };
}

it('gives each message its own moment, and does not save up the idle ones', async () => {
  const { take, clock } = paced({ perMinute: 60 });
  const waiting = ['a@x', 'b@x', 'c@x'];
  expect([await take(waiting), await take(waiting), await take(waiting)]).toEqual([
    ['a@x', 1000],
    ['b@x', 2000],
    ['c@x', 3000],
  ]);
  clock.at = 100_000;
  const more = ['d@x', 'e@x'];
  expect([await take(more), await take(more), await take(more)]).toEqual([
    ['d@x', 100_000],
    ['e@x', 101_000],
    [undefined, 101_000],
  ]);
});

it('lets another domain go first while one must wait', async () => {
  const { take } = paced({}, { 'slow.example': { perMinute: 6 } });
  const waiting = ['a@slow.example', 'b@Slow.example', 'c@quick.example', 'd@quick.example'];
  expect(await take(waiting)).toEqual(['a@slow.example', 1000]);
  expect(await take(waiting)).toEqual(['c@quick.example', 1000]);
  expect(await take(waiting)).toEqual(['d@quick.example', 1000]);
  expect(await take(waiting)).toEqual(['b@Slow.example', 11_000]);
});

it('keeps to the connections of a domain until one is given back', async () => {
  const { pace, clock, take } = paced({}, { 'narrow.example': { connections: 1 } });
  const waiting = ['a@narrow.example', 'b@narrow.example'];
  expect(await take(waiting)).toEqual(['a@narrow.example', 1000]);
  const second = take(waiting);
  pace.left('a@narrow.example');
  expect((await second)[0]).toBe('b@narrow.example');
  expect(clock.at).toBeLessThan(1100);
});

it('holds up nobody any more once the send is stopped', async () => {
  const { take } = paced({ perMinute: 1 });
  const waiting = ['a@x', 'b@x'];
  await take(waiting);
  expect(await take(waiting, AbortSignal.abort())).toEqual(['b@x', 1000]);
});
