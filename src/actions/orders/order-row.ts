import type { Order } from '../../domain/orders/order.js';
import { type OrderState, orderState } from '../../domain/orders/state.js';
import { endOf } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { nameOf } from '../names.js';

/** What is derived of an order and not stored in it, in the keys of `--json`. */
export interface OrderRow {
  /** Whose it is; by what the shop says where nobody on file is known to be that. */
  party: string | null;
  state: OrderState;
  /** Whole days since it should have been there; null for one that is not late. */
  days_late: number | null;
}

/** How far an order has come by now. */
export function orderRow(
  { data }: StoredRecord,
  index: Index,
  { clock: { now, timeZone } }: Pick<Workspace, 'clock'>,
): OrderRow {
  const order = data as unknown as Order;
  const over = (when: string) => endOf(when, timeZone) ?? Number.POSITIVE_INFINITY;
  const state = orderState(order, (when) => over(when) <= now());
  const { contact, customer, promised_by = '' } = order;
  return {
    party: nameOf(contact, index) ?? customer?.name ?? customer?.email ?? customer?.number ?? null,
    state,
    days_late: state === 'late' ? Math.floor((now() - over(promised_by)) / 86_400_000) : null,
  };
}
