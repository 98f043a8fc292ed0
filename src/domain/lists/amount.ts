/**
 * An amount as people write it, with a point and without thousands: `1.234,50`, `€ 1,234.50`, `12500`. The last sign is
 * the decimal one unless three digits follow it and it stands alone or again: then it parts thousands.
 * @returns undefined for what is no amount
 */
export function amountOf(text: string): string | undefined {
  const written = text.trim().replace(/^(?:[A-Z]{3}|[€$£])\s*|\s*(?:[A-Z]{3}|[€$£])$/g, '');
  if (!/^-?\d[\d.,' \u00a0]{0,30}$/.test(written)) return undefined;
  const plain = written.replace(/[' \u00a0]/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (last === -1) return plain;
  const sign = plain[last]!;
  const decimals = plain.slice(last + 1);
  const both = plain.includes('.') && plain.includes(',');
  const thousands = decimals.length === 3 && !both && (sign === ',' || plain.indexOf(sign) !== last);
  if (thousands) return plain.replace(/[.,]/g, '');
  if (plain.indexOf(sign) !== last) return undefined;
  return `${plain.slice(0, last).replace(/[.,]/g, '')}${decimals === '' ? '' : `.${decimals}`}`;
}

/** The currency that an amount names by its sign or code. */
export function currencyOf(text: string): string | undefined {
  const signs: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP' };
  const [sign] = /[€$£]/.exec(text) ?? [];
  return sign === undefined ? /\b[A-Z]{3}\b/.exec(text)?.[0] : signs[sign];
}
