import type { FieldPlan } from '../linkage/fields.js';
import { type Table, TableBuilder } from '../linkage/table.js';
import { type FactField, type Facts, factFields, identifierPrefix } from './facts.js';

/** So many alternatives of a field are compared; whoever has more is found by these. */
const mostAlternatives = 3;
/** So many systems' identifiers are compared, those that most records have. */
const mostIdentifiers = 8;

/**
 * The table by which records are compared.
 * @param second of two lists, what the other one holds
 * @param country ISO 3166-1 alpha-2 of telephone numbers without a prefix
 */
export function tableOf(
  kind: 'contact' | 'company',
  first: readonly Facts[],
  second: readonly Facts[] | undefined,
  country: string | undefined,
): Table {
  const all = second ? [...first, ...second] : first;
  const plans = plansOf([...factFields[kind], ...identifiers(all)], all);
  const builder = new TableBuilder(plans, country);
  const add = (facts: Facts) => {
    const cells: string[] = [];
    for (const { name, columns } of plans)
      for (const [i, column] of columns.entries()) cells[column] = facts[name]?.[i] ?? '';
    builder.add(cells);
  };
  for (const facts of first) add(facts);
  if (second) {
    builder.startSecond(plans);
    for (const facts of second) add(facts);
  }
  return builder.build();
}

/** The fields that any record fills, with as many columns as the one with the most values needs. */
function plansOf(fields: readonly FactField[], all: readonly Facts[]): FieldPlan[] {
  let next = 0;
  return fields.flatMap(({ name, kind }) => {
    let width = 0;
    for (const facts of all) width = Math.max(width, facts[name]?.length ?? 0);
    const columns = Array.from({ length: Math.min(width, mostAlternatives) }, () => next++);
    return columns.length === 0 ? [] : [{ kind, name, columns }];
  });
}

function identifiers(all: readonly Facts[]): FactField[] {
  const counts = new Map<string, number>();
  for (const facts of all) {
    for (const name in facts)
      if (name.startsWith(identifierPrefix)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostIdentifiers)
    .map(([name]) => ({ name, kind: 'identifier' }));
}
