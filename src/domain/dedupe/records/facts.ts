import { bareVat } from '../../companies/vat-number.js';
import { splitPersonName } from '../../contacts/split-name.js';
import type { Field } from '../../lists/column-names.js';
import type { Columns } from '../../lists/columns.js';
import { nameReader } from '../../lists/row-name.js';
import type { FieldKind } from '../linkage/kinds.js';

/** What a record is compared by: values by field; several of one field are alternatives. */
export type Facts = Readonly<Record<string, readonly string[]>>;

/** A field of records and what it is, as far as comparing goes. */
export interface FactField {
  name: string;
  kind: FieldKind;
}

const ofPlace: FactField[] = [
  { name: 'street', kind: 'street' },
  { name: 'locality', kind: 'locality' },
  { name: 'region', kind: 'region' },
  { name: 'postal_code', kind: 'postal_code' },
  { name: 'country', kind: 'country' },
];

/** What two records of a kind may agree in, beside identifiers. */
export const factFields: Readonly<Record<'contact' | 'company', readonly FactField[]>> = {
  contact: [
    { name: 'given_name', kind: 'given_name' },
    { name: 'family_name', kind: 'family_name' },
    { name: 'company', kind: 'company' },
    { name: 'emails', kind: 'email' },
    { name: 'phones', kind: 'phone' },
    ...ofPlace,
    { name: 'birthday', kind: 'date' },
  ],
  company: [
    { name: 'name', kind: 'company' },
    { name: 'vat', kind: 'identifier' },
    { name: 'domains', kind: 'domain' },
    { name: 'emails', kind: 'email' },
    { name: 'phones', kind: 'phone' },
    ...ofPlace,
  ],
};

/** Begins the names of fields that hold identifiers, each under its own name. */
export const identifierPrefix = 'identifiers.';

type Data = Readonly<Record<string, unknown>>;

/**
 * What a contact is compared by.
 * @param company the name of its firm; empty for none
 */
export function contactFacts(data: Data, company: string): Facts {
  const { given, family } = namesOf(data);
  // Without the year it would differ from every birthday that has one.
  const birthday = textOf(data.birthday).startsWith('--') ? '' : textOf(data.birthday);
  return told({
    given_name: [given],
    family_name: [family],
    company: [company],
    emails: texts(data.emails, 'address'),
    phones: texts(data.phones, 'number'),
    ...placeOf(data),
    birthday: [birthday],
    ...identifiersOf(data),
  });
}

/** What a firm is compared by. */
export function companyFacts(data: Data): Facts {
  return told({
    name: [textOf(data.name), textOf(data.legal_name)],
    vat: [bareVat(textOf(data.vat))],
    domains: texts(data.domains, 'domain'),
    emails: texts(data.emails, 'address'),
    phones: texts(data.phones, 'number'),
    ...placeOf(data),
    ...identifiersOf(data),
  });
}

/** How to read the rows of a list in the same terms. */
export function rowFacts(kind: 'contact' | 'company', columns: Columns): (cells: readonly string[]) => Facts {
  const nameOf = nameReader(columns);
  return (cells) => {
    const all = (...fields: Field[]) =>
      fields.flatMap((field) => columns[field] ?? []).map((column) => cells[column] ?? '');
    const data = {
      name: nameOf(cells),
      given_name: all('given_name')[0],
      family_name: all('family_name')[0],
      emails: all('email'),
      phones: all('phone', 'mobile'),
      addresses: [
        {
          street: all('street')[0],
          locality: all('locality')[0],
          region: all('region')[0],
          postal_code: all('postal_code')[0],
          country: all('country')[0],
        },
      ],
      birthday: all('birthday')[0],
      vat: all('vat')[0],
      domains: all('website'),
    };
    const company = all('company')[0] ?? '';
    return kind === 'contact'
      ? contactFacts(data, company)
      : companyFacts({ ...data, name: company || data.name });
  };
}

function namesOf(data: Data): { given: string; family: string } {
  const [given, family] = [textOf(data.given_name), textOf(data.family_name)];
  return given !== '' && family !== ''
    ? { given, family }
    : splitPersonName(textOf(data.name) || given || family);
}

function placeOf(data: Data): Record<string, string[]> {
  const [first] = Array.isArray(data.addresses) ? (data.addresses as Data[]) : [];
  return Object.fromEntries(ofPlace.map(({ name }) => [name, [textOf(first?.[name])]]));
}

function identifiersOf({ identifiers }: Data): Record<string, string[]> {
  if (typeof identifiers !== 'object' || identifiers === null) return {};
  return Object.fromEntries(
    Object.entries(identifiers).map(([name, value]) => [`${identifierPrefix}${name}`, [textOf(value)]]),
  );
}

/** Texts of a list whose items are texts or maps that hold the text. */
function texts(value: unknown, key: string): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((item) => textOf(typeof item === 'object' && item !== null ? (item as Data)[key] : item));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Without what says nothing. */
function told(facts: Record<string, string[]>): Facts {
  const found: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(facts)) {
    const filled = values.filter((value) => value !== '');
    if (filled.length > 0) found[name] = filled;
  }
  return found;
}
