import { join } from 'node:path';
import type { Table } from '../../domain/exports/tables.js';
import { ParquetFile } from './parquet-file.js';

/** A row group is this long at most: what is in one is in memory, several times over while it is encoded. */
const groupRows = 50_000;
/** All files together hold no more rows than this before they are written. */
const heldRows = 50_000;

/** A folder of Parquet files, one for each table, or for each month of one, as Hive lays them out. */
export class ParquetFolder {
  /** By table, then by month; under the empty text the file of a table that is not cut. */
  private readonly files = new Map<string, Map<string, ParquetFile>>();
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
  add(table: Table, values: readonly unknown[], month = ''): void {
    const file = this.files.get(table.name)?.get(month) ?? this.open(table, month);
    file.add(values);
    this.held++;
    if (file.waiting >= groupRows) this.flush(file);
    else if (this.held >= heldRows) for (const one of this.all()) this.flush(one);
  }

  /** Makes a table that has no rows. */
  declare(table: Table): void {
    this.open(table, '');
  }

  /** Ends all files. */
  close(): void {
    for (const file of this.all()) file.close();
  }

  private open(table: Table, month: string): ParquetFile {
    const path = join(this.folder, table.name, hivePath(month), 'part-0.parquet');
    const file = new ParquetFile(path, table.columns, this.momentOf);
    const months = this.files.get(table.name) ?? new Map<string, ParquetFile>();
    this.files.set(table.name, months.set(month, file));
    return file;
  }

  private *all(): Generator<ParquetFile> {
    for (const months of this.files.values()) yield* months.values();
  }

  private flush(file: ParquetFile): void {
    this.held -= file.waiting;
    if (file.waiting > 0) file.flush();
  }
}

const noMonth = 'none';

/**
 * The month that a time belongs to, in UTC: `2026-11`.
 * @param at ISO 8601 with offset, of a year of four digits
 */
export function monthOf(at: string | undefined): string {
  if (at === undefined) return noMonth;
  const day = at.slice(8, 10);
  // No offset leads from within a month out of it.
  return day > '01' && day < '28' ? at.slice(0, 7) : new Date(at).toISOString().slice(0, 7);
}

/** `year=2026/month=11`, as Hive lays out what is cut by a column; and as it names what has no value there. */
function hivePath(month: string): string {
  if (month === '') return '';
  const none = '__HIVE_DEFAULT_PARTITION__';
  const [year, number] = month === noMonth ? [none, none] : month.split('-');
  return join(`year=${year}`, `month=${number}`);
}
