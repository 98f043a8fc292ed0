import { Temporal } from 'temporal-polyfill';

/** A day as records write it, `2026-11-24`; undefined for what is none. */
export function plainDay(text: string | undefined): Temporal.PlainDate | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
