import type { Kind } from '../records/kind-names.js';
import { convert } from './convert.js';
import { type Column, type Placed, type Table, tablesOf } from './tables.js';

/** A row for a table, in the order of its columns. */
export interface Row {
  table: Table;
  values: unknown[];
}

/** A record as an export takes it. */
export interface Exported {
  id: string;
  kind: Kind;
  path: string;
  data: Readonly<Record<string, unknown>>;
  note: string;
}

/**
 * A record as rows: of its own table, and of those of its lists.
 * @param idOf the id that a reference leads to; undefined for what is none
 */
export function rowsOf(record: Exported, idOf: (ref: string) => string | undefined): Row[] {
  const { id, kind, path, data, note } = record;
  const { table, placed } = tablesOf(kind);
  const keys = new Set(placed.map(({ key }) => key));
  const more: Record<string, unknown> = Object.fromEntries(
    Object.entries(data).filter(([key]) => !keys.has(key)),
  );
  const children: Row[] = [];
  const values = placed.flatMap(({ key, columns, items }): unknown[] => {
    const value = data[key];
    if (columns) {
      const rest: Record<string, unknown> = {};
      const cells = cellsOf(value, columns, rest, idOf);
      if (Object.keys(rest).length > 0) more[key] = '' in rest ? rest[''] : rest;
      return cells;
    }
    if (Array.isArray(value)) children.push(...itemRows(id, value, items, idOf));
    else if (value !== undefined) more[key] = value;
    return [];
  });
  return [{ table, values: [id, ...values, jsonOrNone(more), note, path] }, ...children];
}

function itemRows(
  id: string,
  list: readonly unknown[],
  items: Placed['items'],
  idOf: (ref: string) => string | undefined,
): Row[] {
  if (!items) return [];
  return list.map((item, i) => {
    const rest: Record<string, unknown> = {};
    const cells = cellsOf(item, items.columns, rest, idOf);
    return { table: items.table, values: [id, i + 1, ...cells, jsonOrNone(rest)] };
  });
}

/**
 * A value in its columns.
 * @param rest gets what no column takes, by its key; under the empty key what is no map
 */
function cellsOf(
  value: unknown,
  columns: readonly (Column & { inner?: string })[],
  rest: Record<string, unknown>,
  idOf: (ref: string) => string | undefined,
): unknown[] {
  const [first] = columns;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (first?.inner === undefined || !isMap) {
    const cell = value === undefined ? undefined : convert(value, first?.type ?? 'json', idOf);
    if (cell === undefined && value !== undefined && value !== null) rest[''] = value;
    return columns.map((_, i) => (i === 0 ? cell : undefined));
  }
  const map = value as Record<string, unknown>;
  const inside = new Set(columns.map(({ inner }) => inner));
  for (const [key, one] of Object.entries(map)) if (!inside.has(key)) rest[key] = one;
  return columns.map(({ inner = '', type }) => {
    const one = map[inner];
    const cell = one === undefined ? undefined : convert(one, type, idOf);
    if (cell === undefined && one !== undefined && one !== null) rest[inner] = one;
    return cell;
  });
}

function jsonOrNone(more: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(more).length === 0 ? undefined : more;
}
