import { z } from 'zod';
import { history, instant, money, number, ref, text } from '../records/fields.js';

export const caseStates = [
  'new',
  'open',
  'waiting_customer',
  'waiting_internal',
  'resolved',
  'closed',
  'merged',
  'rejected',
] as const;

export type CaseState = (typeof caseStates)[number];

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

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
  history: history.optional(),
  merged_into: ref.optional(),
  cause: z.enum(['person', 'procedure', 'tool', 'supplier', 'customer']).optional(),
  remedy: z
    .looseObject({ what: text.optional(), cost: z.union([money, number, text]).optional() })
    .optional(),
  confirmed_by_customer: ref.optional(),
  corrective_action: ref.optional(),
});

export type Case = z.infer<typeof caseRecord>;
