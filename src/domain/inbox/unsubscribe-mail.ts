import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

const subject = /^\s*(?:re:\s*)?unsubscribe(?:[\s:]+(\S{4,200}))?\s*$/i;
const mailbox = /(?:^|[+])unsubscribe@/i;

/** The token of a mail by `List-Unsubscribe` (`unsubscribe <token>`); empty where it has none, undefined where a message is no such mail. */
export function unsubscribeToken(message: InboundMessage): string | undefined {
  const match = subject.exec(message.subject.slice(0, 400));
  if (match) return match[1] ?? '';
  // What answers a notice from that address, a report or an absence, is none.
  if (message.inReplyTo.length > 0 || message.returnPath === '' || message.deliveryStatus.length > 0)
    return undefined;
  return message.to.some(({ address }) => mailbox.test(address)) ? '' : undefined;
}

/**
 * A mail that a program wrote for who pressed "unsubscribe" (RFC 2369); undefined where a message is none. One without a
 * token that says itself to be automatic is a provider's report that its user opted out.
 */
export function readUnsubscribe(message: InboundMessage): Classification | undefined {
  const token = unsubscribeToken(message);
  if (token === undefined) return undefined;
  const automatic = token === '' && /^\s*auto-/i.test(headerOf(message, 'auto-submitted'));
  if (!automatic)
    return {
      kind: 'unsubscribe',
      bounces: [],
      confidence: 0.99,
      why: token === '' ? 'it asks to unsubscribe and no more' : 'it asks to unsubscribe, with a token',
      unsubscribe: true,
    };
  return {
    kind: 'complaint',
    bounces: message.from.slice(0, 1).map(({ address }) => ({
      recipient: address.toLowerCase(),
      hard: false,
      status: null,
      reason: 'complaint',
    })),
    confidence: 0.9,
    why: 'a mail program opted out for who uses it',
    unsubscribe: true,
  };
}
