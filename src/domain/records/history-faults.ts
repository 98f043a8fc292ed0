import type { Fault } from '../check/fault.js';
import { isBefore } from '../time/order.js';

interface Entry {
  at?: unknown;
  to?: unknown;
}

/**
 * A history that contradicts itself or its record: entries out of order, or a last move that leads elsewhere than
 * where the record stands.
 * @param key that holds where the record stands, such as `state`
 */
export function historyFaults(data: Record<string, unknown>, key: string): Fault[] {
  if (!Array.isArray(data.history)) return [];
  const history = data.history as Entry[];
  const faults: Fault[] = [];
  history.forEach((entry, position) => {
    const before = history[position - 1]?.at;
    if (position > 0 && isBefore(entry?.at, before)) {
      faults.push({
        at: ['history', position, 'at'],
        message: `history: ${entry.at} lies before the entry above it (${before})`,
      });
    }
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
