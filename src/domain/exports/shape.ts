import type { z } from 'zod';
import { date, flag, instant, money, number, ref, when } from '../records/fields.js';

/** What a column holds. `when` is a date or a time with offset, `decimal` a number that must not be rounded. */
export type ColumnType =
  | 'text'
  | 'ref'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'when'
  | 'json';

/** How a value is built, as far as tables can follow it; the rest is JSON. */
export type Shape =
  | { type: ColumnType }
  /** A value that is no map stands for the first of its keys, as in `emails: [mario@example.it]`. */
  | { fields: Readonly<Record<string, Shape>> }
  | { items: Shape };

/** The types of front-matter values that are made of others, and yet are one value. */
const known = new Map<unknown, Shape>([
  [ref, { type: 'ref' }],
  [number, { type: 'number' }],
  [flag, { type: 'boolean' }],
  [date, { type: 'date' }],
  [instant, { type: 'instant' }],
  [when, { type: 'when' }],
  [money, { fields: { amount: { type: 'decimal' }, currency: { type: 'text' } } }],
]);

const moments: readonly ColumnType[] = ['date', 'instant', 'when'];

/** The shape of what a schema lets through. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  const own = known.get(schema);
  if (own) return own;
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  switch (def.type) {
    case 'optional':
      return shapeOf(def.innerType);
    case 'pipe':
      return shapeOf(def.in);
    case 'string':
    case 'enum':
      return { type: 'text' };
    case 'array':
      return { items: shapeOf(def.element) };
    case 'object':
      return {
        fields: Object.fromEntries(Object.entries(def.shape).map(([key, inner]) => [key, shapeOf(inner)])),
      };
    case 'union':
      return eitherOf(def.options.map(shapeOf));
    default:
      return { type: 'json' };
  }
}

/** One of several: a list where one is (a single value counts as a list of itself), then a map, then what they share. */
function eitherOf(shapes: readonly Shape[]): Shape {
  const types = shapes.flatMap((shape) => ('type' in shape ? [shape.type] : []));
  if (types.includes('json')) return { type: 'json' };
  const built = shapes.find((shape) => 'items' in shape) ?? shapes.find((shape) => 'fields' in shape);
  if (built) return built;
  const [first = 'text', ...others] = types;
  if (others.every((type) => type === first)) return { type: first };
  return { type: types.every((type) => moments.includes(type)) ? 'when' : 'text' };
}
