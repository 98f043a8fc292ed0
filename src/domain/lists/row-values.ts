import { parseEmail, saysNothing, splitEmails } from '../contacts/email-address.js';
import { foldText } from '../contacts/person-name.js';
import type { Columns } from './columns.js';
import { placeOfName } from './postal-columns.js';

export type Phone = string | { number: string; label: string };

export interface ReadEmail {
  address: string;
  /** Undefined for what is no valid address. */
  canonical?: string;
}

/** The addresses of a row as written, valid ones with their canonical form; what is wrong with the others goes to `problems`. */
export function emailsOf(cells: readonly string[], columns: Columns, problems: string[]): ReadEmail[] {
  const found: ReadEmail[] = [];
  for (const column of columns.email ?? []) {
    for (const text of splitEmails(cells[column] ?? '')) {
      if (saysNothing(text)) continue;
      const reading = parseEmail(text);
      if (!reading.ok) {
        problems.push(`the e-mail address ${JSON.stringify(text)} is invalid: ${reading.reason}`);
        found.push({ address: text });
      } else if (!found.some((email) => email.canonical === reading.email.canonical)) {
        found.push({ address: reading.email.address, canonical: reading.email.canonical });
      }
    }
  }
  return found;
}

/** The numbers of a row as written, with what their columns say about them. */
export function phonesOf(cells: readonly string[], header: readonly string[], columns: Columns): Phone[] {
  const found: Phone[] = [];
  for (const field of ['phone', 'mobile', 'fax'] as const) {
    for (const column of columns[field] ?? []) {
      for (const number of (cells[column] ?? '').split(/\s*:::\s*|\s*[;|\n]\s*/)) {
        if (saysNothing(number)) continue;
        const label = field === 'phone' ? placeOfName(header[column] ?? '') : field;
        found.push(label === undefined ? number : { number, label });
      }
    }
  }
  return found;
}

/** Google writes `Fiera 2026 ::: * myContacts` (its own groups have a star), Mailchimp `"Fiera","Libri"`. */
export function tagsOf(cells: readonly string[], columns: Columns): string[] {
  const tags = (columns.tags ?? []).flatMap((column) => (cells[column] ?? '').split(/:::|[,;|]/));
  const plain = tags.map((tag) => tag.trim().replace(/^"|"$/g, '').trim());
  return [...new Set(plain.filter((tag) => tag !== '' && !tag.startsWith('* ')))];
}

/** Identifiers under the names of their columns, in snake case. */
export function identifiersOf(
  cells: readonly string[],
  header: readonly string[],
  columns: Columns,
): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const column of columns.external_id ?? []) {
    const value = cells[column] ?? '';
    if (value !== '') found[foldText(header[column] ?? 'id').replaceAll(' ', '_') || 'id'] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
