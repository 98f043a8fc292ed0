import { isUnreached } from '../cases/case-file.js';
import type { Interaction } from '../interactions/interaction.js';
import { isBefore } from '../time/order.js';

/** The ways in which the end of an agreement can be confirmed: the customer holds it in his hands afterwards. */
export const confirmingChannels: readonly string[] = ['email', 'letter', 'fax', 'chat'];

/** Ways that are called otherwise in a sentence. */
const spoken: Readonly<Record<string, string>> = {
  phone: 'call',
  social: 'post',
  web: 'web form',
  shop: 'talk in a shop',
};

/**
 * Why an interaction is no written confirmation that an agreement has ended; undefined where it is one.
 * @param toThem whether it went to the party of the agreement
 * @param requested when the end was asked for, where that is on file
 */
export function confirmationFault(
  { channel, direction, outcome, at }: Partial<Interaction>,
  toThem: boolean,
  requested: string | undefined,
): string | undefined {
  if (!confirmingChannels.includes(channel ?? ''))
    return `${aWord(channel ?? 'word')} is nothing in writing: it goes by ${confirmingChannels.join(', ')}`;
  if (direction !== 'outbound') return 'it is no word of ours';
  if (isUnreached(outcome)) return `it reached nobody (${outcome})`;
  if (!toThem) return 'it did not go to whose agreement it is';
  if (isBefore(at, requested)) return `it left before the end was asked for, on ${requested?.slice(0, 10)}`;
  return undefined;
}

function aWord(channel: string): string {
  const word = spoken[channel] ?? channel;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}
