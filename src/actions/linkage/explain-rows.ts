import { type Explanation, explainPair } from '../../domain/dedupe/linkage/explain.js';
import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import { Model, type Trained } from '../../domain/dedupe/linkage/model.js';
import { ItacaError } from '../../domain/error.js';
import { type Input, idColumn, openList } from './open-list.js';
import { readTable } from './read-table.js';

export interface ExplainRowsOptions {
  /** One list, or two of which the second has the second row. */
  lists: readonly Input[];
  /** Line in the file, or the value of the id column. */
  a: string;
  b: string;
  id: string | undefined;
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  country: string | undefined;
  trained?: Trained | undefined;
  progress?: (stage: string, done: number) => void;
}

/**
 * Explains why two rows are held to be one or two. How frequent a value is counts, so that the whole list is read.
 * @throws ItacaError `not_found` for a row that is not there, `ambiguous` for an id that several have
 */
export function explainRows(options: ExplainRowsOptions): Explanation {
  const { id } = options;
  const lists = options.lists.map((input) => openList(input, id === undefined ? [] : [id]));
  const at = lists.map((list) => (id === undefined ? undefined : idColumn(list, id)));
  const last = lists.length - 1;
  const wanted = [
    { name: options.a, list: 0, rows: [] as number[] },
    { name: options.b, list: last, rows: [] as number[] },
  ];
  const { table, lines } = readTable(lists, {
    mapped: options.mapped,
    ignored: at.map((column) => new Set(column === undefined ? [] : [column])),
    country: options.country,
    progress: options.progress,
    onRow: (row, cells, which) => {
      const column = at[which];
      if (column === undefined) return;
      for (const { name, list, rows } of wanted) if (list === which && cells[column] === name) rows.push(row);
    },
  });
  const second = table.second ?? table.rows;
  const [a, b] = wanted.map(({ name, list, rows }) => {
    const { path } = lists[list]!;
    if (id === undefined) {
      const row = lines.indexOf(Number(name), list === 0 ? 0 : second);
      if (/^\d+$/.test(name) && row >= 0 && (list === last || row < second)) return row;
      throw new ItacaError('not_found', `no row begins on line ${name}`, {
        path,
        hint: 'Rows are named by their lines in the file, or by the values of a column with --id.',
      });
    }
    if (rows.length === 1) return rows[0]!;
    if (rows.length === 0)
      throw new ItacaError('not_found', `no row has "${name}" in column ${id}`, { path });
    throw new ItacaError('ambiguous', `${rows.length} rows have "${name}" in column ${id}`, {
      path,
      hint: `Name them by their lines, without --id: ${rows
        .slice(0, 5)
        .map((row) => lines[row])
        .join(', ')}`,
    });
  });
  if (a === b) throw new ItacaError('usage', 'a row is one with itself: name two');
  return explainPair(new Model(table, options.trained), a!, b!);
}
