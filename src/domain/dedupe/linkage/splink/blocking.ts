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

/**
 * Rules by which Splink finds the pairs to compare: fewer and plainer than those of this program, which look for rare
 * words and sounds too, and cut blocks that grow too large.
 */
export function splinkBlocking(fields: readonly SqlField[]): string[] {
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
  }
  const place = of('postal_code') ?? of('locality');
  const who = family ?? of('name') ?? of('company');
  if (place && who) rules.push(`${same(place)} AND ${same(who, start(4))}`);
  if (place && given) rules.push(`${same(place)} AND ${same(given)}`);
  if (rules.length > 0) return rules;
  return fields.map((field) => same(field));
}
