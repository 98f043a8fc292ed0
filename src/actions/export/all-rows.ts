import { ledgerNames, ledgerRows, ledgerTable } from '../../domain/exports/ledger-tables.js';
import { type Row, rowsOf } from '../../domain/exports/rows.js';
import { type Table, tablesOf } from '../../domain/exports/tables.js';
import { kinds } from '../../domain/records/kind-names.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from '../campaign/merged.js';
import { eachLedgerLine } from './ledger-lines.js';
import { recordPages } from './record-pages.js';

/** Takes the rows of a whole workspace. */
export interface RowTaker {
  /** Told of every table before its first row. */
  table(table: Table): void;
  row(row: Row): void;
  /** Told of a line of a ledger. @param at ISO 8601 with offset; undefined where the line has no time */
  line(row: Row, at: string | undefined): void;
}

/** What there was of everything. */
export interface RowCounts {
  records: number;
  /** Of ledgers. */
  lines: number;
  /** Rows of each table. */
  tables: Record<string, number>;
}

/**
 * Hands over everything in a workspace as rows of tables: records by kind with their lists, and the ledgers. References
 * are ids of the records that live: of one that was merged, of the one it was merged into.
 * @throws ItacaError `invalid` where a line of a ledger is not as it was written
 */
export async function allRows(workspace: Workspace, taker: RowTaker): Promise<RowCounts> {
  const index = await workspace.index();
  const { survivorOf } = mergedForSend(index);
  const counts: RowCounts = { records: 0, lines: 0, tables: {} };
  const counted = ({ name }: Table) => {
    counts.tables[name] = (counts.tables[name] ?? 0) + 1;
  };
  const announce = (table: Table) => {
    counts.tables[table.name] = 0;
    taker.table(table);
  };
  for (const kind of kinds) {
    const { table, placed } = tablesOf(kind);
    for (const one of [table, ...placed.flatMap(({ items }) => items?.table ?? [])]) announce(one);
    const condition = { sql: 'r.survivor is null and r.kind = ?', params: [kind] };
    for (const record of recordPages(index, condition)) {
      counts.records++;
      for (const row of rowsOf(record, survivorOf)) {
        counted(row.table);
        taker.row(row);
      }
    }
  }
  for (const name of ledgerNames) {
    const table = ledgerTable(name);
    const place = table.columns.findIndex((column) => column.name === 'at');
    const valuesOf = ledgerRows(name, survivorOf);
    announce(table);
    await eachLedgerLine(name, { index, root: workspace.root }, (folder, line) => {
      counts.lines++;
      counted(table);
      const values = valuesOf(folder, line);
      taker.line({ table, values }, values[place] as string | undefined);
    });
  }
  return counts;
}
