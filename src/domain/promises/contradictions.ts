import type { Fault } from '../check/fault.js';
import { isBefore } from '../time/order.js';

/** Where a promise contradicts itself. */
export function promiseFaults(data: Record<string, unknown>): Fault[] {
  const { made_at, due, kept_at, kept_in, cancelled_at } = data;
  const faults: Fault[] = [];
  if (cancelled_at !== undefined && (kept_at !== undefined || kept_in !== undefined)) {
    faults.push({ at: ['cancelled_at'], message: 'cancelled_at: this promise is also kept' });
  }
  for (const [key, value] of Object.entries({ due, kept_at, cancelled_at })) {
    if (isBefore(value, made_at))
      faults.push({ at: [key], message: `${key}: lies before made_at (${made_at})` });
  }
  return faults;
}
