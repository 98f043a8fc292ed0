import { isMapping } from '../records/same-value.js';
import { cellsOf, numbered } from './cells.js';

/** Where a column of a table of records comes from. */
export interface Place {
  key: string;
  /** Of a list whose items have columns of their own: which one, from 1. */
  item?: number;
  /** The key within the map, or within the item. */
  inner?: string;
}

/** Keys whose values are maps with a column for each key. */
const maps = ['source', 'identifiers', 'custom'];
/** Keys whose values are lists in one cell. */
const lists = new Set(['tags', 'urls', 'domains', 'vcard', ...Object.keys(numbered)]);
const itemColumn = /^([a-z]+)_([1-9]\d{0,2})(?:_([a-z][a-z_]{0,60}))?$/;

/**
 * What `cellsOf` makes this column of.
 * @param keys that there are
 * @returns undefined for a column that it never makes
 */
export function placeOf(column: string, keys: ReadonlySet<string>): Place | undefined {
  if (keys.has(column)) return { key: column };
  const [, name, item, inner] = itemColumn.exec(column) ?? [];
  const list = Object.entries(numbered).find(([key, one]) => one.name === name && keys.has(key));
  if (list) {
    const [key, { value }] = list;
    const within = inner ?? value;
    if (within === undefined || inner === value) return undefined;
    return { key, item: Number(item), inner: within };
  }
  const map = maps.find((key) => keys.has(key) && column.startsWith(`${key}_`));
  const rest = column.slice((map ?? '').length + 1);
  return map === undefined || rest === '' || rest === '__proto__' ? undefined : { key: map, inner: rest };
}

/** The values of a record out of its cells: what `cellsOf` made of it, read back. Empty cells say nothing. */
export function valuesOf(places: readonly Place[], cells: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const items = new Map<string, Map<number, Record<string, string>>>();
  for (const [column, { key, item, inner }] of places.entries()) {
    const text = cells[column] ?? '';
    if (text === '') continue;
    if (inner === undefined)
      values[key] = lists.has(key) ? listOf(text) : maps.includes(key) ? mapOf(text) : text;
    else if (item === undefined)
      values[key] = { ...(isMapping(values[key]) ? values[key] : {}), [inner]: text };
    else {
      const numbers = items.get(key) ?? new Map<number, Record<string, string>>();
      items.set(key, numbers.set(item, { ...numbers.get(item), [inner]: text }));
    }
  }
  for (const [key, numbers] of items) {
    const main = numbered[key]?.value;
    const found = [...numbers].toSorted(([a], [b]) => a - b).map(([, item]) => item);
    // A label whose address was taken away labels nothing.
    const said = main === undefined ? found : found.filter((item) => item[main] !== undefined);
    const plain = said.map((item) => (main && Object.keys(item).length === 1 ? item[main] : item));
    if (plain.length > 0) values[key] = [...((values[key] as unknown[]) ?? []), ...plain];
  }
  return values;
}

/** What a row has under `custom` without what the record says there already, under a key of its own that no schema knows. */
export function withoutOwn(custom: unknown, record: Readonly<Record<string, unknown>>): unknown {
  if (!isMapping(custom)) return custom;
  const said = new Map(Object.entries(record).flatMap(([key, value]) => [...cellsOf(key, value)]));
  const others = Object.entries(custom).filter(([name, text]) => said.get(name)?.trim() !== text);
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** `a; b`, or JSON where an item holds a semicolon. */
function listOf(text: string): unknown[] {
  const json = parsed(text);
  if (Array.isArray(json) && json.every((item) => typeof item === 'string' || isFlat(item))) return json;
  return text.split(';').flatMap((item) => item.trim() || []);
}

/** A map that is too wide for columns is JSON. */
function mapOf(text: string): unknown {
  const json = parsed(text);
  return isFlat(json) ? json : text;
}

/** Nothing that `cellsOf` writes as JSON to be read back is nested deeper than this. */
function isFlat(value: unknown): boolean {
  return (
    isMapping(value) &&
    !Object.hasOwn(value, '__proto__') &&
    Object.values(value).every((one) => typeof one !== 'object')
  );
}

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
