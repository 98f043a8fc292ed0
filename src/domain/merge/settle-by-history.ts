import { isMapping } from '../records/same-value.js';

/**
 * Settles what both sides changed and their common history decides: where a record was moved on both sides, the later
 * move stands; where it was given to two people, the later hand-over. Both stay in the history, so that nothing is lost
 * by it. What is settled is taken out of the conflicts.
 * @param data merged; its `history` is the union of both, in the order of time
 * @param sides what each side says; a value that neither says is not taken from the history
 */
export function settleByHistory(
  data: Record<string, unknown>,
  conflicts: Set<string>,
  sides: readonly Record<string, unknown>[],
): void {
  if (!Array.isArray(data.history)) return;
  const entries = data.history.filter(isMapping);
  const last = (said: (entry: Record<string, unknown>) => unknown) =>
    entries.map(said).findLast((value) => typeof value === 'string' && value !== '');
  const settle = (key: string, value: unknown) => {
    if (!conflicts.has(key) || !sides.some((side) => side[key] === value)) return;
    conflicts.delete(key);
    data[key] = value;
  };
  settle(
    'state',
    last(({ to }) => to),
  );
  settle(
    'stage',
    last(({ to }) => to),
  );
  settle(
    'owner',
    last(({ owner, activity, by }) => owner ?? (activity === 'accept' ? by : undefined)),
  );
  if (data.state !== 'merged' && last(({ to }) => to) === data.state) {
    // A merge before the later move is history.
    const wasMerged = entries.some(({ to }) => to === 'merged');
    if (wasMerged) delete data.merged_into;
  }
  // Why a deal was lost before it went on is history, too.
  if (last(({ to }) => to) === data.stage && data.stage !== 'lost') delete data.lost_reason;
}
