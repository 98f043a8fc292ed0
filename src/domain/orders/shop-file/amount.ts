const signs: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP' };

/**
 * An amount as shops write it: `16,50`, `€ 16.50`, `1.234,50 EUR`. Decimal, with a point.
 * @returns undefined for what is none, and for one that has another meaning elsewhere (`1.234`)
 */
export function amountOf(text: string): { amount: string; currency?: string } | undefined {
  const [, before, number = '', after] =
    /^([A-Za-z]{3}|[€$£])?\s{0,3}(-?\d[\d.,' ]{0,20})\s{0,3}([A-Za-z]{3}|[€$£])?$/.exec(text.trim()) ?? [];
  const plain = number.replace(/[' ]/g, '');
  if (plain === '') return undefined;
  const amount = decimalOf(plain);
  if (amount === undefined) return undefined;
  const sign = before ?? after;
  return { amount, ...(sign === undefined ? {} : { currency: signs[sign] ?? sign.toUpperCase() }) };
}

function decimalOf(text: string): string | undefined {
  if (/^-?\d+$/.test(text)) return text;
  // One sign with three digits behind it is thousands to some and decimals to others.
  if (/^-?\d{1,3}[.,]\d{3}$/.test(text)) return undefined;
  if (/^-?\d+[.,]\d+$/.test(text)) return text.replace(',', '.');
  const grouped =
    /^(-?\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/.exec(text) ?? /^(-?\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text);
  if (!grouped) return undefined;
  const whole = (grouped[1] ?? '').replace(/[.,]/g, '');
  return grouped[2] === undefined ? whole : `${whole}.${grouped[2]}`;
}
