import { saysNothing } from '../contacts/email-address.js';
import { languageCode } from '../lists/code-of-name.js';
import type { PostalAddress } from '../lists/postal-columns.js';
import { isTimeZone } from '../time/clock.js';
import type { CardLines } from './card-lines.js';
import { preference, typesOf } from './labels.js';
import { addressOf, birthdayIn, emailOf, numberOf, saysMoreThanAddress } from './properties.js';
import { invalidEmail } from './said-lines.js';
import { lineOf, splitValue } from './value-text.js';

/** What stands in an entry beside the address or number itself. */
interface Beside {
  label?: string;
  primary?: true;
  invalid?: true;
}

export type CardEmail = string | ({ address: string } & Beside);
export type CardPhone = string | ({ number: string } & Beside);

/** The e-mail addresses of a card; what is wrong with one goes to `problems`. */
export function emailsIn(lines: CardLines, problems: string[]): CardEmail[] {
  const found: CardEmail[] = [];
  const seen = new Set<string>();
  const all = [...lines.all('EMAIL'), ...lines.all(invalidEmail)];
  const preferred = all.length > 1 ? lines.first('EMAIL') : undefined;
  for (const line of all) {
    lines.take(line);
    const { address, canonical, problem } = emailOf(line);
    const key = canonical ?? address;
    if (saysNothing(address) || seen.has(key)) continue;
    seen.add(key);
    const known = line.name === invalidEmail;
    if (problem !== undefined && !known) problems.push(problem);
    const label = lines.labelOf(line);
    const beside: Beside = {
      ...(label === undefined ? {} : { label }),
      ...(line === preferred && preference(line) !== undefined ? { primary: true } : {}),
      ...(problem !== undefined || known ? { invalid: true } : {}),
    };
    found.push(Object.keys(beside).length === 0 ? address : { address, ...beside });
  }
  return found;
}

/** The telephone numbers of a card. */
export function phonesIn(lines: CardLines): CardPhone[] {
  const found: CardPhone[] = [];
  const preferred = lines.all('TEL').length > 1 ? lines.first('TEL') : undefined;
  for (const line of lines.all('TEL')) {
    lines.take(line);
    const number = numberOf(line);
    if (saysNothing(number)) continue;
    const label = lines.labelOf(line);
    const beside: Beside = {
      ...(label === undefined ? {} : { label }),
      ...(line === preferred && preference(line) !== undefined ? { primary: true } : {}),
    };
    found.push(Object.keys(beside).length === 0 ? number : { number, ...beside });
  }
  return found;
}

/** The postal addresses of a card, the preferred one first. */
export function addressesIn(lines: CardLines): PostalAddress[] {
  const first = lines.first('ADR');
  const ordered = [...lines.all('ADR')].sort((a, b) => Number(b === first) - Number(a === first));
  return ordered.flatMap((line) => {
    const address = addressOf(line, { code: lines.countryOf(line), named: lines.named(line) });
    if (!saysMoreThanAddress(line, address)) lines.take(line);
    const { label: _, ...place } = address;
    return Object.keys(place).length === 0 ? [] : [address];
  });
}

/** The sites of a card. One that is named stands in `vcard:` as well. */
export function urlsIn(lines: CardLines): string[] {
  const found = lines.all('URL').flatMap((line) => {
    const url = lineOf(line.value);
    const label = lines.named(line) ?? typesOf(line).find((type) => type !== 'pref');
    if (label === undefined || label === 'home page') lines.take(line);
    return url === '' ? [] : [url];
  });
  return [...new Set(found)];
}

/** The categories of a card. */
export function tagsIn(lines: CardLines): string[] {
  const found = lines.all('CATEGORIES').flatMap((line) => {
    lines.take(line);
    return splitValue(line.value, ',').map(lineOf);
  });
  return [...new Set(found)].filter(Boolean);
}

/** The language that a card prefers; the others stay where they are. */
export function languageIn(lines: CardLines): string | undefined {
  return valueIn(lines, 'LANG', languageCode);
}

/** The time zone of a card where it is one of the IANA's; an offset is none. */
export function timezoneIn(lines: CardLines): string | undefined {
  return valueIn(lines, 'TZ', (text) => (/^[a-z]/i.test(text) && isTimeZone(text) ? text : undefined));
}

/** The birthday of a card; half a date, or one with a time, stands in `vcard:`. */
export function birthdayOf(lines: CardLines): string | undefined {
  const line = lines.first('BDAY');
  const birthday = line && birthdayIn(line);
  if (line && birthday !== undefined && !line.params.has('ALTID') && !/T(?!00:?00:?00)/i.test(line.value))
    lines.take(line);
  return birthday;
}

/** The preferred text of a property, as one line. */
export function textOf(lines: CardLines, name: string): string | undefined {
  return valueIn(lines, name, (text) => (text === '' ? undefined : text));
}

function valueIn(
  lines: CardLines,
  name: string,
  read: (text: string) => string | undefined,
): string | undefined {
  const line = lines.first(name);
  const value = line && read(lineOf(line.value));
  // A line that says nothing is taken too: there is nothing to keep.
  if (line && (value !== undefined || line.value.trim() === '')) lines.take(line);
  return value;
}
