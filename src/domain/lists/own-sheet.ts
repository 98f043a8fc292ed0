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

/**
 * Our own sheet by its header, with names as the export writes them: `id`, `name`, and no column that it does not write.
 * Beside one that nobody else writes, such as `email_1` or `source_channel`, others may stand: keys of somebody's own, and
 * columns that were added.
 */
export function ownHeader(header: readonly string[]): OwnSheet | undefined {
  const names = new Set(header);
  // With `kind` it holds records of several.
  if (!names.has('id') || !names.has('name') || names.has('kind')) return undefined;
  if (names.size < header.length || names.has('') || names.has('__proto__')) return undefined;
  const [best] = kinds.map((object) => sheetOf(object, header)).sort((a, b) => a.added - b.added);
  return best && (best.added === 0 || best.unmistakable) ? best.sheet : undefined;
}

function sheetOf(object: (typeof kinds)[number], header: readonly string[]) {
  const keys = new Set(['id', 'note', ...schemaKeys(object)]);
  const known = header.map((name) => placeOf(name, keys));
  const places = known.map((place, i): Place => place ?? { key: 'custom', inner: header[i]! });
  const format: ListFormat = { id: 'itaca', object, signature: 'id | name', columns: {} };
  return {
    sheet: { format, places, leftOut: header.filter((_, i) => !isRead(places[i]!)) },
    added: known.filter((place) => place === undefined).length,
    unmistakable: known.some((place) => place?.inner !== undefined),
  };
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
