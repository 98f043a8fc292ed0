import * as z from 'zod';
import { consent } from '../consent/consent.js';
import { mergedFrom } from '../duplicates/provenance.js';
import {
  attachments,
  date,
  duration,
  flag,
  identifiers,
  language,
  listOf,
  postalAddress,
  ref,
  text,
} from '../records/fields.js';
import { positions } from './positions.js';

export const lifecycles = ['lead', 'prospect', 'customer', 'former', 'partner', 'supplier'] as const;

const labelled = <K extends string>(key: K) =>
  z.union([
    text,
    z.looseObject({
      [key]: text,
      label: text.optional(),
      primary: flag.optional(),
      invalid: flag.optional(),
    }),
  ]);

/** A person. */
export const contact = z.looseObject({
  name: text,
  given_name: text.optional(),
  family_name: text.optional(),
  company: ref.optional(),
  title: text.optional(),
  positions: positions.optional(),
  emails: listOf(labelled('address')).optional(),
  phones: listOf(labelled('number')).optional(),
  addresses: listOf(postalAddress).optional(),
  language: language.optional(),
  timezone: text.optional(),
  birthday: z
    .union([date, z.string().regex(/^--\d{2}-\d{2}$/)], {
      error: 'expected a date, or --MM-DD without the year',
    })
    .optional(),
  lifecycle: z.enum(lifecycles).optional(),
  owner: text.optional(),
  office: text.optional(),
  tags: listOf(text).optional(),
  source: z
    .looseObject({
      channel: text.optional(),
      name: text.optional(),
      by: text.optional(),
      at: text.optional(),
    })
    .optional(),
  urls: listOf(text).optional(),
  identifiers: identifiers.optional(),
  /** Columns of an imported list that no rule knows. */
  custom: z.record(z.string(), text).optional(),
  /** Lines of a vCard that have no other place, as vCard 4 has them, unfolded. */
  vcard: listOf(text).optional(),
  attachments: attachments.optional(),
  consents: z.array(consent).optional(),
  keep_in_touch: duration.optional(),
  merged_from: mergedFrom.optional(),
  merged_into: ref.optional(),
});

export type Contact = z.infer<typeof contact>;
