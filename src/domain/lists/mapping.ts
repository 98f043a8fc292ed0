import * as z from 'zod';
import type { Fault } from '../check/fault.js';
import { ItacaError } from '../error.js';
import { parseTarget, type Target, targetFields } from './target.js';

/** Which columns of a list hold what, as somebody said it: pairs of a target and the name of a column. */
export type Pairs = readonly (readonly [target: string, column: string])[];

const texts = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

/** A mapping that is kept: `mappings/<name>.yaml`. It is used for every list with this header. */
export const mappingSchema = z.looseObject({
  /** All names of columns of the lists it is for, in any order. */
  header: z.array(z.string()),
  /** Target → the columns that hold it; `-` names those to leave out. */
  columns: z.record(z.string(), texts),
});

export type Mapping = z.infer<typeof mappingSchema>;

const folded = (name: string): string => name.trim().toLowerCase();

/** Whether a mapping was kept for lists of this header. */
export function fitsHeader({ header }: Mapping, names: readonly string[]): boolean {
  const has = new Set(names.map(folded));
  const wanted = new Set(header.map(folded));
  return names.length > 0 && has.size === wanted.size && [...wanted].every((name) => has.has(name));
}

/** What is wrong with a mapping beside its shape: fields that are none, columns that its header lacks. */
export function mappingFaults({ header, columns }: Mapping): Fault[] {
  const has = new Set(header.map(folded));
  return Object.entries(columns).flatMap(([target, names]): Fault[] => {
    const at = ['columns', target];
    if (!parseTarget(target)) return [{ at, message: unknownField(target) }];
    const missing = names.filter((name) => !has.has(folded(name)));
    return missing.map((name) => ({ at, message: `columns.${target}: the header has no column "${name}"` }));
  });
}

/** The pairs of a kept mapping. */
export function pairsOf({ columns }: Mapping): Pairs {
  return Object.entries(columns).flatMap(([target, names]) =>
    names.map((name): [string, string] => [target, name]),
  );
}

/**
 * Reads `--map field=column` options.
 * @throws ItacaError `usage` for what is none, or names no field
 */
export function parsePairs(options: readonly string[]): Pairs {
  return options.map((option) => {
    const at = option.indexOf('=');
    const [target, column] = [option.slice(0, at).trim(), option.slice(at + 1).trim()];
    if (at < 1 || column === '')
      throw new ItacaError('usage', `"${option}" maps nothing`, {
        hint: 'such as --map "email=E-Mail privat"',
      });
    if (!parseTarget(target))
      throw new ItacaError('usage', unknownField(target), {
        hint: `fields are: ${targetFields.join(', ')}; with what is meant after a dot, such as phone.work, custom.colour`,
      });
    return [target, column];
  });
}

const unknownField = (target: string): string => `there is no field "${target}"`;

/**
 * The targets of a header by what somebody said; a column may be named by its number, from 1.
 * @throws ItacaError `usage` with the names there are where a column is missing
 */
export function mappedTargets(pairs: Pairs, header: readonly string[], width: number): Map<number, Target> {
  const found = new Map<number, Target>();
  for (const [target, name] of pairs) {
    const columns = header.flatMap((one, column) => (folded(one) === folded(name) ? [column] : []));
    if (columns.length === 0 && /^\d{1,5}$/.test(name) && Number(name) >= 1 && Number(name) <= width)
      columns.push(Number(name) - 1);
    if (columns.length === 0)
      throw new ItacaError('usage', `the list has no column "${name}"`, {
        hint: `its columns are: ${header
          .slice(0, 40)
          .map((one) => JSON.stringify(one.slice(0, 60)))
          .join(', ')}`,
      });
    for (const column of columns) found.set(column, parseTarget(target)!);
  }
  return found;
}
