import Database from 'libsql';
import type { ColumnType } from '../../domain/exports/shape.js';
import type { Table } from '../../domain/exports/tables.js';
import { jsonForSqlite } from '../../workspace/index/json-for-sqlite.js';
import type { Workspace } from '../../workspace/workspace.js';
import { allRows, type RowCounts } from './all-rows.js';
import { wholeOrNothing } from './whole-or-nothing.js';

const rowsAtOnce = 1000;

const types: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  ref: 'text',
  number: 'numeric',
  decimal: 'numeric',
  boolean: 'integer',
  date: 'text',
  instant: 'text',
  when: 'text',
  json: 'text',
};

/**
 * Writes a workspace as an SQLite file: a table for each kind of record, for each of their lists, and for each ledger.
 * @param out a file that is not there yet; it is there whole or not at all
 * @throws ItacaError `invalid` where it cannot be written, or a ledger cannot be read
 */
export function exportSqlite(workspace: Workspace, out: string): Promise<RowCounts> {
  return wholeOrNothing(out, async (path) => {
    const db = new Database(path);
    try {
      // Until it is whole it does not exist; then it is put on disk as a whole.
      db.pragma('journal_mode = off');
      db.pragma('synchronous = off');
      db.exec('begin');
      const writers = new Map<string, TableWriter>();
      const take = ({ table, values }: { table: Table; values: unknown[] }) =>
        writers.get(table.name)?.add(values);
      const counts = await allRows(workspace, {
        table: (table) => writers.set(table.name, new TableWriter(db, table)),
        row: take,
        line: take,
      });
      for (const writer of writers.values()) writer.close();
      db.exec('commit');
      return counts;
    } finally {
      db.close();
    }
  });
}

/** Makes a table and fills it. */
class TableWriter {
  private rows: unknown[][] = [];
  private readonly insert;

  constructor(
    private readonly db: Database.Database,
    private readonly table: Table,
  ) {
    const columns = table.columns.map(({ name, type }) => `"${name}" ${types[type]}`);
    db.exec(`create table "${table.name}"(${columns.join(', ')})`);
    // A call into SQLite costs more than the row it carries: many go over as one JSON text.
    const values = table.columns.map((_, i) => `value->>${i}`);
    this.insert = db.prepare(`insert into "${table.name}" select ${values.join(', ')} from json_each(?)`);
  }

  add(values: readonly unknown[]): void {
    this.rows.push(
      this.table.columns.map(({ type }, i) => {
        const value = values[i];
        return type === 'json' && value !== undefined ? jsonForSqlite(value) : value;
      }),
    );
    if (this.rows.length >= rowsAtOnce) this.flush();
  }

  /** Writes the rest. What a table is joined by is its first column. */
  close(): void {
    this.flush();
    const { name, columns } = this.table;
    this.db.exec(`create index "${name}_${columns[0]?.name}" on "${name}"("${columns[0]?.name}")`);
  }

  private flush(): void {
    if (this.rows.length > 0) this.insert.run(jsonForSqlite(this.rows));
    this.rows = [];
  }
}
