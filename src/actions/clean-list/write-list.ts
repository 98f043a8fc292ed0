import type { CsvFile } from '../../csv/open-csv.js';
import { cellValue, encodeCell, neutraliseRaw, rawCells } from '../../csv/raw-row.js';
import { type CleanPlan, mayFill } from '../../domain/dedupe/clean-list.js';
import { fillFrom } from '../../domain/dedupe/fill-row.js';
import type { Columns } from '../../domain/lists/columns.js';
import { optOutColumn } from '../../domain/lists/opt-out.js';
import { markFormula, markOptedOut, markRagged } from './chunk-keys.js';
import type { ListRows } from './read-keys.js';

export interface WriteListOptions {
  fill: boolean;
  /** Leave cells that a spreadsheet takes for formulas as they are. */
  raw: boolean;
}

/** Writes a list's rows back: those nothing happened to byte for byte. */
export class ListWriter {
  constructor(
    private readonly file: CsvFile,
    private readonly columns: Columns,
    private readonly rows: ListRows,
    private readonly plan: CleanPlan,
    private readonly options: WriteListOptions,
  ) {}

  /** The list without the removed rows, in the input's column order, delimiter and newline. */
  *clean(): Generator<Uint8Array> {
    const { bytes, newline } = this.file;
    yield* this.opening([]);
    const removed = new Set(this.plan.removed.map((each) => each.row));
    const count = this.rows.starts.length;
    // Rows that follow each other in the file are copied together.
    let from = -1;
    for (let row = 0; row < count; row++) {
      const changed = removed.has(row) ? '' : this.changedRow(row);
      if (changed === undefined) {
        if (from === -1) from = this.rows.starts[row]!;
        continue;
      }
      if (from !== -1) yield bytes.subarray(from, this.rows.starts[row]!);
      from = -1;
      if (changed !== '') yield Buffer.from(changed + newline);
    }
    if (from === -1) return;
    const last = bytes.subarray(from, this.file.body.end);
    yield last;
    if (last.at(-1) !== 0x0a && last.at(-1) !== 0x0d) yield Buffer.from(newline);
  }

  /** The removed rows, each with its reason, the line of the row that stays, and the value they share. */
  *removed(): Generator<Uint8Array> {
    const { delimiter, newline } = this.file;
    const header = this.file.headerRow?.cells.length ?? this.file.sample[0]?.cells.length ?? 0;
    const widths = this.plan.removed
      .filter(({ row }) => (this.rows.marks[row]! & markRagged) !== 0)
      .map(({ row }) => rawCells(this.text(row), delimiter).length);
    const width = widths.reduce((most, cells) => Math.max(most, cells), header);
    yield* this.opening([
      ...Array.from({ length: width - header }, () => ''),
      'itaca_reason',
      'itaca_duplicate_of',
      'itaca_matched',
    ]);
    for (const { row, reason, duplicateOf, matched } of this.plan.removed) {
      const line = duplicateOf === undefined ? '' : String(this.rows.lines[duplicateOf]);
      const cells = this.safe(rawCells(this.text(row), delimiter));
      while (cells.length < width) cells.push('');
      const added = [reason, line, matched ?? ''].map((value) => encodeCell(value, delimiter));
      yield Buffer.from([...cells, ...this.safe(added)].join(delimiter) + newline);
    }
  }

  private *opening(added: readonly string[]): Generator<Uint8Array> {
    const { bom, encoding, bytes, headerRow, delimiter, newline } = this.file;
    if (bom || encoding !== 'utf-8') yield Buffer.from('\ufeff');
    if (headerRow === undefined) return;
    const cells = rawCells(bytes.subarray(headerRow.start, headerRow.end).toString(), delimiter);
    yield Buffer.from([...this.safe(cells), ...added].join(delimiter) + newline);
  }

  /** A kept row that must be written anew; undefined for one that stays as it stands in the file. */
  private changedRow(row: number): string | undefined {
    const { delimiter } = this.file;
    const others = this.plan.standsFor.get(row) ?? [];
    const formula = !this.options.raw && (this.rows.marks[row]! & markFormula) !== 0;
    if (!formula && others.length === 0) return undefined;
    const text = this.text(row);
    const before = rawCells(text, delimiter);
    const cells = [...before];
    this.takeOptOut(row, others, cells);
    if (this.options.fill) this.fill(row, others, cells);
    const safe = this.safe(cells);
    return safe.some((cell, i) => cell !== before[i]) ? safe.join(delimiter) : undefined;
  }

  /** Someone who opted out in a removed row has opted out: `fill` or not. */
  private takeOptOut(row: number, others: readonly number[], cells: string[]): void {
    if ((this.rows.marks[row]! & markOptedOut) !== 0) return;
    const gone = others.find((other) => (this.rows.marks[other]! & markOptedOut) !== 0);
    if (gone === undefined) return;
    const said = rawCells(this.text(gone), this.file.delimiter);
    const column = optOutColumn(said.map(plain), this.columns);
    if (column !== undefined && column < cells.length) cells[column] = said[column]!;
  }

  private fill(row: number, others: readonly number[], cells: string[]): void {
    const sources = others
      .filter((other) => mayFill(this.rows, row, other))
      .map((other) => rawCells(this.text(other), this.file.delimiter));
    const filled = fillFrom(
      cells.map(plain),
      sources.map((source) => source.map(plain)),
      this.columns,
    );
    for (const [column, source] of filled) cells[column] = sources[source]![column]!;
  }

  private safe(cells: readonly string[]): string[] {
    return this.options.raw ? [...cells] : cells.map((cell) => neutraliseRaw(cell, this.file.delimiter));
  }

  private text(row: number): string {
    return this.file.bytes.subarray(this.rows.starts[row]!, this.rows.ends[row]!).toString();
  }
}

function plain(raw: string): string {
  return cellValue(raw).trim();
}
