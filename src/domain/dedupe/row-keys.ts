import { foldCompanyName } from '../companies/company-name.js';
import { canonicalEmail, parseEmail, saysNothing, splitEmails } from '../contacts/email-address.js';
import { foldPersonName } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { isRoleLocalPart } from '../contacts/role-addresses.js';
import type { Columns } from '../lists/columns.js';
import { saysOptedOut } from '../lists/opt-out.js';
import { nameReader } from '../lists/row-name.js';

/** By what one row of a list is compared with the others. */
export interface RowKeys {
  /** Canonical addresses, the first column's first. */
  emails: string[];
  phones: string[];
  /** Folded; empty where the row has none. */
  name: string;
  company: string;
  /** For a row with neither address nor number: its cells, by which a row just like it is known. */
  bare: string;
  /** Cells that hold something. */
  filled: number;
  optedOut: boolean;
  /** Addresses that are a role's, as written. */
  roles: string[];
  /** What stands where an address should, and is none. */
  invalid: { value: string; reason: string }[];
}

/** Folding the same names again and again is most of the work on a long list: the last results are kept. */
const memoSize = 50_000;

/**
 * Reads the keys of a list's rows.
 * @param country ISO 3166-1 alpha-2 of phone numbers written without prefix
 */
export function rowKeyReader(
  columns: Columns,
  country: string | undefined,
): (cells: readonly string[]) => RowKeys {
  const emailColumns = columns.email ?? [];
  const phoneColumns = [...(columns.mobile ?? []), ...(columns.phone ?? [])];
  const personName = memo(foldPersonName);
  const companyName = memo(foldCompanyName);
  const readName = nameReader(columns);
  return (cells) => {
    const keys: RowKeys = {
      emails: [],
      phones: [],
      name: personName(readName(cells)),
      company: '',
      bare: '',
      filled: 0,
      optedOut: saysOptedOut(cells, columns),
      roles: [],
      invalid: [],
    };
    for (const cell of cells) if (cell !== '') keys.filled++;
    for (const column of columns.company ?? []) {
      if (keys.company === '' && cells[column]) keys.company = companyName(cells[column]);
    }
    for (const column of emailColumns) readEmails(cells[column] ?? '', keys);
    for (const column of phoneColumns) {
      const key = cells[column] ? phoneKey(cells[column], country) : undefined;
      if (key !== undefined && !keys.phones.includes(key)) keys.phones.push(key);
    }
    if (keys.emails.length === 0 && keys.phones.length === 0) keys.bare = cells.join('\u001f');
    return keys;
  };
}

function readEmails(cell: string, keys: RowKeys): void {
  if (saysNothing(cell)) return;
  for (const text of splitEmails(cell)) {
    const canonical = canonicalEmail(text);
    if (canonical === undefined) {
      const reading = parseEmail(text);
      keys.invalid.push({ value: text, reason: reading.ok ? '' : reading.reason });
      continue;
    }
    if (keys.emails.includes(canonical)) continue;
    keys.emails.push(canonical);
    if (isRoleLocalPart(canonical.slice(0, canonical.lastIndexOf('@')))) keys.roles.push(text);
  }
}

function memo(fold: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const folded = fold(text);
    if (results.size >= memoSize) results.clear();
    results.set(text, folded);
    return folded;
  };
}
