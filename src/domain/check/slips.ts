import * as z from 'zod';
import { nearest } from '../search/word-forms.js';
import type { Fault } from './fault.js';

/** Shorter keys are too like one another for a slip to be told from a word. */
const shortest = 4;

/** A key that nobody reads, and that is most likely another one with a slip of the fingers. */
export interface Slip extends Fault {
  /** The key that was meant, from the top. */
  meant: (string | number)[];
}

/**
 * Keys that a schema lets through without knowing them, and that a slip of the fingers parts from one that it knows and
 * that is absent there: a setting that somebody believes in and that nobody reads. Any other key is a key of one's own.
 * @param data as the schema gave it
 * @param what what the data is, as in `a campaign`
 */
export function slips(schema: z.core.$ZodType, data: unknown, what: string): Slip[] {
  return slipsAt(schema, data, []).map(({ at, meant }) => ({
    at,
    meant,
    message: `${what} has no key "${at.join('.')}"`,
    hint: `did you mean ${meant.at(-1)}?`,
  }));
}

function slipsAt(
  schema: z.core.$ZodType,
  data: unknown,
  at: (string | number)[],
): Pick<Slip, 'at' | 'meant'>[] {
  if (typeof data !== 'object' || data === null) return [];
  if (schema instanceof z.ZodOptional) return slipsAt(schema.unwrap(), data, at);
  if (schema instanceof z.ZodUnion) {
    const fits = Array.isArray(data) ? z.ZodArray : z.ZodObject;
    const option = schema.options.find((one) => one instanceof fits);
    return option ? slipsAt(option, data, at) : [];
  }
  if (schema instanceof z.ZodArray)
    return Array.isArray(data)
      ? data.flatMap((item, position) => slipsAt(schema.element, item, [...at, position]))
      : [];
  if (schema instanceof z.ZodRecord)
    return Object.entries(data).flatMap(([key, value]) => slipsAt(schema.valueType, value, [...at, key]));
  if (!(schema instanceof z.ZodObject) || Array.isArray(data)) return [];
  const known = schema.shape as Record<string, z.core.$ZodType>;
  const values = data as Record<string, unknown>;
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = Object.hasOwn(known, key) ? known[key] : undefined;
    if (inner) return slipsAt(inner, value, [...at, key]);
    if (key.length < shortest) return [];
    const meant = nearest(
      key,
      Object.keys(known).filter((one) => one.length >= shortest && values[one] === undefined),
    );
    return meant === undefined ? [] : [{ at: [...at, key], meant: [...at, meant] }];
  });
}
