import { canonicalEmail } from '../contacts/email-address.js';
import { phoneKey } from '../contacts/phone-number.js';
import { isMapping, sameValue } from '../records/same-value.js';

/**
 * Whether two items of a list are one, whatever their spelling or label: an address, a number, a tag, a domain. Items of
 * other lists are one where they say the same.
 * @param country default country of telephone numbers
 */
export function sameItem(key: string, a: unknown, b: unknown, country: string | undefined): boolean {
  const [left, right] = [a, b].map((item) => spelling(key, item, country));
  return left !== undefined && right !== undefined ? left === right : sameValue(a, b);
}

function spelling(key: string, item: unknown, country: string | undefined): string | undefined {
  const inner = isMapping(item) ? (item.address ?? item.number) : item;
  if (typeof inner !== 'string') return undefined;
  if (key === 'emails') return canonicalEmail(inner) ?? inner.trim().toLowerCase();
  if (key === 'phones') return phoneKey(inner, country) ?? inner;
  return key === 'tags' || key === 'domains' ? inner.toLowerCase() : undefined;
}
