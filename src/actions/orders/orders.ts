import type { Agreement } from '../../domain/agreements/agreement.js';
import { ItacaError } from '../../domain/error.js';
import { orderFaults } from '../../domain/orders/contradictions.js';
import type { Order } from '../../domain/orders/order.js';
import { readLine } from '../../domain/orders/read-line.js';
import { isBefore } from '../../domain/time/order.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { cancellationsOf } from '../agreements/cancelled-note.js';
import { isWithParty } from '../agreements/party.js';
import { channelOf } from '../cases/channel-of.js';
import { findRecord } from '../find-record.js';
import { type Created, newRecord } from '../new-record.js';
import { pastInstant } from '../past-instant.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { agreementAt } from './agreement-at.js';

export interface OrderInput {
  number: string;
  /** In any way of naming a person. */
  who: string;
  /** `2 x Un'estate a Comacchio @ 16.50 EUR`. */
  lines?: string[];
  /** As a person types a time. */
  promised?: string;
  at?: string;
  channel?: string;
  agreement?: string;
}

/**
 * Puts an order on file. It counts for the agreement that is named, else for the only one that its person had then.
 * @throws ItacaError `conflict` where its number is on file; `refused` for an agreement of somebody else; `usage` for one
 *   promised for before it was placed
 */
export async function addOrder(input: OrderInput, tools: Tools): Promise<Created> {
  const { workspace, clock, warn } = tools;
  const { number } = input;
  const index = await workspace.index();
  const [same] = index.byKey('identifier', number.toLowerCase(), ['order']);
  if (same) throw new ItacaError('conflict', `there is an order ${number} already`, { path: same.path });
  const contact = await findRecord(workspace, input.who, ['contact']);
  const placed_at = pastInstant(input.at, tools);
  const agreement =
    input.agreement === undefined
      ? agreementAt(contact.id, placed_at, index)
      : await findRecord<Agreement>(workspace, input.agreement, ['agreement']);
  const parties = { contacts: [contact.ref], company: contact.data.company as string | undefined };
  if (agreement && input.agreement !== undefined && !isWithParty(parties, agreement.data, index))
    throw new ItacaError(
      'refused',
      `agreement ${agreement.data.number ?? agreement.ref} is not of ${contact.title}`,
      {
        path: agreement.path,
        hint: `see whose it is: itaca agreement show ${agreement.data.number ?? agreement.id}`,
      },
    );
  const promised_by = input.promised === undefined ? undefined : parseWhen(input.promised, clock, warn);
  const [fault] = orderFaults({ placed_at, promised_by });
  if (fault) throw new ItacaError('usage', `--promised ${input.promised}: ${fault.message}`);
  for (const said of cancellationsOf(workspace, index)(contact.id, parties.company))
    warn(`${contact.title}: ${said}`);
  const record = await newRecord(
    'order',
    {
      number,
      contact: contact.ref,
      agreement: agreement?.ref,
      placed_at,
      channel: input.channel === undefined ? undefined : channelOf(input.channel),
      lines: input.lines?.map(readLine),
      promised_by,
    },
    { title: number },
    tools,
  );
  await write([record], { subject: `order add ${record.id}` }, tools);
  return record;
}

/** What happens to an order after it was placed. */
export type Milestone = 'shipped_at' | 'delivered_at' | 'cancelled_at';

/**
 * Puts on file that an order was shipped, delivered or cancelled.
 * @param at as a person types a time; now where absent
 * @throws ItacaError `conflict` where that is on file, or it has ended otherwise; `usage` for a time before it
 */
export async function reachMilestone(
  which: string,
  milestone: Milestone,
  { at, ...more }: { at?: string; tracking?: string; why?: string },
  tools: Tools,
): Promise<StoredRecord<Order>> {
  const order = await findRecord<Order>(tools.workspace, which, ['order']);
  const { id, path, data } = order;
  const done = (['cancelled_at', 'delivered_at', milestone] as const).find((key) => data[key] !== undefined);
  if (done !== undefined)
    throw new ItacaError('conflict', `it was ${done.replace('_at', '')} already, on ${data[done]}`, { path });
  const moment = pastInstant(at, tools);
  for (const key of ['placed_at', 'shipped_at'] as const)
    if (isBefore(moment, data[key]))
      throw new ItacaError('usage', `it was ${key.replace('_at', '')} later, on ${data[key]}`, {
        hint: 'say when with --at',
        path,
      });
  const set = { [milestone]: moment, ...more };
  const change: Change = { op: 'update', kind: 'order', id, path, set };
  await write([change], { subject: `${tools.command} ${id}` }, tools);
  return { ...order, data: { ...data, ...set } };
}
