/** What a column is, as far as comparing goes. */
export const kinds = [
  'given_name',
  'family_name',
  'name',
  'company',
  'email',
  'phone',
  'street',
  'locality',
  'region',
  'postal_code',
  'country',
  'date',
  'identifier',
  'domain',
  'category',
] as const;

export type FieldKind = (typeof kinds)[number];
