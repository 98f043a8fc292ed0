import { foldCompanyName } from '../companies/company-name.js';
import type { ContentLine } from './content-line.js';
import { addressOf, birthdayIn, namesOf } from './properties.js';
import { lineOf, splitValue } from './value-text.js';

/**
 * What a record takes from a line that may say more than that. Two lines of one name with one reading say the same of
 * the record.
 * @param named what X-ABLabel calls the line
 * @param code of the country, by X-ABADR
 * @returns undefined for a line that a record takes as a whole or not at all; empty where it takes nothing
 */
export function readingOf(line: ContentLine, named?: string, code?: string): string | undefined {
  switch (line.name) {
    case 'N':
      return textOf(namesOf(line));
    case 'ADR':
      return textOf(addressOf(line, { code, named }));
    case 'BDAY':
      return birthdayIn(line) ?? '';
    case 'URL':
      return lineOf(line.value);
    case 'ORG':
      return foldCompanyName(lineOf(splitValue(line.value, ';')[0] ?? ''));
    default:
      return undefined;
  }
}

function textOf(reading: object): string {
  const text = JSON.stringify(reading);
  return text === '{}' ? '' : text;
}
