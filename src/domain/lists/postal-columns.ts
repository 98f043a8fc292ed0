import { foldText } from '../contacts/person-name.js';
import { countryCode } from './code-of-name.js';
import type { Row } from './row.js';

export interface PostalAddress {
  label?: string;
  street?: string;
  po_box?: string;
  extended?: string;
  locality?: string;
  region?: string;
  postal_code?: string;
  country?: string;
}

/** What a column's name says about where its address or number is. */
const places: readonly [RegExp, string][] = [
  [/\b(?:home|ab|casa|abitazione|residenza|privat|domicile)\b/, 'home'],
  [/\b(?:work|business|office|uff|ufficio|lavoro|geschaftlich|bureau)\b/, 'work'],
  [/\b(?:other|altra|altro|weitere)\b/, 'other'],
  [/\b(?:billing|fatturazione)\b/, 'billing'],
  [/\b(?:shipping|spedizione)\b/, 'shipping'],
];

/** `home`, `work`, `other` … as a column's name says; undefined where it does not. */
export function placeOfName(header: string): string | undefined {
  const folded = foldText(header.replace(/([a-z])([A-Z])/g, '$1 $2'));
  return places.find(([pattern]) => pattern.test(folded))?.[1];
}

const parts = ['street', 'po_box', 'extended', 'locality', 'region', 'postal_code', 'country'] as const;

/**
 * The postal addresses of a row: the columns of one place (home, work …) or number are one address, several street
 * columns its lines. An address written in one piece is read where its parts are not given, and left unread where it says
 * more than they do. A country that cannot be
 * told is left unread.
 */
export function postalAddresses(row: Row, problems: string[]): PostalAddress[] {
  const byPlace = new Map<string, PostalAddress>();
  const words = new Map<string, string>();
  for (const field of parts) {
    for (const { slot, text } of row.all(field)) {
      if (row.unread.has(slot.column)) continue;
      const value = field === 'country' ? countryCode(text) : oneLine(text);
      if (value === undefined) {
        row.unread.add(slot.column);
        problems.push(`the country ${JSON.stringify(text)} is not known`);
        continue;
      }
      const { label } = row.labelOf(slot);
      const key = slot.group ?? label ?? '';
      const address: PostalAddress = byPlace.get(key) ?? (label === undefined ? {} : { label });
      address[field] = address[field] === undefined ? value : `${address[field]}, ${value}`;
      byPlace.set(key, address);
      words.set(key, `${words.get(key) ?? ''} ${foldText(text)}`);
    }
  }
  for (const { slot, text } of row.all('formatted')) {
    const { label } = row.labelOf(slot);
    const key = slot.group ?? label ?? '';
    if (!byPlace.has(key))
      byPlace.set(key, { ...(label === undefined ? {} : { label }), street: oneLine(text) });
    else if (!holds(words.get(key) ?? '', text)) row.unread.add(slot.column);
  }
  return [...byPlace.values()];
}

/** Whether the parts of an address say all that it says in one piece. */
function holds(parts: string, whole: string): boolean {
  const known = new Set(parts.split(' '));
  return foldText(whole)
    .split(' ')
    .every((word) => known.has(word));
}

const oneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(', ');
