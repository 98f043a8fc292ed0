import type { Model } from './model.js';
import { probabilityOf, type Verdict, verdictOf } from './odds.js';
import type { Table } from './table.js';

/** What one field says of two rows, in bits. */
export interface FieldEvidence {
  field: string;
  /** The values as they are compared; null where there is none. */
  a: string | null;
  b: string | null;
  /** The degree of agreement; empty where a value is missing. */
  level: string;
  /** Before what the value's frequency and the other fields change of it. */
  base: number;
  weight: number;
}

/** How the match weight of two rows comes about: prior + weights of the fields + adjustment = total. */
export interface Explanation {
  prior: number;
  fields: FieldEvidence[];
  /** What fields that go together, as those of an address, say less together than each alone. */
  adjustment: number;
  total: number;
  probability: number;
  verdict: Verdict;
}

/** Explains the match weight of two rows, in bits. */
export function explainPair(model: Model, a: number, b: number): Explanation {
  const { fields: columns } = model.table;
  const fields = model
    .explain(a, b)
    .map(({ field, a: left, b: right, level, base, weight }): FieldEvidence => {
      const { plan, values } = columns[field]!;
      return { field: plan.name, a: values[left] ?? null, b: values[right] ?? null, level, base, weight };
    });
  const total = model.prior + model.weigh(a, b);
  const said = fields.reduce((sum, { weight }) => sum + weight, 0);
  return {
    prior: model.prior,
    fields,
    adjustment: total - model.prior - said,
    total,
    probability: probabilityOf(total),
    verdict: verdictOf(total),
  };
}

/** What a row is compared by, for people to read: field by field, empty where it has nothing. */
export function comparedValues({ fields }: Table, row: number): string[] {
  return fields.map(({ columns, values }) =>
    columns
      .map((column) => column[row]!)
      .filter((number) => number >= 0)
      .map((number) => values[number])
      .join(', '),
  );
}
