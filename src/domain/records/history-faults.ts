import type { Fault } from '../check/fault.js';
import { isBefore } from '../time/order.js';

interface Entry {
  at?: unknown;
  to?: unknown;
}

/**
 * A history that contradicts itself or its record: moves out of order, or a last move that leads elsewhere than where
 * the record stands. Other entries may be written later than they happened, as an escalation of a missed day.
 * @param key that holds where the record stands, such as `state`
 */
export function historyFaults(data: Record<string, unknown>, key: string): Fault[] {
  if (!Array.isArray(data.history)) return [];
  const history = data.history as Entry[];
  const faults: Fault[] = [];
  let before: unknown;
  history.forEach((entry, position) => {
    if (entry?.to === undefined) return;
    if (isBefore(entry.at, before)) {
      faults.push({
        at: ['history', position, 'at'],
        message: `history: ${entry.at} lies before the move above it (${before})`,
      });
    }
    before = entry.at;
  });
  if (faults.length > 0) return faults;
  const last = history.findLastIndex((entry) => typeof entry?.to === 'string');
  if (last >= 0 && history[last]?.to !== data[key]) {
    faults.push({
      at: [key],
      message: `${key}: is ${data[key]}, but the last move in history leads to ${history[last]?.to}`,
    });
  }
  return faults;
}
