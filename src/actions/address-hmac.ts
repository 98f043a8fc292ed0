import { createHmac } from 'node:crypto';
import { foldPersonName } from '../domain/contacts/person-name.js';
import { personKey } from '../domain/lists/match-contact.js';
import type { Workspace } from '../workspace/workspace.js';

/** HMAC-SHA256 of a canonical address under the workspace's salt, in hexadecimal: what stays of one that was erased. */
export function addressHmac(canonical: string, salt: string | undefined): string {
  return createHmac('sha256', salt ?? '')
    .update(canonical)
    .digest('hex');
}

/**
 * HMAC-SHA256 of a telephone number with the name of whom it reaches: a number alone may be a household's or a
 * switchboard's.
 * @param key of the number, as `phoneKey` has it
 */
export function phoneHmac(key: string, name: string, salt: string | undefined): string {
  return addressHmac(`phone:${key} ${foldPersonName(name)}`, salt);
}

/** Those of all numbers of a contact. */
export function phoneHmacs(
  contact: Readonly<Record<string, unknown>>,
  { country, config }: Pick<Workspace, 'country' | 'config'>,
): string[] {
  const { phones, name } = personKey(contact, '', country);
  return phones.map((key) => phoneHmac(key, name, config.salt));
}
