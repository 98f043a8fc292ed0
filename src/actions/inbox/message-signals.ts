import { type MessageSignal, messageSignals } from '../../domain/cases/process.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { signalsOf } from '../../domain/inbox/signals/signals.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { ReadMessage } from './read-message.js';
import type { InboxWorld } from './world.js';

/**
 * What a message says of itself by who is in copy, by its letters and its words, each with what was seen; what follows is
 * for the process of its case to say. Undefined where there is nothing.
 */
export function messageSignalsOf(
  { message: { subject, from, to, cc }, text }: Pick<ReadMessage, 'message' | 'text'>,
  contact: StoredRecord<Contact>,
  { own, members, index }: InboxWorld,
): Partial<Record<MessageSignal, string>> | undefined {
  const domains = new Set([...own, ...members.keys()].map(domainOf));
  const company = idOfRef(contact.data.company ?? '');
  const found = signalsOf({
    subject,
    text,
    from: from[0] ?? { name: contact.data.name, address: '' },
    to,
    cc,
    isOurs(address) {
      const canonical = canonicalEmail(address) ?? address;
      return own.has(canonical) || members.has(canonical) || domains.has(domainOf(canonical));
    },
    isColleague(address) {
      const others = index.byKey('email', canonicalEmail(address) ?? '', ['contact']);
      return others.some(
        ({ id, data }) =>
          id === contact.id || (company !== undefined && idOfRef(String(data.company ?? '')) === company),
      );
    },
    // How often he came without an answer is derived from his case.
    unanswered: 0,
  });
  const told = found.flatMap(({ signal, why }) => {
    const name = messageSignals.find((one) => one === signal);
    return name ? [[name, why] as const] : [];
  });
  return told.length > 0 ? Object.fromEntries(told) : undefined;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
