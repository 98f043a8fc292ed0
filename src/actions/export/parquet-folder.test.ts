import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Table } from '../../domain/exports/tables.js';
import { monthOf, ParquetFolder } from './parquet-folder.js';

const root = mkdtempSync(join(tmpdir(), 'itaca-parquet-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const table: Table = {
  name: 'things',
  columns: [
    { name: 'n', type: 'number' },
    { name: 'words', type: 'text' },
    { name: 'price', type: 'decimal' },
    { name: 'yes', type: 'boolean' },
    { name: 'day', type: 'date' },
    { name: 'at', type: 'instant' },
    { name: 'due', type: 'when' },
    { name: 'more', type: 'json' },
  ],
};

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

describe('a Parquet file', () => {
  it('gives every value back to DuckDB, of every type, or none', async () => {
    const none = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const moment = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    const cents = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
    const row = fc.tuple(
      none(fc.string({ unit: 'grapheme' })),
      none(cents.map((number) => (number / 10_000).toFixed(4))),
      none(fc.boolean()),
      none(moment.map((date) => date.toISOString().slice(0, 10))),
      none(moment.map((date) => date.toISOString())),
      none(moment.map((date) => date.toISOString())),
      none(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true, minKeys: 1 })),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const folder = join(root, String(run++));
        const file = new ParquetFolder(folder, Date.parse);
        for (const [n, values] of rows.entries()) file.add(table, [n, ...values]);
        file.close();
        const read = await ask(
          `select n, words, price::varchar price, yes, day::varchar "day", epoch_ms("at")::varchar "at",
           epoch_ms(due)::varchar due, more::varchar more from '${folder}/things/part-0.parquet' order by n`,
        );
        const ms = (value: string | undefined) => (value === undefined ? null : String(Date.parse(value)));
        expect(read).toEqual(
          rows.map(([words, price, yes, day, at, due, more], n) => ({
            ...{ n, words: words ?? null, price: price ?? null, yes: yes ?? null, day: day ?? null },
            ...{ at: ms(at), due: ms(due), more: more === undefined ? null : JSON.stringify(more) },
          })),
        );
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('is cut by months, and has more than one row group where there are many rows', async () => {
    const folder = join(root, 'months');
    const file = new ParquetFolder(folder, Date.parse);
    for (let n = 0; n < 120_000; n++) {
      const at = new Date(Date.UTC(2026, n % 2, 15)).toISOString();
      file.add(table, [n, `row ${n}`, undefined, undefined, undefined, at], monthOf(at));
    }
    file.add(table, [120_000], monthOf(undefined));
    file.close();
    expect(
      await ask(`select year, month, count(*)::int c, count(distinct words)::int w
        from read_parquet('${folder}/things/**/*.parquet', hive_partitioning = true) group by all order by 1, 2`),
    ).toEqual([
      { year: '2026', month: '01', c: 60_000, w: 60_000 },
      { year: '2026', month: '02', c: 60_000, w: 60_000 },
      { year: null, month: null, c: 1, w: 0 },
    ]);
    const [groups] = await ask(
      `select max(row_group_id)::int g from parquet_metadata('${folder}/things/year=2026/month=01/part-0.parquet')`,
    );
    expect(groups?.g).toBeGreaterThan(0);
  }, 60_000);
});

describe('the month of a time', () => {
  it.each([
    ['2026-11-15T23:00:00+14:00', '2026-11'],
    ['2026-11-01T00:30:00+01:00', '2026-10'],
    ['2026-10-31T23:30:00-02:00', '2026-11'],
    ['2026-11-30T23:59:59.999Z', '2026-11'],
  ])('%s is of %s', (at, month) => expect(monthOf(at)).toBe(month));
});
