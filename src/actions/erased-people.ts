import { canonicalEmail } from '../domain/contacts/email-address.js';
import type { Suppression } from '../domain/suppression/suppression.js';
import { erasedIds } from '../workspace/erasures.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { addressHmac } from './address-hmac.js';

/** Why a row is refused whose person had himself erased. */
export const erasedRefusal =
  'this person was erased; who wants to be on file again is added with contact add';

/**
 * Tells those who were erased, so that no list brings them back.
 * @returns a function: the id that the list's row would get, and canonical addresses → whether it is one of them
 */
export async function erasedPeople(
  workspace: Workspace,
): Promise<(id: string, addresses: readonly string[]) => boolean> {
  const ids = erasedIds(workspace.root);
  const index = await workspace.index();
  const records = index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[];
  const hashes = new Set(
    records.flatMap(({ data }) => (data.reason === 'erased' ? (data.address_hmac ?? []) : [])),
  );
  if (ids.size === 0 && hashes.size === 0) return () => false;
  const { salt } = workspace.config;
  return (id, addresses) =>
    ids.has(id) ||
    (hashes.size > 0 &&
      addresses.some((address) => hashes.has(addressHmac(canonicalEmail(address) ?? address, salt))));
}
