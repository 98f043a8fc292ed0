import type { Table } from '../../domain/exports/tables.js';
import { startOf } from '../../domain/time/clock.js';
import type { Workspace } from '../../workspace/workspace.js';
import { allRows, type RowCounts } from './all-rows.js';
import { monthOf, ParquetFolder } from './parquet-folder.js';
import { wholeOrNothing } from './whole-or-nothing.js';

/**
 * Writes a workspace as a folder of Parquet files: a folder for each table, ledgers by year and month.
 * @param out a folder that is not there yet; it is there whole or not at all
 * @throws ItacaError `invalid` where it cannot be written, or a ledger cannot be read
 */
export function exportParquet(workspace: Workspace, out: string): Promise<RowCounts> {
  const { timeZone } = workspace.clock;
  return wholeOrNothing(out, async (path) => {
    const folder = new ParquetFolder(path, (when) => startOf(when, timeZone) ?? 0);
    const tables: Table[] = [];
    const counts = await allRows(workspace, {
      table: (table) => tables.push(table),
      row: ({ table, values }) => folder.add(table, values),
      line: ({ table, values }, at) => folder.add(table, values, monthOf(at)),
    });
    // A query over a table that has no rows must find its columns.
    for (const table of tables) if (counts.tables[table.name] === 0) folder.declare(table);
    folder.close();
    return counts;
  });
}
