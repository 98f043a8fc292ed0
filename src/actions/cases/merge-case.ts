import type { Case } from '../../domain/cases/case.js';
import { historyOf } from '../../domain/cases/history-of.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import type { StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { caseInHand } from './in-hand.js';

/**
 * Makes one case out of two: what passed in the merged one counts as passed in the other, and the clock of that is the
 * one that began first. No other record is rewritten.
 * @throws ItacaError `refused` for two customers, for a case and itself, and for an open case and one that is done
 */
export async function mergeCase(
  which: string,
  into: string,
  why: string | undefined,
  tools: Tools,
): Promise<{ merged: StoredRecord<Case>; survivor: StoredRecord<Case> }> {
  const { kase: merged } = await caseInHand(which, tools);
  const { kase: survivor } = await caseInHand(into, tools);
  if (merged.id === survivor.id) throw new ItacaError('refused', 'a case cannot be merged into itself');
  const index = await tools.workspace.index();
  const customer = (ref: string | undefined) => (ref ? (index.get(ref.slice(-10))?.id ?? ref) : undefined);
  const [one, other] = [customer(merged.data.contact), customer(survivor.data.contact)];
  if (one !== undefined && other !== undefined && one !== other) {
    throw new ItacaError('refused', 'these cases are of two customers', {
      hint: `link them instead: itaca case link ${merged.id} ${survivor.id}`,
    });
  }
  if (isOpen(merged.data.state) && !isOpen(survivor.data.state)) {
    throw new ItacaError(
      'refused',
      `${survivor.ref} is ${survivor.data.state}: what is open would be lost in it`,
      {
        hint: `take it up again first: itaca case reopen ${survivor.id}`,
      },
    );
  }
  const entry = {
    at: nowIso(tools),
    by: tools.actor,
    from: merged.data.state,
    to: 'merged',
    ...(why ? { why } : {}),
  };
  const set = { state: 'merged', merged_into: survivor.ref };
  const { id, path } = merged;
  await write(
    [{ op: 'update', kind: 'case', id, path, set, append: { history: [entry] } }],
    { subject: `case merge ${id} ${survivor.id}`, records: [survivor.id] },
    tools,
  );
  const history = [...historyOf(merged.data), entry];
  return { merged: { ...merged, data: { ...merged.data, ...set, history } as Case }, survivor };
}

/**
 * Takes a merge back: the case stands again where it stood.
 * @throws ItacaError `conflict` where it is not merged
 */
export async function unmergeCase(
  which: string,
  why: string | undefined,
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const kase = await findRecord<Case>(tools.workspace, which, ['case']);
  const { id, path, data } = kase;
  if (data.state !== 'merged')
    throw new ItacaError('conflict', `this case is ${data.state}, not merged`, { path });
  const to = historyOf(data).findLast((entry) => entry.to === 'merged')?.from ?? 'open';
  const entry = { at: nowIso(tools), by: tools.actor, from: 'merged', to, ...(why ? { why } : {}) };
  await write(
    [
      {
        op: 'update',
        kind: 'case',
        id,
        path,
        set: { state: to, merged_into: '' },
        append: { history: [entry] },
      },
    ],
    { subject: `case unmerge ${id}` },
    tools,
  );
  const { merged_into: _, ...rest } = data;
  return { ...kase, data: { ...rest, state: to, history: [...historyOf(data), entry] } as Case };
}
