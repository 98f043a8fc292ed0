import type * as z from 'zod';
import { agreement } from '../agreements/agreement.js';
import { campaign } from '../campaigns/campaign.js';
import { caseRecord } from '../cases/case.js';
import { company } from '../companies/company.js';
import { contact } from '../contacts/contact.js';
import { deal } from '../deals/deal.js';
import { decision } from '../dedupe/records/decision.js';
import { interaction } from '../interactions/interaction.js';
import { order } from '../orders/order.js';
import { promise } from '../promises/promise.js';
import { suppression } from '../suppression/suppression.js';
import type { Kind } from './kind-names.js';

/** The schema of each kind: what its front matter may hold. Unknown keys are kept and let through. */
export const schemas = {
  contact,
  company,
  interaction,
  promise,
  case: caseRecord,
  deal,
  agreement,
  order,
  campaign,
  suppression,
  decision,
} satisfies Record<Kind, z.ZodType>;

export interface SchemaIssue {
  /** Keys and list positions from the top of the front matter. */
  at: (string | number)[];
  message: string;
}

/**
 * Reads front matter by its kind's schema.
 * @returns the typed values (unknown keys kept), and what is wrong with them; a record with issues keeps its raw values.
 */
export function validate(
  kind: Kind,
  data: Record<string, unknown>,
): { data: Record<string, unknown>; issues: SchemaIssue[] } {
  const result = schemas[kind].safeParse(data);
  if (result.success) return { data: result.data as Record<string, unknown>, issues: [] };
  return {
    data,
    issues: result.error.issues.map((issue) => ({
      at: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
      message:
        issue.code === 'invalid_type' && 'input' in issue === false && issue.message.includes('undefined')
          ? 'is required'
          : issue.message,
    })),
  };
}

/** The keys a kind knows, in the order a new file is written in. */
export function schemaKeys(kind: Kind): string[] {
  return Object.keys(schemas[kind].shape);
}
