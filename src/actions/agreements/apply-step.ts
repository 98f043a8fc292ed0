import type { Agreement } from '../../domain/agreements/agreement.js';
import { type AgreementStep, requesting } from '../../domain/agreements/steps.js';
import type { Change, StoredRecord } from '../../workspace/records.js';

/** What a step writes. */
export function changeOf({ id, path }: StoredRecord<Agreement>, { set, append }: AgreementStep): Change {
  const entries = append.history.length > 0 ? { append } : {};
  return { op: 'update', kind: 'agreement', id, path, set, ...entries };
}

/** An agreement as a step leaves it. */
export function withStep(
  agreement: StoredRecord<Agreement>,
  { set, append }: AgreementStep,
): StoredRecord<Agreement> {
  const { data } = agreement;
  return { ...agreement, data: { ...data, ...set, history: [...(data.history ?? []), ...append.history] } };
}

/**
 * What a request to end an agreement writes, that came some other way than by `agreement cancel`; nothing for one that is not
 * active. It cannot have come before the agreement was made.
 */
export function requestOn(
  agreement: StoredRecord<Agreement>,
  { at, ...step }: { at: string; by: string; why: string },
): Change[] {
  const { state, history = [] } = agreement.data;
  if (state !== 'active') return [];
  const last = history.findLast(({ to }) => to !== undefined)?.at;
  const moment = last !== undefined && Date.parse(at) < Date.parse(last) ? last : at;
  return [changeOf(agreement, requesting(agreement.data, { at: moment, ...step }))];
}
