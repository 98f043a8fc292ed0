import type { InboundMessage } from './message.js';

/** Fields that may name the address which a message was delivered to, behind whatever its `To` says. */
const deliveryFields = new Set([
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
]);

const tagged = /([^\s<>,;:"@]+)\+([^\s<>,;:"@+]+)@/g;

/**
 * The tokens of messages of ours that a message that came in carries: behind the `+` of the address it was sent to
 * (`bounces+<token>@…`), or in a subject such as `unsubscribe <token>`. Random, so that nobody guesses them.
 */
export function tokensOf({ headers, to, cc, subject }: InboundMessage): string[] {
  const addresses = [
    ...to.map(({ address }) => address),
    ...cc.map(({ address }) => address),
    ...headers.filter(({ name }) => deliveryFields.has(name)).map(({ value }) => value),
  ];
  const found = addresses.flatMap((address) =>
    [...`${address.slice(0, 1000)}@`.matchAll(tagged)].map(([, , token]) => token as string),
  );
  const wish = /^\s*unsubscribe[\s:]+(\S{6,80})\s*$/i.exec(subject.slice(0, 200))?.[1];
  return [...new Set(wish === undefined ? found : [...found, wish])];
}
