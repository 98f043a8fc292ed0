import { saysNothing } from '../contacts/email-address.js';
import { foldText } from '../contacts/person-name.js';
import type { Row } from './row.js';
import type { TargetField } from './target.js';

/** More than these in one row are no list of people. */
const mostValues = 1000;
const longestName = 200;
/** What Outlook writes where it has no date. */
const noDate = /^0\/0\/0+$/;

/** Of these a record takes one. */
const single: ReadonlySet<TargetField> = new Set([
  'given_name',
  'middle_name',
  'family_name',
  'company',
  'title',
  'language',
  'birthday',
  'lifecycle',
  'owner',
  'source',
]);

/**
 * What a record has no other place for, by the names of the columns: columns that no rule knows, what was not understood,
 * and claims such as an opt-in. JSON attributes are taken apart.
 * @param header names of the columns
 * @param left fields of this list for which this kind of record has no place
 * @param dates reads a date; one that it cannot read stays as written
 * @throws RangeError for more values than a record should hold
 */
export function customOf(
  row: Row,
  header: readonly string[],
  left: ReadonlySet<TargetField>,
  dates: (text: string) => string | undefined,
): Record<string, string> | undefined {
  const found = new Map<string, string>();
  const keep = (name: string, text: string) => {
    // No key of an object may be its prototype.
    const base = name === '__proto__' ? 'proto' : name.slice(0, longestName) || 'value';
    let key = base;
    // Two columns of one name are two values.
    for (let n = 2; found.has(key) && found.get(key) !== text; n++) key = `${base} ${n}`;
    found.set(key, text);
    if (found.size > mostValues) throw new RangeError(`more than ${mostValues} columns that no rule knows`);
  };
  const named = (column: number) => header[column] || `column ${column + 1}`;
  for (const [field, slots] of row.slots) {
    for (const slot of slots) {
      const text = row.cells[slot.column] ?? '';
      if (text === '' || noDate.test(text)) continue;
      if (row.unread.has(slot.column)) keep(named(slot.column), text);
      else if (single.has(field) && !left.has(field)) {
        // A second firm or profession, say.
        const taken = row.one(field);
        if (taken !== undefined && !saysNothing(text) && foldText(text) !== foldText(taken))
          keep(named(slot.column), text);
      } else if (field === 'date') keep(named(slot.column), dates(text) ?? text);
      else if (field === 'attributes') {
        for (const [key, value] of attributes(text, named(slot.column))) keep(key, value);
      } else if (field === 'custom' && slot.labelColumn !== undefined) {
        const label = (row.cells[slot.labelColumn] ?? '').trim();
        keep(label === '' ? named(slot.column) : `${slot.label ?? ''} ${label}`.trim(), text);
      } else if (field === 'custom' || left.has(field)) keep(slot.label || named(slot.column), text);
    }
  }
  return found.size === 0 ? undefined : Object.fromEntries(found);
}

/** A JSON object as its keys and values; anything else stays one value. */
function attributes(text: string, name: string): [string, string][] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.entries(value).flatMap(([key, item]): [string, string][] =>
        item === null || item === '' ? [] : [[key, typeof item === 'string' ? item : JSON.stringify(item)]],
      );
  } catch {
    // No JSON: kept as it is.
  }
  return [[name, text]];
}
