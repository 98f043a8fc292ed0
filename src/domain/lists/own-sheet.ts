import { type Place, placeOf } from '../exports/from-cells.js';
import { isId } from '../records/ids.js';
import { schemaKeys } from '../records/kinds.js';
import type { ListFormat } from './formats/format.js';

/** A list that `export csv` wrote: people or firms, a column for each thing that their records say. */
export interface OwnSheet {
  format: ListFormat;
  /** By column. */
  places: readonly Place[];
  /** The columns that are not read back. */
  leftOut: readonly string[];
}

const kinds = ['contact', 'company'] as const;

/**
 * What a list does not give: a consent in a cell is a claim and no proof; references, files and what became of two
 * records mean something in the workspace they come from alone.
 */
const notRead = new Set(['consents', 'positions', 'attachments', 'merged_from', 'merged_into', 'parent']);

/** Our own sheet by its header: `id`, `name`, and no column that the export does not write. Names are as it writes them. */
export function ownHeader(header: readonly string[]): OwnSheet | undefined {
  if (!header.includes('id') || !header.includes('name')) return undefined;
  if (new Set(header).size < header.length) return undefined;
  for (const object of kinds) {
    const keys = new Set(['id', 'note', ...schemaKeys(object)]);
    const places = header.flatMap((name) => placeOf(name, keys) ?? []);
    if (places.length < header.length) continue;
    const format: ListFormat = { id: 'itaca', object, signature: 'id | name', columns: {} };
    return { format, places, leftOut: header.filter((_, i) => notRead.has(places[i]!.key)) };
  }
  return undefined;
}

/** Our own sheet: by its header, and by ids that are those of records. Another program's numbers are none. */
export function recogniseOwnSheet(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): OwnSheet | undefined {
  const sheet = ownHeader(header);
  if (!sheet) return undefined;
  const at = header.indexOf('id');
  const ids = sample.flatMap((cells) => cells[at] || []);
  return ids.every(isId) && ids.some((id) => /[a-z]/.test(id)) ? sheet : undefined;
}

/** Whether what stands in a column is read back. */
export function isRead({ key }: Place): boolean {
  return !notRead.has(key);
}
