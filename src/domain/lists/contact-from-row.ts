import { saysNothing } from '../contacts/email-address.js';
import { foldPersonName, foldText } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { birthdayOf } from './birthday.js';
import { languageCode } from './code-of-name.js';
import type { Columns } from './columns.js';
import { saysOptedOut } from './opt-out.js';
import { type PostalAddress, postalAddresses } from './postal-columns.js';
import { nameReader } from './row-name.js';
import { emailsOf, identifiersOf, type Phone, phonesOf, tagsOf } from './row-values.js';

export interface RowDefaults {
  /** ISO 3166-1 alpha-2 of phone numbers written without prefix. */
  country?: string;
  /** Where the list comes from; a source column names it better. */
  source?: { channel?: string; name?: string; by?: string; at?: string };
}

/** Front matter of a contact, in the order of the schema; `company` is left to the caller to resolve. */
export interface ContactData {
  name: string;
  given_name?: string;
  family_name?: string;
  title?: string;
  emails?: (string | { address: string; invalid: true })[];
  phones?: Phone[];
  addresses?: PostalAddress[];
  language?: string;
  birthday?: string;
  tags?: string[];
  source?: { channel?: string; name?: string; by?: string; at?: string };
  identifiers?: Record<string, string>;
}

export interface RowContact {
  contact: ContactData;
  /** The company's name as written. */
  company?: string;
  note?: string;
  /** What derives the record's id: equal for the same row read again, and in another clone. */
  key: string;
  /** The row says that the person must not be written to. */
  optedOut: boolean;
  /** Name of the column → value, for what has no place in a contact. Opt-ins are among them: a cell proves no consent. */
  extra: Record<string, string>;
  /** What was not understood, one sentence each. */
  problems: string[];
}

/**
 * One row of a list as a contact.
 * @param cells trimmed
 * @returns the contact, or why there is none
 */
export function contactFromRow(
  cells: readonly string[],
  header: readonly string[],
  columns: Columns,
  defaults: RowDefaults = {},
): RowContact | { refused: string } {
  const one = (field: keyof Columns) =>
    columns[field]?.map((column) => cells[column] ?? '').find((cell) => !saysNothing(cell));
  const problems: string[] = [];
  const unread = new Set<number>();
  const emails = emailsOf(cells, columns, problems);
  const phones = phonesOf(cells, header, columns);
  const written = nameReader(columns)(cells);
  const valid = emails.find((email) => email.canonical !== undefined);
  if (written === '' && valid === undefined) {
    return { refused: 'the row has neither a name nor a valid e-mail address' };
  }
  const contact: ContactData = {
    name: written === '' ? valid!.address : fullName(written, cells, columns),
  };
  const put = <K extends keyof ContactData>(key: K, value: ContactData[K] | undefined) => {
    if (value !== undefined) contact[key] = value;
  };
  put('given_name', one('given_name'));
  put('family_name', one('family_name'));
  put('title', one('title'));
  put(
    'emails',
    some(emails.map(({ address, canonical }) => (canonical ? address : { address, invalid: true as const }))),
  );
  put('phones', some(phones));
  const postal = postalAddresses(cells, header, columns);
  for (const column of postal.unread) {
    unread.add(column);
    problems.push(`the country ${JSON.stringify(cells[column])} is not known`);
  }
  put('addresses', some(postal.addresses));
  put('language', understood('language', languageCode, 'is not a known language'));
  put('birthday', understood('birthday', birthdayOf, 'is not a date that can be read in one way only'));
  put('tags', some(tagsOf(cells, columns)));
  const source = { ...defaults.source, ...(one('source') === undefined ? {} : { name: one('source')! }) };
  put('source', Object.keys(source).length === 0 ? undefined : source);
  put('identifiers', identifiersOf(cells, header, columns));
  const company = one('company');
  const note = some((columns.notes ?? []).map((column) => cells[column] ?? '').filter((cell) => cell !== ''));
  return {
    contact,
    ...(company === undefined ? {} : { company }),
    ...(note === undefined ? {} : { note: note.join('\n\n') }),
    key: keyOf(valid?.canonical, phones, written, cells, defaults.country),
    optedOut: saysOptedOut(cells, columns),
    extra: extraOf(cells, header, columns, unread),
    problems,
  };

  function understood(
    field: 'language' | 'birthday',
    read: (text: string) => string | undefined,
    fault: string,
  ): string | undefined {
    const text = one(field);
    const value = text === undefined ? undefined : read(text);
    if (text !== undefined && value === undefined && !/^0\/0\/0+$/.test(text)) {
      problems.push(`${JSON.stringify(text)} ${fault}`);
      for (const column of columns[field] ?? []) unread.add(column);
    }
    return value;
  }
}

const some = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

function fullName(written: string, cells: readonly string[], columns: Columns): string {
  const part = (field: 'given_name' | 'middle_name' | 'family_name') =>
    cells[columns[field]?.[0] ?? -1] ?? '';
  const middle = part('middle_name');
  if (middle === '' || part('given_name') === '' || part('family_name') === '') return written;
  return `${part('given_name')} ${middle} ${part('family_name')}`;
}

function keyOf(
  email: string | undefined,
  phones: readonly Phone[],
  name: string,
  cells: readonly string[],
  country: string | undefined,
): string {
  if (email !== undefined) return `email:${email}`;
  for (const phone of phones) {
    const key = phoneKey(typeof phone === 'string' ? phone : phone.number, country);
    if (key !== undefined) return `phone:${key}|${foldPersonName(name)}`;
  }
  return `row:${cells.map((cell) => foldText(cell)).join('|')}`;
}

/** Fields that a contact has a place for; the rest is returned apart. */
const placed = new Set([
  'email',
  'phone',
  'mobile',
  'fax',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'company',
  'title',
  'street',
  'locality',
  'region',
  'postal_code',
  'country',
  'language',
  'birthday',
  'tags',
  'notes',
  'source',
  'external_id',
]);

function extraOf(
  cells: readonly string[],
  header: readonly string[],
  columns: Columns,
  unread: ReadonlySet<number>,
): Record<string, string> {
  const used = new Set(
    Object.entries(columns).flatMap(([field, places]) => (placed.has(field) ? places : [])),
  );
  const extra: Record<string, string> = {};
  for (const [column, cell] of cells.entries()) {
    if (cell === '' || (used.has(column) && !unread.has(column))) continue;
    extra[header[column] || `column ${column + 1}`] = cell;
  }
  return extra;
}
