import type { FieldKind } from '../kinds.js';
import { type Side, type SqlField, tableOf, valuesSql } from './expressions.js';

/** Fields of which one equal value is reason enough to compare. */
const telling: readonly FieldKind[] = [
  'email',
  'phone',
  'identifier',
  'domain',
  'date',
  'name',
  'company',
  'street',
];

/** The value of one field here is that of another there: given and family name the other way round. */
function across(one: SqlField, here: Side, other: SqlField, there: Side): string {
  return `${valuesSql(one, tableOf(here))[0]} = ${valuesSql(other, tableOf(there))[0]}`;
}

/**
 * Rules by which Splink finds the pairs to compare: fewer and plainer than those of this program, which look for rare
 * words and sounds too, and cut blocks that grow too large.
 * @param rare fields of which few rows share a value: names that are reason enough by themselves
 */
export function splinkBlocking(fields: readonly SqlField[], rare: readonly SqlField[]): string[] {
  const of = (kind: FieldKind) => fields.find((field) => field.kind === kind);
  const same = (field: SqlField, part: (value: string) => string = (value) => value, column = 0) => {
    const value = (side: Side) => part(valuesSql(field, tableOf(side))[column]!);
    return `${value('l')} = ${value('r')}`;
  };
  const start = (length: number) => (value: string) => `substr(${value}, 1, ${length})`;
  const rules = fields
    .filter(({ kind }) => telling.includes(kind))
    .flatMap((field) => valuesSql(field, tableOf('l')).map((_, column) => same(field, undefined, column)));
  const [given, family] = [of('given_name'), of('family_name')];
  if (given && family) {
    rules.push(`${same(given)} AND ${same(family)}`);
    rules.push(`${same(family, start(4))} AND ${same(given, start(1))}`);
    rules.push(`${across(given, 'l', family, 'r')} AND ${across(family, 'l', given, 'r')}`);
  }
  for (const name of [given, family]) if (name && rare.includes(name)) rules.push(same(name));
  const place = of('postal_code') ?? of('locality');
  const who = family ?? of('name') ?? of('company');
  if (place && who) rules.push(`${same(place)} AND ${same(who, start(4))}`);
  if (place && given) rules.push(`${same(place)} AND ${same(given)}`);
  if (rules.length > 0) return rules;
  return fields.map((field) => same(field));
}
