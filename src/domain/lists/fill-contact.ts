import { foldPersonName, namesAgree } from '../contacts/person-name.js';

/** A value that a list has and a record does not take, because the record says something else. */
export interface LeftValue {
  key: string;
  /** What is on file. */
  record: unknown;
  /** What the list says. */
  file: unknown;
}

/** Where two lists come from differs without the person differing; it is no conflict. */
const silent = new Set(['source']);

/**
 * What a row adds to a person on file. Only what is empty is filled: what stands there may have been corrected by
 * hand. The rest is told.
 * @param comparable makes two spellings of one address or number equal
 * @returns `set`: new values by key
 */
export function fillContact(
  record: Record<string, unknown>,
  row: Record<string, unknown>,
  comparable: (key: string, item: unknown) => string,
): { set: Record<string, unknown>; left: LeftValue[] } {
  const set: Record<string, unknown> = {};
  const left: LeftValue[] = [];
  for (const [key, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const known = record[key];
    if (known === undefined) set[key] = value;
    else if (key === 'name' && sameName(known, value)) continue;
    else if (!silent.has(key) && !covers(key, known, value, comparable))
      left.push({ key, record: known, file: value });
  }
  return { set, left };
}

/** Another spelling of a name, or initials, is no other name. */
function sameName(a: unknown, b: unknown): boolean {
  return namesAgree(foldPersonName(String(a)), foldPersonName(String(b))) !== 'no';
}

function covers(
  key: string,
  known: unknown,
  value: unknown,
  comparable: (key: string, item: unknown) => string,
): boolean {
  const items = (of: unknown) => (Array.isArray(of) ? of : [of]).map((item) => comparable(key, item));
  const has = new Set(items(known));
  return items(value).every((item) => has.has(item));
}
