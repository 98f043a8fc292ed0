import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Tools } from '../tools.js';
import type { Effects } from './effects.js';
import type { ReadMessage } from './read-message.js';
import type { Who } from './who.js';
import type { InboxWorld } from './world.js';

/**
 * Writes to nobody who wants no more: by the message of ours that he names it is that one's purpose; in words, all purposes
 * that rest on consent or on an interest of ours.
 */
export async function unsubscribe(
  { message, receivedAt, id }: ReadMessage,
  who: Who | undefined,
  world: InboxWorld,
  effects: Effects,
  tools: Tools,
): Promise<string> {
  const told = { messageIds: [], tokens: tokensOf(message), tags: [], address: undefined };
  const sent = world.campaigns.find(told) ?? world.sequences.find(told) ?? who?.sent;
  if (sent && (who === undefined || who.contact === undefined || sent.message.contact === who.contact.ref))
    return (await effects.happened(sent, { event: 'unsubscribed', key: id }, receivedAt)) ?? '';
  const address = canonicalEmail(message.from[0]?.address ?? '');
  if (address === undefined) return 'it names no address that could be left alone';
  const { purposes } = tools.workspace.config;
  const wanted = Object.entries(purposes ?? {}).flatMap(([purpose, { basis }]) =>
    basis === 'consent' || basis === 'legitimate_interest' ? [purpose] : [],
  );
  const contact = who?.contact?.ref;
  const source = `inbox ${id}`;
  for (const scope of purposes ? wanted : ['all'])
    effects.wish({
      address,
      contact,
      scope,
      reason: 'unsubscribed',
      at: receivedAt,
      source,
      purposes: purposes ? [scope] : [],
    });
  return `${address} gets no more ${purposes ? wanted.join(', ') : 'mail to many'}`;
}
