import { createHash } from 'node:crypto';
import type { Contact } from '../contacts/contact.js';
import { foldPersonName } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { isComplete, type PostalAddress, postalLines } from '../contacts/postal-lines.js';
import type { UsableAddress } from './addresses.js';

/** Where letters or calls reach a contact. */
export interface Reach {
  /** What somebody lacks who cannot be reached. */
  what: string;
  /** The best first: primary, then in the order of the record. */
  places(contact: Pick<Contact, 'name' | 'addresses' | 'phones'>): Place[];
}

export interface Place extends UsableAddress {
  /** Lines on the envelope below the name; or the one number, E.164. */
  lines: string[];
}

type Flags = { primary?: unknown; invalid?: unknown; label?: unknown };

const isOn = (flag: unknown) => flag === true || flag === 'true';

/**
 * How a channel other than e-mail reaches people; undefined for e-mail.
 *
 * People of one household or firm share an address or a number and are written to one by one: so what makes two
 * records one person here is the place together with the name.
 * @param home ISO 3166-1 alpha-2 of the workspace
 * @param language BCP 47 of the workspace
 */
export function reachOf(
  channel: string | undefined,
  home: string | undefined,
  language: string,
): Reach | undefined {
  switch (channel) {
    case 'letter':
      return {
        what: 'postal address with street and place',
        places: ({ name, addresses = [] }) =>
          bestFirst(addresses.filter((one) => isComplete(one) && !isOn((one as Flags).invalid))).map(
            (one) => {
              const lines = postalLines(one as PostalAddress, home, language);
              const { street, postal_code: code, locality, country = home } = one;
              const place = [street, code, locality, country].join(' ');
              return { address: lines.join(', '), canonical: keyOf('letter', name, place), lines };
            },
          ),
      };
    case 'phone':
      return {
        what: 'telephone number',
        places: ({ name, phones = [] }) =>
          bestFirst(phones.map((one) => (typeof one === 'string' ? { number: one } : one))).flatMap((one) => {
            const { number, label, invalid } = one as Flags & { number?: unknown };
            const written = typeof number === 'string' ? number : '';
            const key = phoneKey(written, home);
            // Without its country a number cannot be dialled everywhere; nobody talks to a fax.
            if (!key?.startsWith('+') || isOn(invalid) || /\bfax\b/i.test(String(label ?? ''))) return [];
            return [{ address: written.trim(), canonical: keyOf('phone', name, key), lines: [key] }];
          }),
      };
    default:
      return undefined;
  }
}

function bestFirst<T>(places: readonly T[]): T[] {
  return [...places].sort((a, b) => Number(isOn((b as Flags).primary)) - Number(isOn((a as Flags).primary)));
}

/** A place and a person, in a journal: it says who was reached to whoever knows the address, and nobody else. */
function keyOf(channel: string, name: string, place: string): string {
  const plain = place
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  const hash = createHash('sha256').update(JSON.stringify([foldPersonName(name), plain.trim()]));
  return `${channel}:${hash.digest('hex').slice(0, 32)}`;
}
