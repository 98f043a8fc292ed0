import type { Order } from './order.js';

/** How far an order has come. Late is promised for a day that is over, and not delivered, shipped or not. */
export const orderStates = ['placed', 'shipped', 'late', 'delivered', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

type Milestones = Pick<Order, 'promised_by' | 'shipped_at' | 'delivered_at' | 'cancelled_at'>;

/** @param isOver whether a stored date or time has passed; a day when it is over */
export function orderState(
  { promised_by, shipped_at, delivered_at, cancelled_at }: Milestones,
  isOver: (when: string) => boolean,
): OrderState {
  if (cancelled_at !== undefined) return 'cancelled';
  if (delivered_at !== undefined) return 'delivered';
  if (promised_by !== undefined && isOver(promised_by)) return 'late';
  return shipped_at === undefined ? 'placed' : 'shipped';
}
