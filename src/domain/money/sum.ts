/** An amount as records hold it, `{amount: "12.50", currency: EUR}`. */
export interface Money {
  /** Decimal, with a point. */
  amount: string;
  /** ISO 4217; empty where the record names none. */
  currency: string;
}

/**
 * Reads what a record says something cost: money, or a bare number, whose currency is then unknown.
 * @returns undefined for what is no amount
 */
export function moneyOf(value: unknown): Money | undefined {
  const { amount, currency = '' } =
    typeof value === 'object' && value !== null
      ? (value as { amount?: unknown; currency?: unknown })
      : { amount: value };
  const text = typeof amount === 'number' ? String(amount) : amount;
  if (typeof text !== 'string' || typeof currency !== 'string') return undefined;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? { amount: text, currency } : undefined;
}

/** Sums amounts, each currency by itself and to the last digit: as decimals, never as floating point. */
export function sumMoney(amounts: Iterable<Money>): Record<string, string> {
  const sums = new Map<string, { units: bigint; digits: number }>();
  for (const { amount, currency } of amounts) {
    const [, fraction = ''] = amount.split('.');
    const units = BigInt(amount.replace('.', ''));
    const sum = sums.get(currency) ?? { units: 0n, digits: 0 };
    const digits = Math.max(sum.digits, fraction.length);
    sums.set(currency, {
      units: scaled(sum.units, digits - sum.digits) + scaled(units, digits - fraction.length),
      digits,
    });
  }
  return Object.fromEntries(
    [...sums].sort().map(([currency, { units, digits }]) => [currency, decimal(units, digits)]),
  );
}

function scaled(units: bigint, digits: number): bigint {
  return units * 10n ** BigInt(digits);
}

function decimal(units: bigint, digits: number): string {
  const sign = units < 0n ? '-' : '';
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
