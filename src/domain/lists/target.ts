/** What a column of a list can hold: of people, firms, deals, interactions or suppressions. */
export const targetFields = [
  'name',
  'full_name',
  'given_name',
  'middle_name',
  'family_name',
  'file_as',
  'email',
  'phone',
  'mobile',
  'fax',
  'company',
  'company_id',
  'contact_id',
  'parent_id',
  'title',
  'street',
  'po_box',
  'extended',
  'locality',
  'region',
  'postal_code',
  'country',
  'formatted',
  'language',
  'birthday',
  'birth_year',
  'birth_month',
  'birth_day',
  'tags',
  'notes',
  'url',
  'domain',
  'vat',
  'industry',
  'source',
  'owner',
  'lifecycle',
  'consent',
  'opted_out',
  'bounced',
  'bounced_at',
  'deleted',
  'status',
  'identifiers',
  'attributes',
  'date',
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
  'custom',
  '-',
] as const;

export type TargetField = (typeof targetFields)[number];

/** Where the cells of a column go. */
export interface Target {
  field: TargetField;
  /** Of an address or number (home, work …), the system of an identifier, or the key of a custom value. */
  label?: string;
  /** Which columns make one address together. */
  group?: string;
  /** The column whose cell says the label of each row. */
  labelColumn?: number;
}

/** A target and its column, from 0. */
export interface Slot extends Target {
  column: number;
}

const known = new Set<string>(targetFields);

/** What else a field is called. */
const alsoCalled: Readonly<Record<string, TargetField>> = { note: 'notes' };

/**
 * A target as tables and mappings write it: `email`, `phone.work`, `street.home`, `identifiers.shop`, `custom.colour`, `-`.
 * @returns undefined for what is no field
 */
export function parseTarget(text: string): Target | undefined {
  const dot = text.indexOf('.');
  const said = dot === -1 ? text : text.slice(0, dot);
  const field = Object.hasOwn(alsoCalled, said) ? alsoCalled[said]! : said;
  if (!known.has(field)) return undefined;
  return { field: field as TargetField, ...(dot === -1 ? {} : { label: text.slice(dot + 1) }) };
}
