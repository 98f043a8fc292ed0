import { parseEmail, saysNothing, splitEmails } from '../contacts/email-address.js';
import type { Row } from './row.js';

export type Phone = string | { number: string; label: string };
export type Email = string | { address: string; label?: string; primary?: true; invalid?: true };

/**
 * The addresses of a row as written; what is wrong with one that is none goes to `problems`.
 * @returns `canonical`: the form of the first valid one by which it is compared
 */
export function emailsOf(row: Row, problems: string[]): { emails: Email[]; canonical: string | undefined } {
  const emails: Email[] = [];
  const seen = new Set<string>();
  let primary = false;
  for (const { slot, text: cell } of row.all('email')) {
    for (const text of splitEmails(cell)) {
      if (saysNothing(text)) continue;
      const reading = parseEmail(text);
      if (!reading.ok) {
        problems.push(
          `the e-mail address ${JSON.stringify(text.slice(0, 200))} is invalid: ${reading.reason}`,
        );
        emails.push({ address: text, invalid: true });
        continue;
      }
      const { address, canonical } = reading.email;
      if (seen.has(canonical)) continue;
      seen.add(canonical);
      const label = row.labelOf(slot);
      if (primary) delete label.primary;
      if (label.primary) primary = true;
      emails.push(Object.keys(label).length === 0 ? address : { address, ...label });
    }
  }
  return { emails, canonical: [...seen][0] };
}

/** The numbers of a row as written, with what their columns say about them; what has no digits goes to `problems`. */
export function phonesOf(row: Row, problems: string[]): Phone[] {
  const found: Phone[] = [];
  for (const field of ['phone', 'mobile', 'fax'] as const) {
    for (const { slot, text } of row.all(field)) {
      for (const part of text.split(/:::|[;|\n]/)) {
        const number = part.trim();
        if (saysNothing(number)) continue;
        if (!/\p{Nd}/u.test(number))
          problems.push(`the phone number ${JSON.stringify(number.slice(0, 200))} has no digits`);
        const label = field === 'phone' ? row.labelOf(slot).label : field;
        found.push(label === undefined ? number : { number, label });
      }
    }
  }
  return found;
}

/** Google writes `Fiera 2026 ::: * myContacts` (its own groups have a star), Mailchimp `"Fiera","Libri"`. */
export function tagsOf(row: Row): string[] {
  const tags = [...row.all('tags')].flatMap(({ text }) => text.split(/:::|[,;|]/));
  const plain = tags.map((tag) => tag.trim().replace(/^"|"$/g, '').trim());
  return [...new Set(plain.filter((tag) => tag !== '' && !tag.startsWith('* ')))];
}

/** Identifiers under the names of their systems. */
export function identifiersOf(row: Row): Record<string, string> {
  return Object.fromEntries([...row.all('identifiers')].map(({ slot, text }) => [slot.label ?? 'id', text]));
}
