import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { requestOn } from '../agreements/apply-step.js';
import { findRecord } from '../find-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { caseInHand } from './in-hand.js';

/** The kinds that a case names by a key of the same name. */
const parties = ['contact', 'company', 'agreement', 'order'] as const;

/**
 * Ties a case to other records: its customer, firm, agreement or order; to an interaction or promise, which then belongs
 * to it; to another case, as related. A note may be the corrective action that came of it. The agreement that an open
 * cancellation is tied to is to end from then on.
 * @throws ItacaError `usage` for a record of another kind; `conflict` where the case names another of its kind
 */
export async function linkCase(
  which: string,
  others: readonly string[],
  options: { corrective: boolean },
  tools: Tools,
): Promise<{ kase: StoredRecord<Case>; linked: StoredRecord[] }> {
  const { kase } = await caseInHand(which, tools);
  const data = kase.data as Record<string, unknown>;
  const set: Record<string, unknown> = {};
  const related: string[] = [];
  const changes: Change[] = [];
  const linked: StoredRecord[] = [];
  for (const other of others) {
    const record = await findRecord(tools.workspace, other);
    linked.push(record);
    const { kind, id, path, ref } = record;
    const key = options.corrective ? 'corrective_action' : parties.find((one) => one === kind);
    if (options.corrective && !(kind === 'interaction' && record.data.channel === 'note'))
      throw new ItacaError('usage', `${ref} is no note: log it with itaca log note`);
    if (key !== undefined) {
      const named = set[key] ?? data[key];
      const same = named !== undefined && idOfRef(String(named)) === id;
      if (named !== undefined && !same && !options.corrective)
        throw new ItacaError('conflict', `this case names another ${kind}: ${String(named)}`, {
          path: kase.path,
        });
      if (!same) set[key] = ref;
      const { type, state, opened_at: at } = kase.data;
      if (key === 'agreement' && type === 'cancellation' && isOpen(state))
        changes.push(
          ...requestOn(record as unknown as StoredRecord<Agreement>, { at, by: tools.actor, why: kase.ref }),
        );
    } else if (kind === 'case') {
      if (id === kase.id) throw new ItacaError('refused', 'a case cannot be related to itself');
      if (![...(kase.data.related ?? []), ...related].some((one) => idOfRef(one) === id)) related.push(ref);
    } else if (kind === 'interaction' || kind === 'promise') {
      if (idOfRef(String(record.data.case ?? '')) !== kase.id)
        changes.push({ op: 'update', kind, id, path, set: { case: kase.ref } });
    } else throw new ItacaError('usage', `a ${kind} cannot be tied to a case`);
  }
  if (Object.keys(set).length > 0 || related.length > 0) {
    const append = related.length > 0 ? { append: { related } } : {};
    changes.unshift({ op: 'update', kind: 'case', id: kase.id, path: kase.path, set, ...append });
  }
  await write(changes, { subject: `case link ${kase.id}` }, tools);
  const tied = related.length > 0 ? { related: [...(kase.data.related ?? []), ...related] } : {};
  return { kase: { ...kase, data: { ...kase.data, ...set, ...tied } as Case }, linked };
}
