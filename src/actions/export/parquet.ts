import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Table } from '../../domain/exports/tables.js';
import { startOf } from '../../domain/time/clock.js';
import { asWriteError } from '../../domain/write-error.js';
import { fsyncFolder } from '../../workspace/files.js';
import type { Workspace } from '../../workspace/workspace.js';
import { allRows, type RowCounts } from './all-rows.js';
import { monthOf, ParquetFolder } from './parquet-folder.js';

/**
 * Writes a workspace as a folder of Parquet files: a folder for each table, ledgers by year and month. The folder is
 * there whole or not at all.
 * @param out a folder that is not there yet
 * @throws ItacaError `invalid` where it cannot be written, or a ledger cannot be read
 */
export async function exportParquet(workspace: Workspace, out: string): Promise<RowCounts> {
  const { timeZone } = workspace.clock;
  const target = resolve(out);
  let temporary: string | undefined;
  try {
    temporary = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
    const folder = new ParquetFolder(temporary, (when) => startOf(when, timeZone) ?? 0);
    const tables: Table[] = [];
    const counts = await allRows(workspace, {
      table: (table) => tables.push(table),
      row: ({ table, values }) => folder.add(table, values),
      line: ({ table, values }, at) => folder.add(table, values, monthOf(at)),
    });
    // A query over a table that has no rows must find its columns.
    for (const table of tables) if (counts.tables[table.name] === 0) folder.declare(table);
    folder.close();
    renameSync(temporary, target);
    fsyncFolder(dirname(target));
    return counts;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    throw asWriteError(error, out) ?? error;
  }
}
