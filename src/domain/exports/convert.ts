import { date, flag, instant, number, when } from '../records/fields.js';
import type { ColumnType } from './shape.js';

/** Digits before and after the point of a decimal: what fits the 64 bits that every warehouse has for one. */
export const decimalDigits = { precision: 18, scale: 4 } as const;
const decimal = /^-?\d{1,14}(?:\.\d{1,4})?$/;

/**
 * A value as a column of a type holds it: text, a number, true or false, what JSON can be made of; a decimal and all
 * that is about time as text.
 * @param idOf the id that a reference leads to
 * @returns undefined for what the type cannot hold
 */
export function convert(
  value: unknown,
  type: ColumnType,
  idOf: (ref: string) => string | undefined,
): unknown {
  switch (type) {
    case 'json':
      return value;
    case 'text':
      return typeof value === 'object' ? undefined : String(value);
    case 'ref':
      return typeof value === 'string' ? (idOf(value) ?? undefined) : undefined;
    case 'decimal':
      return typeof value !== 'object' && decimal.test(String(value)) ? String(value) : undefined;
    case 'number':
      return number.safeParse(value).data;
    case 'boolean':
      return flag.safeParse(value).data;
    case 'date':
      return date.safeParse(value).data;
    case 'instant':
      return instant.safeParse(value).data;
    case 'when':
      return when.safeParse(value).data;
  }
}
