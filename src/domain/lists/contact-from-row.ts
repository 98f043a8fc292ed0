import { foldPersonName, foldText } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { birthdayOf, birthdayOfParts } from './birthday.js';
import { languageCode } from './code-of-name.js';
import { deniesConsent } from './consent-said.js';
import { lifecycleOf } from './lifecycle-of.js';
import type { ListContext } from './list-context.js';
import { type OptOut, optOutOf, saysYes } from './opt-out.js';
import { type PostalAddress, postalAddresses } from './postal-columns.js';
import type { Row } from './row.js';
import { customOf } from './row-custom.js';
import { nameOf } from './row-name.js';
import { type Email, emailsOf, identifiersOf, type Phone, phonesOf, tagsOf } from './row-values.js';
import type { TargetField } from './target.js';

/** Front matter of a contact, in the order of the schema; `company` is left to the caller to resolve. */
export interface ContactData {
  name: string;
  given_name?: string;
  family_name?: string;
  title?: string;
  emails?: Email[];
  phones?: Phone[];
  addresses?: PostalAddress[];
  language?: string;
  birthday?: string;
  lifecycle?: string;
  owner?: string;
  tags?: string[];
  source?: { channel?: string; name?: string; by?: string; at?: string };
  urls?: string[];
  identifiers?: Record<string, string>;
  custom?: Record<string, string>;
}

export interface RowContact {
  contact: ContactData;
  /** The company's name as written. */
  company?: string;
  /** What the company is called in the system that the list comes from: system and identifier. */
  companyId?: string;
  note?: string;
  /** What derives the record's id: equal for the same row read again, and in another clone. */
  key: string;
  /** The record on file, where the source names it. */
  id?: string;
  /** Identifiers that alone say who this is: `system:value`. */
  ids: string[];
  /** The row says that the person must not be written to. */
  optOut?: OptOut;
  /** Why the row does not bear out that the person agreed to anything. */
  noConsent?: string;
  /** What was not understood, one sentence each. */
  problems: string[];
}

/** Fields of lists that a contact has no place for: they are kept as custom values. */
const noPlace: ReadonlySet<TargetField> = new Set([
  'vat',
  'domain',
  'industry',
  'consent',
  'status',
  'bounced',
  'bounced_at',
  'parent_id',
  'contact_id',
  'stage',
  'amount',
  'currency',
  'close',
  'subject',
  'type',
  'at',
  'time',
  'done',
  'deal',
]);

/**
 * One row of a list as a contact.
 * @returns the contact, or why there is none
 */
export function contactFromRow(row: Row, context: ListContext): RowContact | { refused: string } {
  const problems: string[] = [];
  const { emails, canonical } = emailsOf(row, problems);
  const phones = phonesOf(row, problems);
  const written = nameOf(row);
  if (written === '' && canonical === undefined)
    return { refused: 'the row has neither a name nor a valid e-mail address' };
  if (saysYes(row.one('deleted') ?? '')) return { refused: 'the row is marked as deleted' };
  const optOut = optOutOf(row, context.dates);
  const first = emails.find((email) => typeof email === 'string' || !email.invalid);
  const source = { ...context.source, ...(row.one('source') ? { name: row.one('source')! } : {}) };
  const identifiers = identifiersOf(row);
  const contact: ContactData = {
    name: written === '' ? (typeof first === 'string' ? first : first!.address) : written,
    ...known('given_name', row.one('given_name')),
    ...known('family_name', row.one('family_name')),
    ...known('title', row.one('title')),
    ...known('emails', some(emails)),
    ...known('phones', some(phones)),
    ...known('addresses', some(postalAddresses(row, problems))),
    ...known('language', understood('language', languageCode, 'is not a known language')),
    ...known('birthday', birthday()),
    ...known('lifecycle', row.one('lifecycle') ? understood('lifecycle', lifecycleOf) : context.lifecycle),
    ...known(
      'owner',
      understood('owner', (text) => context.memberOf?.(text)),
    ),
    ...known('tags', some(tagsOf(row))),
    ...known('source', some(Object.keys(source)) && source),
    ...known('urls', some([...new Set([...row.all('url')].flatMap(({ text }) => urlsOf(text)))])),
    ...known('identifiers', some(Object.keys(identifiers)) && identifiers),
  };
  let custom: Record<string, string> | undefined;
  try {
    custom = customOf(row, context.header, noPlace, context.dates);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { refused: `the row has ${error.message}` };
  }
  if (custom) contact.custom = custom;
  const ids = Object.entries(identifiers).flatMap(([system, value]) =>
    context.trusted?.has(system) ? [`${system}:${value}`] : [],
  );
  const company = row.one('company');
  const companyId = [...row.all('company_id')][0];
  const note = [...row.all('notes')].map(({ text }) => text).join('\n\n');
  const noConsent = deniesConsent(row, context.header, context.consentColumns ?? new Set());
  return {
    contact,
    ...(company === undefined ? {} : { company }),
    ...(companyId?.slot.label
      ? { companyId: `${companyId.slot.label}:${companyId.text.split(/[;,]/)[0]!.trim()}` }
      : {}),
    ...(note === '' ? {} : { note }),
    key: ids[0] === undefined ? keyOf(row, canonical, phones, written, context.country) : `id:${ids[0]}`,
    ids,
    ...(optOut ? { optOut } : {}),
    ...(noConsent === undefined ? {} : { noConsent }),
    problems,
  };

  function birthday(): string | undefined {
    const [month = '', day = ''] = [row.one('birth_month'), row.one('birth_day')];
    const parts = birthdayOfParts(row.one('birth_year') ?? '', month, day);
    if (parts === undefined)
      for (const field of ['birth_year', 'birth_month', 'birth_day'] as const) row.leave(field);
    return understood('birthday', birthdayOf, 'is not a date that can be read in one way only') ?? parts;
  }

  /** What cannot be read is kept as it is; with `fault` it is told. */
  function understood(
    field: TargetField,
    read: (text: string) => string | undefined,
    fault?: string,
  ): string | undefined {
    const text = row.one(field);
    // Outlook's empty date.
    if (text === undefined || /^0\/0\/0+$/.test(text)) return undefined;
    const value = read(text);
    if (value === undefined) {
      if (fault) problems.push(`${JSON.stringify(text.slice(0, 200))} ${fault}`);
      row.leave(field);
    }
    return value;
  }
}

const some = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

const known = <K extends keyof ContactData>(key: K, value: ContactData[K] | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Pick<ContactData, K>);

const urlsOf = (text: string): string[] => text.split(':::').flatMap((url) => url.trim() || []);

function keyOf(
  row: Row,
  email: string | undefined,
  phones: readonly Phone[],
  name: string,
  country: string | undefined,
): string {
  if (email !== undefined) return `email:${email}`;
  for (const phone of phones) {
    const key = phoneKey(typeof phone === 'string' ? phone : phone.number, country);
    if (key !== undefined) return `phone:${key}|${foldPersonName(name)}`;
  }
  return `row:${row.cells.map((cell) => foldText(cell)).join('|')}`;
}
