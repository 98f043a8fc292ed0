import { aboutOf } from './about.js';
import { addressPattern, plainAddress } from './bounce/addresses.js';
import { judge } from './bounce/judge.js';
import type { Bounce, Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

/** Receipts of certified mail (PEC) that say that a message did not arrive. */
const failures = /^(?:errore-consegna|preavviso-errore-consegna|non-accettazione|rilevazione-virus)$/;

/** A receipt of Italian certified mail (PEC, `X-Ricevuta`); undefined where a message is none. */
export function readCertifiedReceipt(message: InboundMessage): Classification | undefined {
  const receipt = headerOf(message, 'x-ricevuta').trim().toLowerCase();
  if (receipt === '') return undefined;
  const about = aboutOf(message);
  return {
    kind: 'receipt',
    bounces: failures.test(receipt) ? failed(message) : [],
    confidence: 0.99,
    why: `a receipt of certified mail (X-Ricevuta: ${receipt})`,
    ...(about === undefined ? {} : { about }),
  };
}

/** Who was not reached, by the receipt's data (`daticert.xml`), else by its words. */
function failed(message: InboundMessage): Bounce[] {
  const data = certificate(message);
  const tag = (name: string) => [
    ...data.matchAll(new RegExp(`<${name}(?:\\s[^<>]{0,200})?>([^<>]{1,500})</`, 'g')),
  ];
  const named = [...tag('consegna'), ...(tag('consegna').length > 0 ? [] : tag('destinatari'))].map(
    ([, one]) => one!,
  );
  const own = new Set([...message.to, ...message.from].map(({ address }) => plainAddress(address)));
  const addresses = (named.length > 0 ? named : [message.text.slice(0, 8000)])
    .flatMap((text) => [...text.matchAll(addressPattern)].map(([one]) => plainAddress(one)))
    .filter((one) => !own.has(one) && !one.startsWith('opec'));
  const diagnostic = tag('errore-esteso')[0]?.[1] ?? message.text.slice(0, 2000);
  const { reason, hard, status } = judge({ diagnostic });
  return [...new Set(addresses)].map((recipient) => ({
    recipient,
    hard,
    status,
    reason,
    diagnostic: diagnostic.replace(/\s+/g, ' ').trim().slice(0, 500),
  }));
}

function certificate(message: InboundMessage): string {
  const file = message.files.find(({ name, type }) => name === 'daticert.xml' || type.endsWith('/xml'));
  return file === undefined ? '' : new TextDecoder().decode(file.content.subarray(0, 64 * 1024));
}
