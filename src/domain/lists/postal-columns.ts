import { foldText } from '../contacts/person-name.js';
import { countryCode } from './code-of-name.js';
import type { Columns } from './columns.js';

export interface PostalAddress {
  label?: string;
  street?: string;
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

/**
 * The postal addresses of a row: the columns that say the same place (home, work …) or number are one address, several
 * street columns its lines. A country that cannot be told is left out, and named by `unread`.
 */
export function postalAddresses(
  cells: readonly string[],
  header: readonly string[],
  columns: Columns,
): { addresses: PostalAddress[]; unread: number[] } {
  const byPlace = new Map<string, PostalAddress>();
  const unread: number[] = [];
  for (const field of ['street', 'locality', 'region', 'postal_code', 'country'] as const) {
    for (const column of columns[field] ?? []) {
      const written = cells[column] ?? '';
      if (written === '') continue;
      const place = placeOfName(header[column] ?? '');
      const key = place ?? /^\D*(\d+) ?[-:]/.exec(header[column] ?? '')?.[1] ?? '';
      const value = field === 'country' ? countryCode(written) : written.replace(/\s*\n\s*/g, ', ');
      if (value === undefined) {
        unread.push(column);
        continue;
      }
      const address: PostalAddress = byPlace.get(key) ?? (place === undefined ? {} : { label: place });
      address[field] = address[field] === undefined ? value : `${address[field]}, ${value}`;
      byPlace.set(key, address);
    }
  }
  return { addresses: [...byPlace.values()], unread };
}
