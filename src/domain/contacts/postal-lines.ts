import type * as z from 'zod';
import type { postalAddress } from '../records/fields.js';

export type PostalAddress = z.infer<typeof postalAddress>;

/** Countries where the place comes before the code, or the code has a line of its own (Universal Postal Union). */
const placeFirst = new Set(['US', 'CA', 'AU', 'IN', 'ID', 'NZ']);
const ownLine = new Set(['GB', 'IE']);

/**
 * An address as its lines on an envelope, below the name. The country stands last, in capitals and in the language of
 * the country the letter is posted in, where that is another one (UPU, S42).
 * @param home ISO 3166-1 alpha-2, where letters are posted
 * @param language BCP 47, for the name of the country
 */
export function postalLines(address: PostalAddress, home: string | undefined, language: string): string[] {
  const { street = '', locality = '', region = '', postal_code: code = '', country = home } = address;
  const abroad = country !== undefined && country !== home;
  const place = placeFirst.has(country ?? '')
    ? [words(locality, region), words(code)].filter(Boolean).join(' ')
    : ownLine.has(country ?? '')
      ? [words(locality), words(code)].filter(Boolean).join('\n')
      : words(code, locality, region);
  return [...street.split(/\r?\n/), ...place.split('\n'), abroad ? countryName(country, language) : '']
    .map((line) => words(line))
    .filter(Boolean);
}

/** Whether a letter can be addressed so: a street or a post-office box, and a place. */
export function isComplete({ street, locality, postal_code: code }: PostalAddress): boolean {
  return words(street ?? '') !== '' && (words(locality ?? '') !== '' || words(code ?? '') !== '');
}

function words(...parts: string[]): string {
  return parts
    .join(' ')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
}

function countryName(country: string, language: string): string {
  try {
    const name = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country);
    return (name ?? country).toLocaleUpperCase(language);
  } catch {
    return country;
  }
}
