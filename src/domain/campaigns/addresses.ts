import type { Contact } from '../contacts/contact.js';

/** What the rules of e-mail addresses give the plan of a send. */
export interface AddressRules {
  /** One spelling for all spellings that reach one mailbox; undefined for what is no address. */
  canonicalEmail(text: string): string | undefined;
  isValid(text: string): boolean;
}

export interface UsableAddress {
  /** As written in the record. */
  address: string;
  canonical: string;
}

export interface ContactAddresses {
  /** Those a message could go to, the best first: primary, then in the order of the record. */
  usable: UsableAddress[];
  /** Canonical spelling of every address on file, also of those that no longer work. */
  all: string[];
}

/**
 * Reads the e-mail addresses of a contact.
 * @param closed tells of a canonical address that nothing may go to
 */
export function addressesOf(
  contact: Pick<Contact, 'emails'>,
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
  return { usable: usable.map(({ address, canonical }) => ({ address, canonical })), all: [...all] };
}
