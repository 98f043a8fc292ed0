import type { Fault, Judged, Surroundings } from '../check/fault.js';
import { historyFaults } from '../records/history-faults.js';
import { idOfRef } from '../records/ids.js';
import { isBefore } from '../time/order.js';
import { defaultMoves } from './process.js';
import { type CaseState, caseStates } from './states.js';

/** Where a case contradicts itself or its process. */
export function caseFaults({ data, id }: Judged, { process }: Surroundings): Fault[] {
  const faults = historyFaults(data, 'state');
  const history = Array.isArray(data.history) ? (data.history as Record<string, unknown>[]) : [];
  const first = history[0]?.at;
  if (isBefore(first, data.opened_at)) {
    faults.push({
      at: ['history', 0, 'at'],
      message: `history: begins before opened_at (${data.opened_at})`,
    });
  }
  if (faults.length === 0) faults.push(...lastMoveFault(data, history, process));
  const { state, merged_into } = data;
  if (state === 'merged' && merged_into === undefined) {
    faults.push({ at: ['state'], message: 'state: is merged, but merged_into does not say into which case' });
  } else if (merged_into !== undefined && state !== 'merged') {
    faults.push({ at: ['merged_into'], message: `merged_into: names a case, but the state is ${state}` });
  } else if (typeof merged_into === 'string' && idOfRef(merged_into) === id) {
    faults.push({ at: ['merged_into'], message: 'merged_into: names this very case' });
  }
  return faults;
}

/**
 * A case that stands where its process does not let it go, such as closed without having been resolved. Only the move
 * that led there is judged: a process may change, and cases that went by the old one did no wrong.
 */
function lastMoveFault(
  data: Record<string, unknown>,
  history: Record<string, unknown>[],
  processOf: Surroundings['process'],
): Fault[] {
  const last = history.findLast((entry) => typeof entry?.to === 'string');
  const states = caseStates as readonly unknown[];
  if (!last || !states.includes(last.from) || !states.includes(last.to)) return [];
  // What another system logged went by that system's process.
  if (last.activity !== undefined) return [];
  // Merging is a move of its own, open to every case, and so is taking it back.
  if (last.to === 'merged' || last.from === 'merged') return [];
  const type = data.process ?? data.type;
  const process = typeof type === 'string' ? processOf(type) : undefined;
  const from = last.from as CaseState;
  const allowed = (process?.moves ? process.moves[from] : defaultMoves[from]) ?? [];
  if (allowed.includes(last.to as CaseState)) return [];
  return [
    {
      at: ['state'],
      message: `state: went from ${from} to ${last.to}, which ${process ? `the process ${process.type} does not allow` : 'no process allows'}`,
      ...(allowed.length > 0 ? { hint: `from ${from} a case may go to ${allowed.join(', ')}` } : {}),
    },
  ];
}
