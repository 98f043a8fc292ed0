import { ItacaError } from '../error.js';

/** An amount with its ISO 4217 currency. */
export interface Money {
  amount: string;
  currency: string;
}

/**
 * Money as people type it, `12.50 EUR`, `EUR 12,50`, `€ 12.50`. Three digits after a comma or point are thousands to
 * some and decimals to others: they are refused unless the currency has as many.
 * @throws ItacaError `usage` for anything else
 */
export function money(text: string): Money {
  const parts = /^([A-Za-z]{3}|€|\$|£)?\s*(\d+(?:[.,]\d{1,3})?)\s*([A-Za-z]{3}|€|\$|£)?$/.exec(text.trim());
  const sign = parts?.[1] ?? parts?.[3];
  if (!parts || sign === undefined || (parts[1] !== undefined && parts[3] !== undefined)) {
    throw new ItacaError('usage', `"${text}" is no amount with its currency`, {
      hint: 'write it as 12.50 EUR',
    });
  }
  const currency = { '€': 'EUR', $: 'USD', '£': 'GBP' }[sign] ?? sign.toUpperCase();
  const amount = (parts[2] as string).replace(',', '.');
  const decimals = amount.split('.')[1]?.length ?? 0;
  if (decimals > decimalsOf(currency)) {
    throw new ItacaError('usage', `"${text}": ${currency} has ${decimalsOf(currency)} decimals`, {
      hint: 'write the amount without separators of thousands, such as 1200.00 EUR',
    });
  }
  return { amount, currency };
}

function decimalsOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits;
}
