import * as z from 'zod';
import {
  attachments,
  history,
  identifiers,
  instant,
  listOf,
  money,
  number,
  ref,
  text,
} from '../records/fields.js';
import { caseStates, causes, priorities } from './states.js';

export const caseRecord = z.looseObject({
  title: text,
  type: text.optional(),
  state: z.enum(caseStates),
  priority: z.enum(priorities).optional(),
  channel: text.optional(),
  contact: ref.optional(),
  company: ref.optional(),
  agreement: ref.optional(),
  order: ref.optional(),
  owner: text.optional(),
  office: text.optional(),
  process: text.optional(),
  opened_at: instant,
  // What other systems call the case, and what they say of it.
  identifiers: identifiers.optional(),
  attributes: z.record(z.string(), text).optional(),
  history: history.optional(),
  merged_into: ref.optional(),
  cause: z.enum(causes).optional(),
  remedy: z
    .looseObject({ what: text.optional(), cost: z.union([money, number, text]).optional() })
    .optional(),
  confirmed_by_customer: ref.optional(),
  corrective_action: ref.optional(),
  related: listOf(ref).optional(),
  attachments: attachments.optional(),
});

export type Case = z.infer<typeof caseRecord>;
