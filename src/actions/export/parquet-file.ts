import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { decimalDigits } from '../../domain/exports/convert.js';
import type { ColumnType } from '../../domain/exports/shape.js';
import type { Column } from '../../domain/exports/tables.js';

const timestamp: Omit<SchemaElement, 'name'> = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  // A moment, whatever the zone: readers that know zones show it in theirs.
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
};

const types: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  ref: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  decimal: { type: 'INT64', converted_type: 'DECIMAL', ...decimalDigits },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
  instant: timestamp,
  when: timestamp,
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

const dayMs = 86_400_000;

/** A value of a column as Parquet takes it. */
function parquetValue(value: unknown, type: ColumnType, momentOf: (when: string) => number): unknown {
  if (value === undefined) return undefined;
  if (type === 'instant') return BigInt(Date.parse(value as string));
  if (type === 'when') return BigInt(momentOf(value as string));
  if (type === 'date') return Date.parse(value as string) / dayMs;
  return type === 'decimal' ? scaled(value as string) : value;
}

/** `-12.5` as -125000: a decimal without its point. */
function scaled(decimal: string): bigint {
  const [whole = '', part = ''] = decimal.split('.');
  return BigInt(whole + part.padEnd(decimalDigits.scale, '0'));
}

/**
 * A Parquet file that grows by row groups: rows wait in columns until `flush`.
 */
export class ParquetFile {
  waiting = 0;
  private columns: unknown[][];
  private writer: ParquetWriter | undefined;

  /**
   * @param path absolute; its folder is made where it is missing
   * @param momentOf the moment that a date or time stands for, in epoch milliseconds
   */
  constructor(
    private readonly path: string,
    private readonly shape: readonly Column[],
    private readonly momentOf: (when: string) => number,
  ) {
    this.columns = shape.map(() => []);
  }

  /** @param values in the order of the columns, as `convert` gives them */
  add(values: readonly unknown[]): void {
    for (const [i, { type }] of this.shape.entries())
      (this.columns[i] as unknown[]).push(parquetValue(values[i], type, this.momentOf));
    this.waiting++;
  }

  /** Writes what waits as one row group. */
  flush(): void {
    if (this.waiting === 0 && this.writer) return;
    const columnData = this.shape.map(({ name }, i) => ({ name, data: this.columns[i] as unknown[] }));
    this.opened().write({ columnData, rowGroupSize: Math.max(1, this.waiting) });
    this.columns = this.shape.map(() => []);
    this.waiting = 0;
  }

  close(): void {
    this.flush();
    this.opened().finish();
  }

  private opened(): ParquetWriter {
    if (this.writer) return this.writer;
    mkdirSync(dirname(this.path), { recursive: true });
    this.writer = new ParquetWriter({
      writer: fileWriter(this.path),
      schema: [
        { name: 'root', num_children: this.shape.length },
        ...this.shape.map(
          ({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...types[type] }),
        ),
      ],
      createdBy: 'itaca',
    });
    return this.writer;
  }
}
