import { canonicalEmail } from '../contacts/email-address.js';
import { foldPersonName, foldText, namesAgree } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { isMapping } from '../records/same-value.js';
import { joinAddresses } from './join-addresses.js';

/** A value that a list has and a record does not take, because the record says something else. */
export interface LeftValue {
  /** With the key of a map after a dot: `custom.colour`. */
  key: string;
  /** What is on file. */
  record: unknown;
  /** What the list says. */
  file: unknown;
}

export interface FillOptions {
  /** ISO 3166-1 alpha-2 of phone numbers written without prefix. */
  country: string | undefined;
  /** Whose word counts where the two differ. */
  prefer: (value: LeftValue) => 'file' | 'record';
}

/** Where two lists come from differs without the person differing; it is no conflict. */
const silent = new Set(['source']);
/** Whoever is called something on file is not renamed by a list. */
const stays = new Set(['name', 'given_name', 'family_name']);
/** Maps whose keys are values of their own. */
const maps = new Set(['identifiers', 'custom']);

/**
 * What a row adds to a record on file: what is empty is filled, a list gets what it lacks. What stands there may have been
 * corrected by hand: where the row says something else, `prefer` decides.
 * @returns `set`: new values by key; `left`: what the record does not take
 */
export function fillRecord(
  record: Record<string, unknown>,
  row: Record<string, unknown>,
  options: FillOptions,
): { set: Record<string, unknown>; left: LeftValue[] } {
  const set: Record<string, unknown> = {};
  const left: LeftValue[] = [];
  const differ = (key: string, known: unknown, value: unknown): boolean => {
    const conflict = { key, record: known, file: value };
    const taken = !stays.has(key) && options.prefer(conflict) === 'file';
    if (!taken) left.push(conflict);
    return taken;
  };
  for (const [key, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const known = record[key];
    if (known === undefined) set[key] = value;
    else if (silent.has(key) || known === value) continue;
    else if (key === 'name' && isStandIn(value, row)) continue;
    else if (key === 'name' && isStandIn(known, record)) set[key] = value;
    else if (Array.isArray(value)) {
      const items = Array.isArray(known) ? known : [known];
      const joined =
        key === 'addresses' ? joinAddresses(items, value) : union(key, items, value, options.country);
      if (joined) set[key] = joined;
    } else if (maps.has(key) && isMapping(known) && isMapping(value)) {
      const added = Object.entries(value).filter(([name, item]) =>
        known[name] === undefined
          ? true
          : !alike(known[name], item) && differ(`${key}.${name}`, known[name], item),
      );
      if (added.length > 0) set[key] = { ...known, ...Object.fromEntries(added) };
    } else if (key === 'name' && sameName(known, value)) continue;
    else if (!alike(known, value) && differ(key, known, value)) set[key] = value;
  }
  return { set, left };
}

/**
 * Whether a name is no name, but one of the addresses, put where nobody knew better.
 * @param data front matter of a contact
 */
function isStandIn(name: unknown, { emails }: Record<string, unknown>): boolean {
  const address = typeof name === 'string' && name.includes('@') ? canonicalEmail(name) : undefined;
  if (address === undefined || !Array.isArray(emails)) return false;
  return emails.some((email) => comparable('emails', email, undefined) === address);
}

/** Another spelling of a name, or initials, is no other name. */
function sameName(a: unknown, b: unknown): boolean {
  return namesAgree(foldPersonName(String(a)), foldPersonName(String(b))) !== 'no';
}

function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return foldText(a) === foldText(b);
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A list with the items that it lacks; undefined where it lacks none. Two spellings of one address or number are equal. */
function union(
  key: string,
  items: readonly unknown[],
  value: readonly unknown[],
  country: string | undefined,
): unknown[] | undefined {
  if (JSON.stringify(items) === JSON.stringify(value)) return undefined;
  const has = new Set(items.map((item) => comparable(key, item, country)));
  const missing = value.filter((item) => {
    const text = comparable(key, item, country);
    return !has.has(text) && has.add(text);
  });
  return missing.length > 0 ? [...items, ...missing] : undefined;
}

/** Makes two spellings of one item equal. */
function comparable(key: string, item: unknown, country: string | undefined): string {
  const of = (name: string) => (typeof item === 'string' ? item : String((item as never)?.[name] ?? ''));
  if (key === 'emails') return canonicalEmail(of('address')) ?? foldText(of('address'));
  if (key === 'phones') return phoneKey(of('number'), country) ?? foldText(of('number'));
  return typeof item === 'string' ? foldText(item) : JSON.stringify(item);
}
