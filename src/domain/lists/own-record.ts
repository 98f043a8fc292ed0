import type { Kind } from '../records/kind-names.js';
import { validate } from '../records/kinds.js';
import { type OwnColumn, ownColumn } from './own-columns.js';

/** A row of our own export as the record that it was. */
export interface OwnRecord {
  id: string;
  /** Front matter, as the schema of its kind reads it. */
  data: Record<string, unknown>;
  note: string;
}

/** Reads the rows of our own export of a kind back: each as its record, or why it is none. */
export function ownRecords(
  kind: Kind,
  header: readonly string[],
): (cells: readonly string[]) => OwnRecord | { refused: string } {
  const columns = header.map((name) => ownColumn(kind, name));
  return (cells) => {
    const found = new Map<string, unknown>();
    for (const [i, column] of columns.entries()) {
      const cell = cells[i] ?? '';
      if (column !== undefined && cell !== '') put(found, column, cell);
    }
    const { note = '', ...raw } = Object.fromEntries(found);
    for (const [key, value] of Object.entries(raw))
      if (Array.isArray(value)) raw[key] = value.filter((item) => item !== undefined).map(plain);
    const { data, issues } = validate(kind, raw);
    const [issue] = issues;
    if (issue) return { refused: `${[...issue.at].join('.')}: ${issue.message}` };
    return { id: cells[0] ?? '', data, note: String(note) };
  };
}

function put(found: Map<string, unknown>, { key, built, item, inner }: OwnColumn, cell: string): void {
  const before = found.get(key);
  if (item !== undefined) {
    const list = Array.isArray(before) ? before : [];
    list[item] = { ...(list[item] as object | undefined), [inner ?? '']: cell };
    found.set(key, list);
  } else if (inner !== undefined) found.set(key, { ...(before as object | undefined), [inner]: cell });
  else if (built === undefined) found.set(key, cell);
  else found.set(key, fromJson(cell) ?? (built === 'list' ? cell.split('; ') : cell));
}

/** An item that says nothing but the one thing it is of stands for itself: `mario@example.it`. */
function plain(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  const [only, ...others] = Object.entries(item);
  return only && others.length === 0 && /^(?:address|number|)$/.test(only[0]) ? only[1] : item;
}

function fromJson(cell: string): unknown {
  if (!/^[[{]/.test(cell)) return undefined;
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}
