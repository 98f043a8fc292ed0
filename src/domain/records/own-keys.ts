import type { Kind } from './kind-names.js';

/** What names a record wherever it is given as one object. */
const taken = new Set(['id', 'kind', 'ref', 'path', 'note']);

/**
 * A record's own keys as they stand beside those that name it. One by such a name, as an agreement's `kind`, is given
 * with the record's kind before it: `agreement_kind`.
 */
export function ownKeys(kind: Kind, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [ownKey(kind, key), value]));
}

/** The name that `ownKeys` gives a key. */
export function ownKey(kind: Kind, key: string): string {
  return taken.has(key) ? `${kind}_${key}` : key;
}
