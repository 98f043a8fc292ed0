import * as z from 'zod';
import { typosBetween } from '../search/word-forms.js';
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
 * @param most letters typed otherwise: 1 where own keys are many (with 2, `member` may be `number`); a short key has 1 at most
 */
export function slips(schema: z.core.$ZodType, data: unknown, what: string, most: 1 | 2): Slip[] {
  return slipsAt(schema, data, [], most).map(({ at, meant }) => ({
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
  most: 1 | 2,
): Pick<Slip, 'at' | 'meant'>[] {
  if (typeof data !== 'object' || data === null) return [];
  if (schema instanceof z.ZodOptional) return slipsAt(schema.unwrap(), data, at, most);
  if (schema instanceof z.ZodUnion) {
    const fits = Array.isArray(data) ? z.ZodArray : z.ZodObject;
    const option = schema.options.find((one) => one instanceof fits);
    return option ? slipsAt(option, data, at, most) : [];
  }
  if (schema instanceof z.ZodArray)
    return Array.isArray(data)
      ? data.flatMap((item, position) => slipsAt(schema.element, item, [...at, position], most))
      : [];
  if (schema instanceof z.ZodRecord)
    return Object.entries(data).flatMap(([key, value]) =>
      slipsAt(schema.valueType, value, [...at, key], most),
    );
  if (!(schema instanceof z.ZodObject) || Array.isArray(data)) return [];
  const known = shapeOf(schema);
  const values = data as Record<string, unknown>;
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = known.get(key);
    if (inner) return slipsAt(inner, value, [...at, key], most);
    const meant = likeness(known, key, most).find((one) => values[one] === undefined);
    return meant === undefined ? [] : [{ at: [...at, key], meant: [...at, meant] }];
  });
}

type Shape = Map<string, z.core.$ZodType>;

// A check asks the same of every record, and comparing letters is what takes the time.
const shapes = new WeakMap<z.ZodObject, Shape>();
const likenesses = new WeakMap<Shape, Map<string, string[]>>();

function shapeOf(schema: z.ZodObject): Shape {
  let shape = shapes.get(schema);
  if (!shape) {
    shape = new Map(Object.entries(schema.shape));
    shapes.set(schema, shape);
  }
  return shape;
}

/** The known keys that an unknown one may be. */
function likeness(known: Shape, key: string, most: 1 | 2): string[] {
  if (key.length < shortest) return [];
  const memory = likenesses.get(known) ?? new Map<string, string[]>();
  likenesses.set(known, memory);
  const limit = key.length < 6 ? 1 : most;
  const question = `${limit} ${key}`;
  let like = memory.get(question);
  if (!like) {
    like = [...known.keys()].filter(
      (one) => one.length >= shortest && typosBetween(key, one, limit) <= limit,
    );
    memory.set(question, like);
  }
  return like;
}
