import { alignPlans } from '../../domain/dedupe/linkage/align-plans.js';
import { type FieldPlan, planFields } from '../../domain/dedupe/linkage/fields.js';
import { type FieldKind, kinds } from '../../domain/dedupe/linkage/kinds.js';
import { type Table, TableBuilder } from '../../domain/dedupe/linkage/table.js';
import { ItacaError } from '../../domain/error.js';
import { columnOf, type OpenList } from './open-list.js';

export interface ReadOptions {
  /** Kinds given by the user, by column name. */
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  /** Columns that are never compared, by list: an id, the truth. */
  ignored: readonly ReadonlySet<number>[];
  /** ISO 3166-1 alpha-2 of phone numbers written without prefix. */
  country: string | undefined;
  progress?: ((stage: string, done: number) => void) | undefined;
  /** Called for each row with its number in the table, and the list it is of: 0 or 1. */
  onRow?: (row: number, cells: readonly string[], list: number) => void;
}

/** The rows of one list or two as they are compared, and where they stand. */
export interface ReadTable {
  table: Table;
  /** Line of each row in its file. */
  lines: Int32Array;
  /** Rows that have nothing to be compared by. */
  bare: number;
}

/**
 * Reads one list, or two that are to be linked.
 * @throws ItacaError `invalid` where there is no column to compare by, `usage` for a mapped column that is not there
 */
export function readTable(lists: readonly OpenList[], options: ReadOptions): ReadTable {
  const plans = plansOf(lists, options);
  const builder = new TableBuilder(plans[0]!, options.country);
  let lines = new Int32Array(1024);
  let row = 0;
  for (const [which, list] of lists.entries()) {
    if (which === 1) builder.startSecond(plans[1]!);
    const { start, end } = list.file.body;
    for (const { cells, line, end: at } of list.rows()) {
      builder.add(cells);
      options.onRow?.(row, cells, which);
      if (row === lines.length) {
        const larger = new Int32Array(row * 2);
        larger.set(lines);
        lines = larger;
      }
      lines[row++] = line;
      if (row % 1000 === 0) options.progress?.(`reading ${list.path}`, (at - start) / (end - start));
    }
    options.progress?.(`reading ${list.path}`, 1);
  }
  const table = builder.build();
  return { table, lines: lines.slice(0, row), bare: bareRows(table) };
}

/** The fields of each list, in the same order and of the same kinds. */
function plansOf(lists: readonly OpenList[], { mapped, ignored }: ReadOptions): FieldPlan[][] {
  for (const name of mapped.keys()) {
    if (lists.some((list) => columnOf(list, name) !== undefined)) continue;
    throw new ItacaError('usage', `there is no column "${name}"`, {
      hint: `there are: ${lists.map(({ header }) => header.join(', ')).join('; ')}`,
    });
  }
  const plans = lists.map((list, i) => {
    const kindOf = new Map<number, FieldKind | 'none'>();
    for (const [name, kind] of mapped) {
      const at = columnOf(list, name);
      if (at !== undefined) kindOf.set(at, kind);
    }
    return planFields(list.header, list.sample, ignored[i], kindOf);
  });
  const [one, other] = plans;
  const aligned = other === undefined ? [one!] : alignPlans(one!, other);
  if (aligned[0]!.length > 0) return aligned;
  const what = lists.length === 1 ? 'no column' : 'no column that both lists have';
  throw new ItacaError('invalid', `${what} can be compared`, {
    path: lists[0]!.path,
    line: lists[0]!.file.headerRow?.line ?? 1,
    hint: `Looked for: ${kinds.join(', ').replaceAll('_', ' ')}. ${lists
      .map(({ path, header }) => `${path} has: ${header.slice(0, 12).map(quoted).join(', ')}`)
      .join('; ')}. Say what a column holds with --map <column>=<kind>.`,
  });
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 30));
}

function bareRows({ rows, fields }: Table): number {
  let bare = 0;
  for (let row = 0; row < rows; row++) {
    if (fields.every(({ columns }) => columns.every((column) => column[row]! < 0))) bare++;
  }
  return bare;
}

/**
 * Reads what was given by `--map`.
 * @throws ItacaError `usage`
 */
export function parseMap(given: readonly string[] | undefined): Map<string, FieldKind | 'none'> {
  const mapped = new Map<string, FieldKind | 'none'>();
  for (const text of given ?? []) {
    // A column's name may hold an equals sign, a kind does not.
    const at = text.lastIndexOf('=');
    const kind = text.slice(at + 1).trim();
    if (at < 1 || !(kind === 'none' || (kinds as readonly string[]).includes(kind))) {
      throw new ItacaError('usage', `--map "${text}" is not <column>=<kind>`, {
        hint: `kinds are: ${kinds.join(', ')}, none`,
      });
    }
    mapped.set(text.slice(0, at).trim(), kind as FieldKind | 'none');
  }
  return mapped;
}
