import type { Deal } from '../../domain/deals/deal.js';
import { stagesOf } from '../../domain/deals/stages.js';
import { type PlannedDealMove, planDealMove } from '../../domain/deals/transition.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { dealValue } from './open-deal.js';

/** Who is none of these becomes a customer when he buys; a partner or supplier stays what he is. */
const becomes = new Set<unknown>([undefined, '', 'lead', 'prospect', 'former']);

export interface DealMoved {
  deal: StoredRecord;
  /** The contact that became a customer by it, and what he was. */
  customer?: { ref: string; was: string | null };
}

/**
 * Moves a deal to a stage, and wins or loses it there. With a deal that is won, its contact becomes a customer; what
 * the contact was stands in the history of the deal.
 * @param details.reason why it is lost; asked for there, and refused elsewhere
 * @param details.value what it came to, as a person types it
 * @throws ItacaError `refused` for a move that its stage does not allow, `usage` for one that lacks a reason
 */
export async function moveDeal(
  which: string,
  to: string,
  { why, reason, value }: { why?: string; reason?: string; value?: string },
  tools: Tools,
): Promise<DealMoved> {
  const { workspace } = tools;
  const deal = await findRecord<Deal>(workspace, which, ['deal']);
  if (to === 'lost' && !reason?.trim())
    throw new ItacaError('usage', 'a deal is lost for a reason', {
      hint: `itaca deal lose ${deal.id} --reason "price: 12 per cent above the winner"`,
    });
  const customer = to === 'won' ? await newCustomer(deal.data, tools) : undefined;
  const plan = planDealMove(
    deal.data,
    {
      deal: deal.id,
      to,
      at: nowIso(tools),
      by: tools.actor,
      why: why ?? reason,
      set: {
        ...(reason ? { lost_reason: reason.trim() } : {}),
        ...(value === undefined ? {} : { value: dealValue(value, tools) }),
      },
      entry: customer
        ? { lifecycle: { ...(customer.was === null ? {} : { from: customer.was }), to: 'customer' } }
        : {},
    },
    stagesOf(workspace.config.deals),
  );
  const { id, path } = deal;
  const changes: Change[] = [{ op: 'update', kind: 'deal', id, path, ...plan }];
  if (customer) changes.push(customer.change);
  await write(changes, { subject: `deal ${to} ${id}` }, tools);
  return {
    deal: moved(deal, plan),
    ...(customer ? { customer: { ref: customer.ref, was: customer.was } } : {}),
  };
}

async function newCustomer({ contact }: Deal, { workspace }: Tools) {
  const person = contact ? (await workspace.index()).get(idOfRef(contact) ?? '') : undefined;
  if (person?.kind !== 'contact' || !becomes.has(person.data.lifecycle)) return undefined;
  const { id, path, ref, data } = person;
  const change: Change = { op: 'update', kind: 'contact', id, path, set: { lifecycle: 'customer' } };
  return { ref, was: (data.lifecycle as string | undefined) ?? null, change };
}

/** A deal as a planned move leaves it. */
function moved(deal: StoredRecord<Deal>, { set, append }: PlannedDealMove): StoredRecord {
  const data = { ...deal.data, ...set, history: [...(deal.data.history ?? []), ...append.history] };
  const kept = Object.entries(data).filter(([, value]) => value !== '');
  return { ...deal, data: Object.fromEntries(kept) };
}
