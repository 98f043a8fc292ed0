import type { Contact } from '../contacts/contact.js';
import type { Reach } from './reach.js';

/** What the rules of addresses give the plan of a send. */
export interface AddressRules {
  /** One spelling for all spellings that reach one mailbox; undefined for what is no address. */
  canonicalEmail(text: string): string | undefined;
  isValid(text: string): boolean;
  /** For letters and calls: where they reach a contact. */
  reach?: Reach;
}

export interface UsableAddress {
  /** As written in the record. */
  address: string;
  canonical: string;
}

export interface ContactAddresses {
  /** Those a message could go to, the best first: primary, then in the order of the record. */
  usable: UsableAddress[];
  /** Canonical spelling of every address on file, also of those that no longer work; whatever the channel, of e-mail. */
  all: string[];
  /** By which a contact is known as a person: where he would be written to, by e-mail or by the channel. */
  best: string[];
}

/**
 * Reads the addresses of a contact.
 * @param closed tells of a canonical address that nothing may go to
 */
export function addressesOf(
  contact: Pick<Contact, 'name' | 'emails' | 'addresses' | 'phones'>,
  rules: AddressRules,
  closed: (address: string) => boolean,
): ContactAddresses {
  const all = new Set<string>();
  const usable: (UsableAddress & { primary: boolean })[] = [];
  for (const email of contact.emails ?? []) {
    const entry = typeof email === 'string' ? { address: email } : email;
    const address = String(entry.address ?? '').trim();
    const canonical = rules.canonicalEmail(address);
    all.add(canonical ?? address.toLowerCase());
    if (canonical === undefined || !rules.isValid(address) || closed(canonical)) continue;
    if ('invalid' in entry && entry.invalid === true) continue;
    usable.push({ address, canonical, primary: 'primary' in entry && entry.primary === true });
  }
  usable.sort((a, b) => Number(b.primary) - Number(a.primary));
  const best = usable.slice(0, 1).map(({ canonical }) => canonical);
  if (!rules.reach)
    return { usable: usable.map(({ address, canonical }) => ({ address, canonical })), all: [...all], best };
  const places = rules.reach.places(contact).map(({ address, canonical }) => ({ address, canonical }));
  const keys = places.map(({ canonical }) => canonical);
  return { usable: places, all: [...all, ...keys], best: [...best, ...keys.slice(0, 1)] };
}
