import type { Agreement } from '../../domain/agreements/agreement.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/**
 * The only agreement of a person that ran on a day: an order of then counts for it. Undefined where there is none, or more
 * than one.
 * @param contact id
 * @param when a date or time
 */
export function agreementAt(
  contact: string,
  when: string,
  index: Index,
): StoredRecord<Agreement> | undefined {
  const day = when.slice(0, 10);
  const found = (index.naming(contact, ['agreement']) as unknown as StoredRecord<Agreement>[]).filter(
    ({ data: { contact: party, start, signed_at, end, effective_at } }) =>
      (index.get(idOfRef(party ?? '') ?? '')?.id ?? '') === contact &&
      (start ?? signed_at ?? '').slice(0, 10) <= day &&
      (effective_at ?? end ?? '9999').slice(0, 10) >= day,
  );
  return found.length === 1 ? found[0] : undefined;
}
