import type { Agreement } from '../agreements/agreement.js';
import { countsAsCancelled, isCancelling } from '../agreements/cancellation.js';
import type { Case } from '../cases/case.js';
import type { Order } from '../orders/order.js';
import { orderState } from '../orders/state.js';
import { idOfRef } from '../records/ids.js';
import type { Campaign } from './campaign.js';
import type { Objection } from './left-out.js';
import { day, overAt } from './moment.js';

/** What holds a message back from a person who has something open with us; a campaign may switch some off. */
export const holds = ['agreement_cancelled', 'open_complaint', 'late_order'] as const;
export type Hold = (typeof holds)[number];

/** A record beside its reference. */
export interface Filed<T> {
  ref: string;
  data: T;
}

export interface HoldRecords {
  agreements: Iterable<Filed<Agreement>>;
  cases: Iterable<Filed<Case>>;
  orders: Iterable<Filed<Order>>;
}

const settled = new Set(['resolved', 'closed', 'merged', 'rejected']);
const off = new Set<unknown>([false, 'false', 'off', 'no']);

/** The holds a campaign keeps: all of them, those its list names, or all but those its map switches off. */
export function activeHolds(campaign: Pick<Campaign, 'holds'>): Set<Hold> {
  const chosen = campaign.holds;
  if (chosen === undefined) return new Set(holds);
  if (Array.isArray(chosen)) return new Set(holds.filter((hold) => chosen.includes(hold)));
  return new Set(holds.filter((hold) => !off.has(chosen[hold])));
}

/**
 * Who must be held back, and why.
 * @param now ISO 8601 with the offset of the workspace's time zone
 * @returns objections by id of the contact, or of a company whose people are all concerned; the gravest first
 */
export function heldBack(
  records: HoldRecords,
  active: ReadonlySet<Hold>,
  now: string,
): Map<string, Objection[]> {
  const found = new Map<string, Objection[]>();
  const note = (contact: string | undefined, objection: Objection) => {
    const id = contact === undefined ? undefined : idOfRef(contact);
    if (id === undefined) return;
    const list = found.get(id);
    if (list) list.push(objection);
    else found.set(id, [objection]);
  };
  if (active.has('agreement_cancelled')) {
    for (const { ref, data } of records.agreements) {
      if (!countsAsCancelled(data)) continue;
      const state = data.state.replaceAll('_', ' ');
      const said = isCancelling(data.state) ? state : `${state}, but by its history it is to end`;
      // What a firm ends that names no person holds offers back from everybody there.
      note(data.contact ?? data.company, {
        reason: 'agreement_cancelled',
        detail: `agreement ${data.number ?? ref}: ${said}`,
      });
    }
    // Which agreement is meant may still have to be found out; that something is to end is on file.
    for (const { ref, data } of records.cases) {
      if (data.type !== 'cancellation' || settled.has(data.state)) continue;
      note(data.contact ?? data.company, {
        reason: 'agreement_cancelled',
        detail: `open cancellation: ${data.title} (${ref})`,
      });
    }
  }
  if (active.has('open_complaint')) {
    for (const { ref, data } of records.cases) {
      if (data.type !== 'complaint' || settled.has(data.state)) continue;
      // A complaint of a firm that names no person holds offers back from everybody there.
      note(data.contact ?? data.company, {
        reason: 'open_complaint',
        detail: `open complaint: ${data.title} (${ref})`,
      });
    }
  }
  if (active.has('late_order')) {
    const over = overAt(now);
    for (const { ref, data } of records.orders) {
      // What was shipped but did not arrive is still late for the one who waits for it.
      if (data.promised_by === undefined || orderState(data, over) !== 'late') continue;
      note(data.contact, {
        reason: 'late_order',
        detail: `order ${data.number} was promised by ${day(data.promised_by)} (${ref})`,
      });
    }
  }
  return found;
}
