import { canonicalEmail } from '../domain/contacts/email-address.js';
import { formerPosition } from '../domain/contacts/positions.js';
import { asList } from '../domain/duplicates/merge.js';
import { ItacaError } from '../domain/error.js';
import { assign, parseAssignments } from '../domain/records/assignments.js';
import type { Kind } from '../domain/records/kind-names.js';
import { sameValue } from '../domain/records/same-value.js';
import { isoDate } from '../domain/time/clock.js';
import { flowValue } from '../workspace/codec/flow-value.js';
import { listed } from '../workspace/index/row.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { readDealValues } from './deals/deal-values.js';
import { findRecord } from './find-record.js';
import { firmOf, parentFor, warnOfVat } from './firm-of.js';
import type { Created } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface SetOutcome {
  record: StoredRecord;
  /** New values of the keys that changed; an empty one was removed. */
  changed: Record<string, unknown>;
}

/**
 * Sets keys of a record as `key=value` words say. A contact that goes to another firm keeps the one before in
 * `positions`.
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
  const set = assign(kind, record.data, assignments, flowValue);
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
  if (kind === 'deal') await readDealValues(set, tools);
  if (kind === 'company') {
    if (typeof set.parent === 'string' && set.parent !== '')
      set.parent = await parentFor(record, set.parent, tools);
    warnOfVat(set.vat, set.addresses ?? record.data.addresses, tools);
  }
  const changed = Object.fromEntries(
    Object.entries(set).filter(([key, value]) => !sameValue(record.data[key] ?? '', value ?? '')),
  );
  if (Object.keys(changed).length > 0) {
    const { id, path } = record;
    const today = isoDate(tools.clock.now(), tools.clock.timeZone);
    const left =
      kind === 'contact' && 'company' in changed
        ? formerPosition(record.data, changed.company, today)
        : undefined;
    const update: Change = { op: 'update', kind, id, path, set: changed };
    await write(
      [...(company ? [company] : []), left ? { ...update, append: { positions: [left] } } : update],
      { subject: `${kind} set ${id}: ${Object.keys(changed).join(', ')}` },
      tools,
    );
    if (left) return { record, changed: { ...changed, positions: [...asList(record.data.positions), left] } };
  }
  return { record, changed };
}

/** Addresses that were not there before. */
function added(before: unknown, after: unknown): string[] {
  const old = new Set(listed(before, 'address'));
  return listed(after, 'address').filter((address) => !old.has(address));
}
