import type { Context, Liquid } from 'liquidjs';
import { isDateStyle, isInstant, type Locale, localDate, localMoney } from './local-values.js';

/** What stands in the place of a value that is missing, while the others are looked for. */
export const standIn = '-';

type Filter = (this: { context: Context }, value: unknown, ...args: unknown[]) => unknown;

const nobodys: Locale = { language: 'en', timeZone: 'UTC' };

/**
 * Filters that write dates and amounts as the reader of the message does: `{{ order.promised_by | date }}`,
 * `{{ order.total | money }}`. They read `locale` from the values that fill the template. A pattern such as
 * `date: "%d/%m"` works as it does in Liquid.
 */
export function registerLocalFilters(engine: Liquid): void {
  const pattern = engine.filters.date as Filter;
  const date: Filter = function (value: unknown, style?: unknown, zone?: unknown) {
    const locale = localeOf(this);
    if (style !== undefined && !isDateStyle(String(style))) {
      const shown = zone ?? (isInstant(String(value)) ? locale.timeZone : undefined);
      return pattern.call(this, value, style, shown);
    }
    const text = textOf(value);
    if (text === '' || text === standIn) return text;
    const written = localDate(text, locale, style === undefined ? undefined : (String(style) as 'long'));
    if (written === undefined) throw new Error(`${JSON.stringify(text.slice(0, 40))} is no date`);
    return written;
  };
  const money: Filter = function (value: unknown, currency?: unknown) {
    const whole = isAmount(value) ? value : { amount: value, currency };
    const amount = textOf(whole.amount);
    if (amount === '' || amount === standIn) return amount;
    const written = localMoney(amount, textOf(whole.currency), localeOf(this));
    if (written !== undefined) return written;
    const shown = [amount, textOf(whole.currency)].filter(Boolean).join(' ');
    throw new Error(
      `${JSON.stringify(shown.slice(0, 40))} is no amount of money; it has an amount and a currency`,
    );
  };
  for (const [name, filter] of Object.entries({ date, money })) engine.registerFilter(name, filter);
}

function localeOf({ context }: ThisParameterType<Filter>): Locale {
  const { locale } = context.environments as { locale?: Locale };
  return locale ?? nobodys;
}

function isAmount(value: unknown): value is { amount: unknown; currency: unknown } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
