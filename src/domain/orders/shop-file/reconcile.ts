import { idOfRef } from '../../records/ids.js';
import { sameValue } from '../../records/same-value.js';
import type { ShopLine } from './read-orders.js';

/** What the record and the shop say differently. */
export interface Difference {
  key: string;
  record: unknown;
  file: unknown;
}

/** What of the shop's word a record takes, and what it says otherwise. */
export interface Reconciled {
  set: Record<string, unknown>;
  differs: Difference[];
}

/**
 * Compares an order on file with what the shop says: what is empty is filled, what differs is told, and taken over where
 * the file is preferred.
 * @param dayOf the calendar day of a stored date or time
 */
export function reconcile(
  record: Readonly<Record<string, unknown>>,
  shop: Readonly<Record<string, unknown>>,
  preferFile: boolean,
  dayOf: (when: string) => string,
): Reconciled {
  const set: Record<string, unknown> = {};
  const differs: Difference[] = [];
  for (const [key, file] of Object.entries(shop)) {
    const own = record[key];
    if (isEmpty(file)) continue;
    if (isEmpty(own)) set[key] = file;
    else if (!same(key, own, file, dayOf)) {
      differs.push({ key, record: own, file });
      if (preferFile) set[key] = file;
    }
  }
  return { set, differs };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

function same(key: string, own: unknown, file: unknown, dayOf: (when: string) => string): boolean {
  if (key === 'lines') return sameLines(own, file);
  if (typeof own !== 'string' || typeof file !== 'string') return sameValue(own, file);
  if (key === 'contact' || key === 'agreement') return idOfRef(own) === idOfRef(file);
  if (!key.endsWith('_at') && key !== 'promised_by') return own === file;
  // A date says no more than the day.
  return own.length === 10 || file.length === 10
    ? dayOf(own) === dayOf(file)
    : Math.floor(Date.parse(own) / 1000) === Math.floor(Date.parse(file) / 1000);
}

/** Orders of more lines are compared as they are written. */
const mostLines = 1000;

/** Whether the same was ordered, as far as both say it; in whichever order. */
function sameLines(own: unknown, file: unknown): boolean {
  if (!Array.isArray(own) || !Array.isArray(file) || own.length !== file.length) return false;
  if (own.length > mostLines) return sameValue(own, file);
  const left = [...(own as ShopLine[])];
  return (file as ShopLine[]).every((line) => {
    const at = left.findIndex((one) => sameLine(one, line));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function sameLine(one: ShopLine, other: ShopLine): boolean {
  const [sku, title] = [one.sku !== undefined && other.sku !== undefined, one.title !== undefined];
  const product = sku ? one.sku === other.sku : title && one.title === other.title;
  if (!product || (one.quantity ?? 1) !== (other.quantity ?? 1)) return false;
  const prices = [one.price, other.price].map((price) =>
    Number(typeof price === 'object' ? price.amount : price),
  );
  return prices.some(Number.isNaN) || prices[0] === prices[1];
}
