import { doubleMetaphone } from 'double-metaphone';
import type { FieldKind, FieldPlan } from './fields.js';
import { comparable, wordsOf } from './values.js';

/** One field of all records, its distinct values numbered, so that a value is compared once and not once a row. */
export interface Field {
  plan: FieldPlan;
  kind: FieldKind;
  /** For each alternative column, the number of each row's value; −1 where it is missing. */
  columns: Int32Array[];
  /** Values by their numbers. */
  values: string[];
  /** How many cells hold each value. */
  counts: Int32Array;
  /** How many rows have any value. */
  filled: number;
  /** Words of each value, numbered over all values of the field; only for texts of several words. */
  words: Int32Array[] | undefined;
  /** Words by their numbers, and how many of the distinct values hold each. */
  wordTexts: string[];
  wordCounts: Int32Array;
}

export interface Table {
  rows: number;
  fields: Field[];
  /** For two lists, the first row of the second: only pairs across are compared. */
  second: number | undefined;
}

const ofWords: ReadonlySet<FieldKind> = new Set<FieldKind>(['name', 'company', 'street']);

/** Takes rows one by one, and keeps of each what it is compared by. */
export class TableBuilder {
  private readonly builders: FieldBuilder[];
  private rows = 0;
  private second: number | undefined;

  constructor(
    private plans: readonly FieldPlan[],
    private readonly country: string | undefined,
  ) {
    this.builders = plans.map((plan) => new FieldBuilder(plan));
  }

  /** @param cells the values of a row, by column */
  add(cells: readonly string[]): void {
    for (const [i, builder] of this.builders.entries())
      builder.add(this.rows, cells, this.plans[i]!, this.country);
    this.rows++;
  }

  /**
   * What follows belongs to the second of two lists.
   * @param plans where that one has the same fields, as `alignPlans` gives them; in the same columns if left out
   */
  startSecond(plans = this.plans): void {
    this.plans = plans;
    this.second = this.rows;
  }

  build(): Table {
    return {
      rows: this.rows,
      fields: this.builders.map((builder) => builder.build(this.rows)),
      second: this.second,
    };
  }
}

class FieldBuilder {
  private readonly numbers = new Map<string, number>();
  private readonly raw = new Map<string, number>();
  private readonly columns: Int32Array[];
  private readonly counts: number[] = [];

  constructor(private readonly plan: FieldPlan) {
    const count = plan.parts ? 1 : plan.columns.length;
    this.columns = Array.from({ length: count }, () => new Int32Array(1024));
  }

  add(
    row: number,
    cells: readonly string[],
    { columns, parts }: FieldPlan,
    country: string | undefined,
  ): void {
    if (parts) {
      const separator = this.plan.kind === 'date' ? '-' : ' ';
      this.set(
        0,
        row,
        columns
          .map((i) => part(cells[i]))
          .filter(Boolean)
          .join(separator),
        country,
      );
    } else for (const [position, i] of columns.entries()) this.set(position, row, cells[i] ?? '', country);
  }

  private set(position: number, row: number, cell: string, country: string | undefined): void {
    let column = this.columns[position];
    if (column === undefined) return;
    if (row >= column.length) {
      const larger = new Int32Array(column.length * 2);
      larger.set(column);
      this.columns[position] = column = larger;
    }
    const number = this.numberOf(cell, country);
    column[row] = number;
    if (number >= 0) this.counts[number] = (this.counts[number] ?? 0) + 1;
  }

  private numberOf(cell: string, country: string | undefined): number {
    const known = this.raw.get(cell);
    if (known !== undefined) return known;
    const value = comparable(this.plan.kind, cell, country);
    let number = -1;
    if (value !== '') {
      number = this.numbers.get(value) ?? this.numbers.size;
      this.numbers.set(value, number);
    }
    this.raw.set(cell, number);
    return number;
  }

  build(rows: number): Field {
    const { plan } = this;
    const columns = this.columns.map((column) => column.slice(0, rows));
    const values = [...this.numbers.keys()];
    this.raw.clear();
    let filled = 0;
    for (let row = 0; row < rows; row++) if (columns.some((column) => column[row]! >= 0)) filled++;
    const counts = Int32Array.from(values, (_, i) => this.counts[i] ?? 0);
    const { words, texts, wordCounts } = ofWords.has(plan.kind)
      ? numberWords(values)
      : { words: undefined, texts: [], wordCounts: new Int32Array(0) };
    return { plan, kind: plan.kind, columns, values, counts, filled, words, wordTexts: texts, wordCounts };
  }
}

function part(cell: string | undefined): string {
  const text = cell?.trim() ?? '';
  return /^(?:na|n\/a|null|none|-)$/i.test(text) ? '' : text;
}

function numberWords(values: readonly string[]) {
  const numbers = new Map<string, number>();
  const wordCounts: number[] = [];
  const words = values.map((value) =>
    Int32Array.from(new Set(wordsOf(value)), (word) => {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      wordCounts[number] = (wordCounts[number] ?? 0) + 1;
      return number;
    }),
  );
  return { words, texts: [...numbers.keys()], wordCounts: Int32Array.from(wordCounts) };
}

const sounds = new Map<string, string>();

/** How a word sounds, by Double Metaphone (Philips 2000). */
export function soundOf(word: string): string {
  let sound = sounds.get(word);
  if (sound === undefined) {
    sound = doubleMetaphone(word)[0] || word;
    if (sounds.size < 500_000) sounds.set(word, sound);
  }
  return sound;
}
