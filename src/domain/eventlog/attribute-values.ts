import type { Entry } from './event-name.js';

/** What cases say in an attribute. */
export interface AttributeFigure {
  attribute: string;
  /** Different values. */
  values: number;
  /** Cases whose events differ in it. */
  changes: number;
}

const ownKeys = new Set(['at', 'by', 'from', 'to', 'why', 'activity']);

/** Counts, case by case, the values of attributes: of cases as a whole, and of the entries of their histories. */
export class AttributeValues {
  private readonly found = new Map<string, { values: Set<string>; changes: number }>();

  /** @param attributes of the case, which its entries need not repeat */
  add(attributes: unknown, entries: readonly Entry[]): void {
    const ofCase = new Map<string, Set<string>>();
    const note = (key: string, value: unknown) => {
      if (typeof value !== 'string') return;
      const values = ofCase.get(key);
      if (values) values.add(value);
      else ofCase.set(key, new Set([value]));
    };
    for (const [key, value] of Object.entries((attributes ?? {}) as object)) note(key, value);
    for (const entry of entries)
      for (const [key, value] of Object.entries(entry)) if (!ownKeys.has(key)) note(key, value);
    for (const [key, values] of ofCase) {
      const figure = this.found.get(key) ?? { values: new Set(), changes: 0 };
      this.found.set(key, figure);
      for (const value of values) figure.values.add(value);
      if (values.size > 1) figure.changes++;
    }
  }

  list(): AttributeFigure[] {
    return [...this.found]
      .map(([attribute, { values, changes }]) => ({ attribute, values: values.size, changes }))
      .sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  }
}
