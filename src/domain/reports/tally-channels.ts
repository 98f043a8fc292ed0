import { quantile } from './quantile.js';
import { share } from './share.js';
import type { Silence } from './silence.js';

/** A message that came in, and what became of it. */
export interface ChannelMessage {
  channel: string;
  /** The firm's own address or number that it came in by, as it is compared; null where it is not on file. */
  address: string | null;
  /** Epoch milliseconds. */
  at: number;
  /** When it was answered first, epoch milliseconds; null while it waits; undefined where it asks for no answer. */
  answered: number | null | undefined;
}

/** How time counts for a channel or an address. Moments are epoch milliseconds. */
export interface ChannelMeter {
  owner: string | null;
  /** Minutes between two moments in which somebody is there. */
  minutes(from: number, to: number): number;
  /** When an answer is due; null where the channel promises none. */
  due(at: number): number | null;
  silence(times: readonly number[]): Silence;
}

/** The health of a channel, or of one of its addresses. received = answered + waiting + unasked. */
export interface ChannelHealth {
  channel: string;
  /** Null for the whole channel. */
  address: string | null;
  owner: string | null;
  received: number;
  answered: number;
  waiting: number;
  /** Those that ask for no answer. */
  unasked: number;
  /** Answered of those that ask for an answer, 0 to 1. */
  share_answered: number | null;
  /** To the first answer, in open hours. */
  median_minutes: number | null;
  /** Answered after the time that the channel promises, or not yet. */
  late: number;
  /** When the one that waits longest came, epoch milliseconds. */
  oldest: number | null;
  /** When the last one came, epoch milliseconds. */
  last: number | null;
  silence: Silence;
}

/**
 * The health of each channel, and of each address by which something came.
 * @param messages all that is looked at, in the order of time: silence is judged by all of them
 * @param inPeriod whether a moment lies in the period: received, answered and late are of it; what waits, waits whenever it
 *   came
 * @param named channels that have to be there, whether anything came or not
 */
export function tallyChannels(
  messages: readonly ChannelMessage[],
  inPeriod: (at: number) => boolean,
  named: readonly string[],
  meterOf: (channel: string, address: string | null) => ChannelMeter,
  now: number,
): ChannelHealth[] {
  const groups = new Map<string, { channel: string; address: string | null; messages: ChannelMessage[] }>();
  const groupFor = (channel: string, address: string | null) => {
    const key = JSON.stringify([channel, address]);
    const group = groups.get(key) ?? { channel, address, messages: [] };
    groups.set(key, group);
    return group.messages;
  };
  for (const channel of named) groupFor(channel, null);
  for (const message of messages) {
    groupFor(message.channel, null).push(message);
    if (message.address !== null) groupFor(message.channel, message.address).push(message);
  }
  return [...groups.values()]
    .map(({ channel, address, messages: own }) => ({
      channel,
      address,
      ...health(own, inPeriod, meterOf(channel, address), now),
    }))
    .sort((a, b) =>
      a.channel === b.channel ? byName(a.address ?? '', b.address ?? '') : byName(a.channel, b.channel),
    );
}

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function health(
  messages: readonly ChannelMessage[],
  inPeriod: (at: number) => boolean,
  { owner, minutes, due, silence }: ChannelMeter,
  now: number,
): Omit<ChannelHealth, 'channel' | 'address'> {
  const received = messages.filter(({ at }) => inPeriod(at));
  const asked = received.filter(({ answered }) => answered !== undefined);
  const took = asked.flatMap(({ at, answered }) =>
    typeof answered === 'number' ? [minutes(at, answered)] : [],
  );
  const late = asked.filter(({ at, answered }) => (due(at) ?? Number.POSITIVE_INFINITY) < (answered ?? now));
  const median = quantile(took, 0.5);
  return {
    owner,
    received: received.length,
    answered: took.length,
    waiting: asked.length - took.length,
    unasked: received.length - asked.length,
    share_answered: share(took.length, asked.length),
    median_minutes: median === null ? null : Math.round(median),
    late: late.length,
    oldest: messages.find(({ answered }) => answered === null)?.at ?? null,
    last: messages.at(-1)?.at ?? null,
    silence: silence(messages.map(({ at }) => at)),
  };
}
