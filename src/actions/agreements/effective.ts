import type { Agreement } from '../../domain/agreements/agreement.js';
import { cancellationOf, effectiveDay } from '../../domain/agreements/cancellation.js';
import { isMet, type Progress, progressOf } from '../../domain/agreements/commitment.js';
import { ItacaError } from '../../domain/error.js';
import type { Order } from '../../domain/orders/order.js';
import { idOfRef } from '../../domain/records/ids.js';
import { type Clock, endOf, isoDate, isoInstant } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Tools } from '../tools.js';

/** The orders that name an agreement. */
export function ordersOf(agreement: string, index: Index): StoredRecord<Order>[] {
  const naming = index.naming(agreement, ['order']) as unknown as StoredRecord<Order>[];
  return naming.filter(({ data }) => idOfRef(data.agreement ?? '') === agreement);
}

/** Where the commitment of an agreement stands today; undefined where it has none. */
export function progressNow(
  { id, data }: Pick<StoredRecord<Agreement>, 'id' | 'data'>,
  index: Index,
  { now, timeZone }: Clock,
): Progress | undefined {
  if (data.commitment === undefined) return undefined;
  const orders = ordersOf(id, index).map((one) => one.data);
  return progressOf(data, orders, isoDate(now(), timeZone));
}

/** The day on which the end of an agreement takes effect, and by what rule. */
export interface Effect {
  day: string;
  why: string;
}

/**
 * The day of effect: as given, else as it stands on record, else as the notice and the term say.
 * @param given as a person types a day
 * @param requested when the end was asked for, ISO 8601
 * @throws ItacaError `usage` for a time, or a day before the request
 */
export async function effectOf(
  agreement: StoredRecord<Agreement>,
  given: string | undefined,
  requested: string,
  { workspace, clock }: Pick<Tools, 'workspace' | 'clock'>,
): Promise<Effect> {
  const { effective_at } = agreement.data;
  const asked = isoDate(Date.parse(requested), clock.timeZone);
  if (given !== undefined) {
    const day = parseWhen(given, clock);
    if (day.length > 10) throw new ItacaError('usage', '--effective is a day, without a time');
    if (day < asked) throw new ItacaError('usage', `--effective ${day} lies before the request, on ${asked}`);
    return { day, why: 'as agreed' };
  }
  if (effective_at !== undefined) return { day: effective_at.slice(0, 10), why: 'on record' };
  const progress = progressNow(agreement, await workspace.index(), clock);
  return effectiveDay(agreement.data, asked, progress !== undefined && isMet(progress));
}

/** When a day of effect was over, ISO 8601; undefined where it is not over yet. */
export function overSince(day: string, { now, timeZone }: Clock): string | undefined {
  const end = endOf(day, timeZone);
  return end !== undefined && end <= now() ? isoInstant(end, timeZone) : undefined;
}

/** When the end of an agreement was asked for, ISO 8601; undefined where nobody asked. */
export function requestedAt(agreement: Agreement): string | undefined {
  return cancellationOf(agreement)?.requested_at;
}
