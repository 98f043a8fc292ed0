import { numbered } from '../exports/cells.js';
import { shapeOf } from '../exports/shape.js';
import { isId } from '../records/ids.js';
import { type Kind, kinds } from '../records/kind-names.js';
import { schemaKeys, schemas } from '../records/kinds.js';
import { ownKey } from '../records/own-keys.js';

/** What a column of our own export holds. */
export interface OwnColumn {
  /** Of the record. */
  key: string;
  /** Of a list, or of a map: what its cell is when it is given as one. */
  built?: 'list' | 'map';
  /** Of a list whose items have columns of their own: which one, from 0. */
  item?: number;
  /** The key within a map, or within the item. */
  inner?: string;
}

/**
 * The kinds of records that `export csv` may have written a table of: `id` comes first and is an id in every row, all
 * that such records must have is there, and every other column is one that our export of the kind writes.
 * @param sample the first rows; without any, nothing is known
 * @returns none for what is no export of ours
 */
export function ownKinds(header: readonly string[], sample: readonly (readonly string[])[]): Kind[] {
  if (header[0] !== 'id' || sample.length === 0) return [];
  if (!sample.every(([id = '']) => isId(id))) return [];
  const at = header.indexOf('kind');
  if (at >= 0) {
    const named = new Set(sample.map((cells) => cells[at]));
    const found = kinds.filter((kind) => named.has(kind));
    return found.length === named.size ? found : [];
  }
  return kinds.filter((kind) => fits(kind, header));
}

/** Whether `export csv` may have written this header, over records of one kind. */
export function isOwnHeader(header: readonly string[]): boolean {
  return header[0] === 'id' && kinds.some((kind) => fits(kind, header));
}

/** Whether `export csv` may have written these names over records of a kind. */
function fits(kind: Kind, header: readonly string[]): boolean {
  const [, ...names] = header;
  const columns = names.map((name) => ownColumn(kind, name));
  if (columns.includes(undefined)) return false;
  const keys = new Set(columns.map((column) => column?.key));
  const { shape } = schemas[kind] as {
    shape: Record<string, { safeParse(value: undefined): { success: boolean } }>;
  };
  return Object.entries(shape).every(([key, schema]) => keys.has(key) || schema.safeParse(undefined).success);
}

/** What a column holds that our export of a kind names so; undefined where it names none so. */
export function ownColumn(kind: Kind, name: string): OwnColumn | undefined {
  if (name === 'note') return { key: 'note' };
  for (const key of schemaKeys(kind)) {
    const shape = shapeOf((schemas[kind].shape as Record<string, Parameters<typeof shapeOf>[0]>)[key]!);
    const isMap = 'fields' in shape || ('type' in shape && shape.type === 'json');
    const own = ownKey(kind, key);
    if (name === own)
      return { key, ...('items' in shape ? { built: 'list' } : isMap ? { built: 'map' } : {}) };
    if (isMap && name.startsWith(`${own}_`)) return { key, inner: name.slice(own.length + 1) };
    const list = numbered[key];
    const [, base, number, inner] = /^([a-z]+)_([1-9]\d{0,2})(?:_(.+))?$/s.exec(name) ?? [];
    if (!list || base !== list.name) continue;
    const within = inner ?? list.value;
    return { key, item: Number(number) - 1, ...(within === undefined ? {} : { inner: within }) };
  }
  return undefined;
}
