import { canonicalEmail } from '../domain/contacts/email-address.js';
import { ItacaError } from '../domain/error.js';
import { assign, parseAssignments } from '../domain/records/assignments.js';
import type { Kind } from '../domain/records/kind-names.js';
import { sameValue } from '../domain/records/same-value.js';
import type { StoredRecord } from '../workspace/records.js';
import { companyByName } from './add-company.js';
import { findRecord } from './find-record.js';
import type { Created } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface SetOutcome {
  record: StoredRecord;
  /** New values of the keys that changed; an empty one was removed. */
  changed: Record<string, unknown>;
}

/**
 * Sets keys of a record as `key=value` words say.
 * @throws ItacaError `usage` for words that set nothing, `invalid` where the schema does not take the value
 */
export async function setRecord(
  who: string,
  kind: Kind,
  words: readonly string[],
  tools: Tools,
): Promise<SetOutcome> {
  const assignments = parseAssignments(words);
  const record = await findRecord(tools.workspace, who, [kind]);
  const set = assign(record.data, assignments);
  let company: Created | undefined;
  if (kind === 'contact') {
    for (const email of added(record.data.emails, set.emails)) {
      if (canonicalEmail(email) === undefined)
        throw new ItacaError('invalid', `"${email}" is not an e-mail address`);
    }
    if (typeof set.company === 'string' && set.company !== '') {
      const firm = await firmOf(set.company, tools);
      company = firm.created;
      set.company = firm.ref;
    }
  }
  const changed = Object.fromEntries(
    Object.entries(set).filter(([key, value]) => !sameValue(record.data[key] ?? '', value ?? '')),
  );
  if (Object.keys(changed).length > 0) {
    const { id, path } = record;
    await write(
      [...(company ? [company] : []), { op: 'update', kind, id, path, set: changed }],
      { subject: `${kind} set ${id}: ${Object.keys(changed).join(', ')}` },
      tools,
    );
  }
  return { record, changed };
}

/** A firm by any way of naming one; a new name becomes a new record. */
async function firmOf(name: string, tools: Tools): Promise<{ ref: string; created?: Created }> {
  try {
    return { ref: (await findRecord(tools.workspace, name, ['company'])).ref };
  } catch (error) {
    if (error instanceof ItacaError && error.code === 'not_found') return companyByName(name, tools);
    throw error;
  }
}

function added(before: unknown, after: unknown): string[] {
  if (!Array.isArray(after)) return [];
  const old = new Set(Array.isArray(before) ? before.map(String) : []);
  return after.filter((item): item is string => typeof item === 'string' && !old.has(item));
}
