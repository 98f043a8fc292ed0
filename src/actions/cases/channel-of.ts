import { ItacaError } from '../../domain/error.js';
import { type Channel, channels } from '../../domain/interactions/channels.js';

/**
 * A channel by its name.
 * @throws ItacaError `usage` for another name
 */
export function channelOf(name: string): Channel {
  const channel = channels.find((one) => one === name);
  if (channel) return channel;
  throw new ItacaError('usage', `"${name}" is not a channel`, {
    hint: `channels are: ${channels.join(', ')}`,
  });
}
