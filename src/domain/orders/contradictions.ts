import type { Fault } from '../check/fault.js';
import { isBefore } from '../time/order.js';

/** Where an order contradicts itself. */
export function orderFaults(data: Record<string, unknown>): Fault[] {
  const { placed_at, shipped_at, promised_by, delivered_at, cancelled_at } = data;
  const faults: Fault[] = [];
  if (delivered_at !== undefined && cancelled_at !== undefined) {
    faults.push({ at: ['cancelled_at'], message: 'cancelled_at: this order is also delivered' });
  }
  for (const [key, value] of Object.entries({ promised_by, shipped_at, delivered_at, cancelled_at })) {
    if (isBefore(value, placed_at))
      faults.push({ at: [key], message: `${key}: lies before placed_at (${placed_at})` });
  }
  if (isBefore(delivered_at, shipped_at)) {
    faults.push({
      at: ['delivered_at'],
      message: `delivered_at: lies before shipped_at (${shipped_at})`,
    });
  }
  return faults;
}
