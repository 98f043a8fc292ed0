import type { Money } from './sum.js';

/** A probability counts to so many decimals. */
const scale = 6;

/**
 * A part of an amount, to the last digit; zeros at its end that the amount did not have are left out.
 * @param part 0 to 1
 */
export function weighMoney({ amount, currency }: Money, part: number): Money {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction) * BigInt(Math.round(part * 10 ** scale));
  const digits = String(units).padStart(fraction.length + scale + 1, '0');
  const point = digits.length - fraction.length - scale;
  const rest = digits.slice(point);
  const least = rest.slice(0, fraction.length);
  const more = rest.slice(fraction.length).replace(/0+$/, '');
  const sign = amount.startsWith('-') && units > 0n ? '-' : '';
  const decimals = least + more;
  return { amount: `${sign}${digits.slice(0, point)}${decimals === '' ? '' : `.${decimals}`}`, currency };
}
