import { foldText } from '../contacts/person-name.js';
import { isMapping, sameValue } from '../records/same-value.js';

type Address = Record<string, unknown>;

/**
 * The postal addresses of a record with those of a list: one that agrees with an address on file in all that both say is
 * that address, and gives it the parts that it lacks; any other comes behind.
 * @returns undefined where nothing is new
 */
export function joinAddresses(items: readonly unknown[], value: readonly unknown[]): unknown[] | undefined {
  const joined = [...items];
  for (const address of value) {
    if (!isMapping(address) || joined.some((one) => isMapping(one) && covers(one, address))) continue;
    const at = joined.findIndex((one) => isMapping(one) && isSame(one, address));
    if (at === -1) joined.push(address);
    else joined[at] = { ...address, ...(joined[at] as Address) };
  }
  return joined.length === items.length && joined.every((one, i) => sameValue(one, items[i]))
    ? undefined
    : joined;
}

const equal = (a: unknown, b: unknown): boolean => foldText(String(a)) === foldText(String(b));

/** Whether an address on file says all that another does. */
function covers(known: Address, address: Address): boolean {
  return Object.keys(address).every(
    (part) => part === 'label' || (known[part] !== undefined && equal(known[part], address[part])),
  );
}

/** Whether two addresses say nothing that differs, and the same street or, without one, the same place. */
function isSame(a: Address, b: Address): boolean {
  const parts = Object.keys(a).filter((part) => part !== 'label' && b[part] !== undefined);
  const agree = parts.every((part) => equal(a[part], b[part]));
  if (!agree) return false;
  if (a.street !== undefined || b.street !== undefined) return parts.includes('street') && parts.length > 1;
  return parts.length > 0;
}
