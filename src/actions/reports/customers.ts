import { idOfRef, refOfPath } from '../../domain/records/ids.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';

/** Who a reference means, as a report names him. */
export interface Customer {
  /** Of the record he is now, where he was merged into another. */
  ref: string;
  name: string;
}

/**
 * Looks up who references to contacts and companies mean, or what those to other kinds do, all of them at once. A
 * reference that leads nowhere stands for itself.
 */
export function customersOf(
  index: Index,
  refs: Iterable<string>,
  kinds: readonly Kind[] = ['contact', 'company'],
): (ref: string) => Customer {
  const survivors = new Map(index.merged(['contact', 'company']).map(({ id, survivor }) => [id, survivor]));
  const idOf = (ref: string) => {
    const id = idOfRef(ref) ?? ref;
    return survivors.get(id) ?? id;
  };
  const rows = index.db
    .prepare(
      `select id, path, title from records
       where survivor is null and kind in (select value from json_each(?))
         and id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(kinds), JSON.stringify([...new Set([...refs].map(idOf))])) as {
    id: string;
    path: string;
    title: string;
  }[];
  const byId = new Map(rows.map(({ id, path, title }) => [id, { ref: refOfPath(path), name: title }]));
  return (ref) => byId.get(idOf(ref)) ?? { ref, name: ref };
}
