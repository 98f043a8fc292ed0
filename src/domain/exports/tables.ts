import { folders, type Kind } from '../records/kind-names.js';
import { schemas } from '../records/kinds.js';
import { ownKey } from '../records/own-keys.js';
import { type ColumnType, type Shape, shapeOf } from './shape.js';

export interface Column {
  name: string;
  type: ColumnType;
}

/** A table of an export. */
export interface Table {
  name: string;
  columns: readonly Column[];
}

/** Where a key of a record goes. */
export interface Placed {
  key: string;
  /** In the record's own table: its columns, each with the key inside the value that it holds. */
  columns?: readonly (Column & { inner?: string })[];
  /** In a table of its own, a row for each item. */
  items?: { table: Table; columns: readonly (Column & { inner?: string })[] };
}

/** The tables of a kind of record: its own, and one for each of its lists. */
export interface KindTables {
  table: Table;
  placed: readonly Placed[];
}

const made = new Map<Kind, KindTables>();

/**
 * The tables that records of a kind go to, as their schema says: `contacts`, `contact_emails`, `contact_consents` …
 * What no column takes is in `more`, so that nothing is lost.
 */
export function tablesOf(kind: Kind): KindTables {
  const before = made.get(kind);
  if (before) return before;
  const placed = Object.entries(schemas[kind].shape).map(([key, schema]): Placed => {
    const shape = shapeOf(schema);
    if (!('items' in shape)) return { key, columns: columnsOf(ownKey(kind, key), shape) };
    const columns = columnsOf('', shape.items);
    const first: Column[] = [
      { name: kind, type: 'text' },
      { name: 'position', type: 'number' },
    ];
    const table = { name: `${kind}_${key}`, columns: [...first, ...columns, more] };
    return { key, items: { table, columns } };
  });
  const own = placed.flatMap(({ columns = [] }) => columns);
  const columns = [{ name: 'id', type: 'text' } as const, ...own, more, note, path];
  const tables = { table: { name: folders[kind], columns }, placed };
  made.set(kind, tables);
  return tables;
}

const more: Column = { name: 'more', type: 'json' };
const note: Column = { name: 'note', type: 'text' };
const path: Column = { name: 'path', type: 'text' };

/** The columns of a value; of a map one for each key, and those of a map within it, but no deeper. */
function columnsOf(name: string, shape: Shape, deeper = true): (Column & { inner?: string })[] {
  if ('type' in shape) return [{ name: name || 'value', type: shape.type }];
  if ('items' in shape || !deeper) return [{ name: name || 'value', type: 'json' }];
  return Object.entries(shape.fields).flatMap(([inner, one]) => {
    const full = name === '' ? inner : `${name}_${inner}`;
    if ('fields' in one) return [{ name: full, type: 'json' as const, inner }];
    return columnsOf(full, one, false).map((column) => ({ ...column, inner }));
  });
}
