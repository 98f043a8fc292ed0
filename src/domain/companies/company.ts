import * as z from 'zod';
import { mergedFrom } from '../duplicates/provenance.js';
import { identifiers, listOf, postalAddress, ref, text } from '../records/fields.js';

export const company = z.looseObject({
  name: text,
  legal_name: text.optional(),
  vat: text.optional(),
  domains: listOf(text).optional(),
  phones: listOf(z.union([text, z.looseObject({ number: text, label: text.optional() })])).optional(),
  addresses: listOf(postalAddress).optional(),
  industry: text.optional(),
  parent: ref.optional(),
  owner: text.optional(),
  office: text.optional(),
  tags: listOf(text).optional(),
  identifiers: identifiers.optional(),
  /** Lines of a vCard that have no other place, as vCard 4 has them, unfolded. */
  vcard: listOf(text).optional(),
  /** Columns of an imported list that no rule knows. */
  custom: z.record(z.string(), text).optional(),
  merged_from: mergedFrom.optional(),
  merged_into: ref.optional(),
});
