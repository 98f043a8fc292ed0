import type { Kind } from '../records/kind-names.js';
import { schemaKeys } from '../records/kinds.js';
import { ownKey } from '../records/own-keys.js';
import { cellOf, cellsOf } from './cells.js';

/** A key with more columns than this shares one cell: a table that is as wide as it is long is none. */
const mostColumns = 100;

/** A record's keys as they are to be tabled, in snake case. */
export type Keys = Readonly<Record<string, unknown>>;

/** What is laid out in columns, after it learned what there is. */
export interface CsvLayout {
  learn(kind: Kind, keys: Keys): void;
  /** The names of the columns. Ask when all records were learned. */
  header(): readonly string[];
  row(keys: Keys): string[];
  /** Values of the rows so far that no column could take, such as a fourth address where there are three. */
  readonly left: number;
}

/**
 * The columns that records need, learned from all of them, and then their rows: `id` (and `kind` where there are
 * several), the keys in the order of the schemas, those of no schema, the note.
 */
export class RecordTable implements CsvLayout {
  readonly left = 0;
  private readonly kinds = new Set<Kind>();
  private readonly columns = new Map([['id', new Set(['id'])]]);
  private known: { key: string; names: string[] }[] | undefined;

  learn(kind: Kind, keys: Keys): void {
    this.kinds.add(kind);
    for (const [key, value] of Object.entries(keys)) {
      const names = this.columns.get(key) ?? new Set();
      this.columns.set(key, names);
      if (names.size <= mostColumns) for (const name of cellsOf(key, value).keys()) names.add(name);
    }
  }

  header(): string[] {
    return this.sorted().flatMap(({ names }) => names);
  }

  row(keys: Keys): string[] {
    return this.sorted().flatMap(({ key, names }) => {
      if (names.length === 1 && names[0] === key) return [cellOf(keys[key])];
      const cells = cellsOf(key, keys[key]);
      return names.map((name) => cells.get(name) ?? '');
    });
  }

  private sorted(): { key: string; names: string[] }[] {
    if (this.known) return this.known;
    const inSchemas = [...this.kinds].flatMap((kind) => schemaKeys(kind).map((key) => ownKey(kind, key)));
    const first = ['id', ...(this.kinds.size > 1 ? ['kind'] : []), ...inSchemas];
    const last = ['note'];
    const others = [...this.columns.keys()].filter(
      (key) => !first.includes(key) && !last.includes(key) && key !== 'kind',
    );
    this.known = [...new Set([...first, ...others, ...last])].flatMap((key) => {
      const names = this.columns.get(key) ?? new Set();
      if (names.size === 0) return [];
      return [{ key, names: names.size > mostColumns ? [key] : inOrder(names) }];
    });
    return this.known;
  }
}

/** `email_1`, `email_1_label`, `email_2`: by number, and within it as they were met. */
function inOrder(names: ReadonlySet<string>): string[] {
  const number = (name: string) => Number(/^[a-z]+_(\d+)(?:_|$)/.exec(name)?.[1] ?? 0);
  return [...names].sort((a, b) => number(a) - number(b));
}
