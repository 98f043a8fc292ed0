import { expect, it } from 'vitest';
import { paceOf } from './pace.js';

it('gives each message its own moment, and does not save up the idle ones', async () => {
  let now = 1000;
  const waits: number[] = [];
  const pace = paceOf(60, {
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  await Promise.all([pace(undefined), pace(undefined), pace(undefined)]);
  expect(waits).toEqual([1000, 2000]);
  now = 100_000;
  await Promise.all([pace(undefined), pace(undefined)]);
  expect(waits).toEqual([1000, 2000, 1000]);
});
