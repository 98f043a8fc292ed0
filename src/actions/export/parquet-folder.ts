import { join } from 'node:path';
import type { Table } from '../../domain/exports/tables.js';
import { ParquetFile } from './parquet-file.js';

/** A row group is this long at most. */
const groupRows = 100_000;
/** All files together hold no more rows than this before they are written. */
const heldRows = 200_000;

/** A folder of Parquet files, one for each table, or for each month of one, as Hive lays them out. */
export class ParquetFolder {
  private readonly files = new Map<string, ParquetFile>();
  private held = 0;

  /**
   * @param folder absolute
   * @param momentOf the moment that a date or time stands for, in epoch milliseconds
   */
  constructor(
    private readonly folder: string,
    private readonly momentOf: (when: string) => number,
  ) {}

  /**
   * @param values in the order of the table's columns
   * @param month where the table is cut by months: `monthOf` the row
   */
  add(table: Table, values: readonly unknown[], month?: string): void {
    const file = this.fileOf(table, month === undefined ? table.name : `${table.name}/${month}`);
    file.add(values);
    this.held++;
    if (file.waiting >= groupRows) this.flush(file);
    else if (this.held >= heldRows) for (const one of this.files.values()) this.flush(one);
  }

  /** Makes a table that has no rows. */
  declare(table: Table): void {
    this.fileOf(table, table.name);
  }

  /** Ends all files. */
  close(): void {
    for (const file of this.files.values()) file.close();
  }

  private fileOf(table: Table, part: string): ParquetFile {
    const known = this.files.get(part);
    if (known) return known;
    const path = join(this.folder, ...part.split('/'), 'part-0.parquet');
    const file = new ParquetFile(path, table.columns, this.momentOf);
    this.files.set(part, file);
    return file;
  }

  private flush(file: ParquetFile): void {
    this.held -= file.waiting;
    if (file.waiting > 0) file.flush();
  }
}

/**
 * The part of a table that a time belongs to, in UTC: `year=2026/month=11`; as Hive names it where there is no time.
 * @param at ISO 8601 with offset
 */
export function monthOf(at: string | undefined): string {
  if (at === undefined) return 'year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__';
  const [year, month] = (at.endsWith('Z') ? at : new Date(at).toISOString()).split('-') as [string, string];
  return `year=${year}/month=${month}`;
}
