import type { Column } from '../../cli/output.js';
import type { Money } from '../../domain/money/sum.js';

/** A list item: a record's keys beside what names it. */
export type Row = Record<string, unknown>;

const first = (value: unknown): string => {
  const item = Array.isArray(value) ? value[0] : value;
  if (typeof item === 'object' && item !== null) {
    const known = item as Row;
    return String(known.address ?? known.number ?? '');
  }
  return item === undefined || item === null ? '' : String(item);
};

/** The id at the end of a row's reference, to be copied into the next command; in a pipe the whole reference. */
export const idColumn: Column<Row> = {
  key: 'ref',
  title: 'id',
  style: 'cyan',
  show: (row) => String(row.ref).slice(-10),
};

/** Columns of contact lists. */
export const contactColumns: Column<Row>[] = [
  { key: 'id', style: 'cyan' },
  { key: 'name', style: 'bold' },
  { key: 'company', show: (row) => stem(row.company), flex: true },
  { key: 'emails', title: 'e-mail', flex: true, show: (row) => first(row.emails) },
  { key: 'phones', title: 'phone', show: (row) => first(row.phones) },
  { key: 'tags', style: 'dim', flex: true, optional: true },
];

export const companyColumns: Column<Row>[] = [
  { key: 'id', style: 'cyan' },
  { key: 'name', style: 'bold' },
  { key: 'domains' },
  { key: 'office' },
  { key: 'owner' },
];

/** A reference without the id at its end, for people. */
export function stem(value: unknown): string {
  return typeof value === 'string' ? value.replace(/-?[0-9a-hjkmnp-tv-z]{10}$/, '') || value : '';
}

/** A time of a record as a table shows it, `2026-11-24 09:00`. */
export function shortTime(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 16).replace('T', ' ') : '';
}

/** Minutes as hours: `7.5 h`. */
export function hours(minutes: unknown): string {
  return typeof minutes === 'number' ? `${(minutes / 60).toFixed(1)} h` : '';
}

/** An amount as people read it: `12.50 EUR`. */
export function moneyText(money: Money | undefined): string {
  return money === undefined ? '' : `${money.amount} ${money.currency}`.trim();
}

/** Sums by currency as people read them: `12.50 EUR, 3 CHF`. */
export function sumsText(sums: unknown): string {
  return Object.entries((sums ?? {}) as Record<string, string>)
    .map(([currency, amount]) => moneyText({ amount, currency }))
    .join(', ');
}
