import { parseEmail } from '../contacts/email-address.js';
import { birthdayOf } from '../lists/birthday.js';
import { countryCode } from '../lists/code-of-name.js';
import type { PostalAddress } from '../lists/postal-columns.js';
import type { ContentLine } from './content-line.js';
import { labelOf } from './labels.js';
import { lineOf, oneLine, partOf, splitValue, unescapeText } from './value-text.js';

/** A given and a family name, as N says them; what stands between and around them is left out. */
export function namesOf({ value }: ContentLine): { given?: string; family?: string } {
  const parts = splitValue(value, ';');
  const [family, given] = [partOf(parts, 0, ' '), partOf(parts, 1, ' ')];
  return { ...(given === '' ? {} : { given }), ...(family === '' ? {} : { family }) };
}

/** Whether N says more than a given and a family name. */
export function saysMoreThanNames({ value }: ContentLine): boolean {
  return splitValue(value, ';')
    .slice(2)
    .some((part) => part.replaceAll(',', '').trim() !== '');
}

/**
 * A postal address.
 * @param code of the country, where another line says it (X-ABADR)
 * @param named what another line calls it
 */
export function addressOf(
  line: ContentLine,
  { code, named }: { code?: string | undefined; named?: string | undefined } = {},
): PostalAddress {
  const parts = splitValue(line.value, ';');
  const part = (at: number) => partOf(parts, at, ', ');
  const street = [2, 1, 0]
    .map((at) => postalPart(parts[at]))
    .filter(Boolean)
    .join(', ');
  const written = part(6);
  const country =
    (written === '' ? undefined : countryCode(written)) ?? (code ? countryCode(code) : undefined);
  const label = labelOf(line, named);
  const address: PostalAddress = {};
  if (label !== undefined) address.label = label;
  if (street !== '') address.street = street;
  if (part(3) !== '') address.locality = part(3);
  if (part(4) !== '') address.region = part(4);
  if (part(5) !== '') address.postal_code = part(5);
  if (country !== undefined) address.country = country;
  return address;
}

/** The lines of a street as one. */
function postalPart(part: string | undefined): string {
  if (!part) return '';
  return splitValue(part, ',')
    .flatMap((text) => unescapeText(text).split('\n'))
    .map(oneLine)
    .filter(Boolean)
    .join(', ');
}

/** Whether a line says what its address has no place for: a country without ISO code, a label to print, a place on the map. */
export function saysMoreThanAddress(line: ContentLine, address: PostalAddress): boolean {
  const country = partOf(splitValue(line.value, ';'), 6, ', ');
  if (country !== '' && countryCode(country) === undefined && address.country === undefined) return true;
  return ['LABEL', 'GEO', 'TZ'].some((param) => line.params.has(param));
}

/** A birthday; 1604 is the year of those that have none (X-APPLE-OMIT-YEAR). Undefined for a text, or half a date. */
export function birthdayIn({ value, params }: ContentLine): string | undefined {
  if (params.get('VALUE')?.[0]?.toLowerCase() === 'text') return undefined;
  const date = /^(-{0,2}[\d-]{4,10})(?:T[\d:.Z+-]{0,20})?$/i.exec(value.trim())?.[1];
  if (date === undefined) return undefined;
  const omitted = params.get('X-APPLE-OMIT-YEAR')?.[0] ?? '1604';
  const yearless =
    date.startsWith(omitted) && omitted.length === 4 ? `--${date.slice(4).replace(/^-/, '')}` : date;
  return birthdayOf(yearless);
}

/** A telephone number as written, a `tel:` URI without its scheme. */
export function numberOf({ value }: ContentLine): string {
  return lineOf(value).replace(/^tel:\s*/i, '');
}

/** An e-mail address, and what is wrong with it. */
export function emailOf({ value }: ContentLine): { address: string; canonical?: string; problem?: string } {
  const text = lineOf(value);
  const reading = parseEmail(text);
  if (reading.ok) return { address: reading.email.address, canonical: reading.email.canonical };
  return {
    address: text,
    problem: `the e-mail address ${JSON.stringify(text)} is invalid: ${reading.reason}`,
  };
}
