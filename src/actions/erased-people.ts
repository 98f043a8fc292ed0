import { personKey } from '../domain/lists/match-contact.js';
import type { Suppression } from '../domain/suppression/suppression.js';
import { erasedIds } from '../workspace/erasures.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { addressHmac, phoneHmacs } from './address-hmac.js';
import type { Tools } from './tools.js';

/** Why a row is refused whose person had himself erased. */
export const erasedRefusal =
  'this person was erased; who wants to be on file again is added with contact add';

/** Tells of somebody whether he was erased, by the id that a list's row would get or by what he is reached at. */
export type WasErased = (contact: Readonly<Record<string, unknown>>, id?: string) => boolean;

/** Tells those who were erased, so that no list brings them back. */
export async function erasedPeople(workspace: Workspace): Promise<WasErased> {
  const ids = erasedIds(workspace.root);
  const index = await workspace.index();
  const records = index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[];
  const hashes = new Set(
    records.flatMap(({ data }) =>
      data.reason === 'erased' ? [...(data.address_hmac ?? []), ...(data.phone_hmac ?? [])] : [],
    ),
  );
  if (ids.size === 0 && hashes.size === 0) return () => false;
  const { config, country } = workspace;
  return (contact, id) => {
    if (id !== undefined && ids.has(id)) return true;
    if (hashes.size === 0) return false;
    const { emails } = personKey(contact, '', country);
    return [
      ...emails.map((address) => addressHmac(address, config.salt)),
      ...phoneHmacs(contact, workspace),
    ].some((hash) => hashes.has(hash));
  };
}

/** Warns where somebody is put on file anew who was erased: the erasure still keeps him from being written to. */
export async function warnOfErased(
  contact: Readonly<Record<string, unknown>>,
  { workspace, warn }: Tools,
): Promise<void> {
  if (!(await erasedPeople(workspace))(contact)) return;
  const { emails } = personKey(contact, '', workspace.country);
  const free = `itaca suppress rm ${emails[0] ?? '<id>, with the id that itaca suppress list names'}`;
  warn(`this person was erased, and is not written to; where he wants that again: ${free}`);
}
