import { expect, it } from 'vitest';
import { type ChannelMeter, tallyChannels } from './tally-channels.js';

const hour = 3_600_000;
const silence = { open_days: 0, chance: null, alarm: false };
const meter: ChannelMeter = {
  owner: 'anna',
  minutes: (from, to) => (to - from) / 60_000,
  due: (at) => at + 8 * hour,
  silence: () => silence,
};
const message = (at: number, answered: number | null | undefined, address: string | null = null) => ({
  channel: 'email',
  address,
  at: at * hour,
  answered: typeof answered === 'number' ? answered * hour : answered,
});

it('counts each message once for its channel and once for its address', () => {
  const messages = [
    message(0, null, 'a'),
    message(10, 12, 'a'),
    message(11, 21, 'b'),
    message(12, null, 'b'),
    message(13, undefined),
    message(30, 34, 'b'),
  ];
  const rows = tallyChannels(
    messages,
    (at) => at >= 10 * hour,
    ['phone'],
    () => meter,
    40 * hour,
  );
  expect(rows).toMatchObject([
    {
      ...{
        channel: 'email',
        address: null,
        received: 5,
        answered: 3,
        waiting: 1,
        unasked: 1,
        share_answered: 0.75,
      },
      // What waits since before the period is the oldest all the same.
      ...{ median_minutes: 240, late: 2, oldest: 0, last: 30 * hour },
    },
    { address: 'a', received: 1, answered: 1, waiting: 0, late: 0, oldest: 0, median_minutes: 120 },
    { address: 'b', received: 3, answered: 2, waiting: 1, late: 2, oldest: 12 * hour, median_minutes: 420 },
    { channel: 'phone', received: 0, share_answered: null, median_minutes: null, oldest: null, last: null },
  ]);
});

it('is late only where the channel promises an answer', () => {
  const none = { ...meter, due: () => null };
  const [row] = tallyChannels(
    [message(0, null)],
    () => true,
    [],
    () => none,
    1000 * hour,
  );
  expect(row).toMatchObject({ late: 0, waiting: 1 });
});
