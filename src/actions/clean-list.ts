import { openCsv } from '../csv/open-csv.js';
import {
  type CleanPlan,
  type Keep,
  planCleanList,
  type RemovalReason,
  removalReasons,
} from '../domain/dedupe/clean-list.js';
import { knownNames, recogniseColumns } from '../domain/lists/columns.js';
import { markOptedOut, markRagged } from './clean-list/chunk-keys.js';
import { type ListRows, readListRows } from './clean-list/read-keys.js';
import { ListWriter } from './clean-list/write-list.js';

export interface CleanListOptions {
  /** The file as it was read. */
  input: Uint8Array;
  /** Its name, for messages. */
  path?: string;
  /** ISO 3166-1 alpha-2 of phone numbers written without prefix. */
  country?: string;
  keep: Keep;
  /** Fill empty cells of the row that stays from those it stands for. */
  fill: boolean;
  /** Leave cells that a spreadsheet takes for formulas as they are. */
  raw: boolean;
  /** Why a canonical address must not be written to; undefined if it may. */
  suppressed?: (canonical: string) => string | undefined;
  /** Threads; 1 reads in this one. */
  workers?: number;
  /** Called with bytes read. */
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. Lines are those of the input, 1-based. */
export interface CleanListReport {
  rows: number;
  kept: number;
  removed: number;
  reasons: Record<RemovalReason, number>;
  /** Rows that stay and deserve a look. */
  flagged: { role: number; invalid: number; opted_out: number; ragged: number };
  flagged_rows: {
    line: number;
    flag: 'role' | 'invalid' | 'opted_out' | 'ragged';
    value?: string;
    reason?: string;
  }[];
  /** Field → names of its columns, or their places from 1 in a list without header. */
  columns: Record<string, string[]>;
  encoding: string;
  delimiter: string;
  header_line: number | null;
  /** Lines before the header and after the rows, left out. */
  skipped_lines: number;
  removed_rows: { line: number; reason: RemovalReason; duplicate_of?: number; matched?: string }[];
}

export interface CleanedList {
  report: CleanListReport;
  /** Bytes of the cleaned list, and of the removed rows. */
  clean: () => Iterable<Uint8Array>;
  removed: () => Iterable<Uint8Array>;
}

/**
 * Cleans a mailing list: one row a person, nobody who must not be written to, every removed row with its reason.
 * Nothing is written here; the caller puts the bytes where they belong.
 * @throws ItacaError `invalid` for what is no list of people
 */
export async function cleanList(options: CleanListOptions): Promise<CleanedList> {
  const file = openCsv(options.input, {
    known: knownNames,
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  const columns = recogniseColumns(
    file.header,
    file.sample.map((row) => row.cells),
    options.path,
  );
  const rows = await readListRows(file, columns, {
    country: options.country,
    workers: options.workers ?? 1,
    progress: options.progress,
  });
  const plan = planCleanList(rows, { keep: options.keep, suppressed: options.suppressed });
  const writer = new ListWriter(file, columns, rows, plan, options);
  const named = (column: number) => file.header[column] ?? String(column + 1);
  return {
    report: {
      ...counts(rows, plan),
      ...flags(rows, plan),
      columns: Object.fromEntries(
        Object.entries(columns).map(([field, places]) => [field, places.map(named)]),
      ),
      encoding: file.encoding,
      delimiter: file.delimiter,
      header_line: file.headerRow?.line ?? null,
      skipped_lines: file.linesBefore + file.linesAfter,
      removed_rows: plan.removed.map(({ row, reason, duplicateOf, matched }) => ({
        line: rows.lines[row]!,
        reason,
        ...(duplicateOf === undefined ? {} : { duplicate_of: rows.lines[duplicateOf]! }),
        ...(matched === undefined ? {} : { matched }),
      })),
    },
    clean: () => writer.clean(),
    removed: () => writer.removed(),
  };
}

function counts(
  rows: ListRows,
  plan: CleanPlan,
): Pick<CleanListReport, 'rows' | 'kept' | 'removed' | 'reasons'> {
  const reasons = Object.fromEntries(removalReasons.map((reason) => [reason, 0])) as Record<
    RemovalReason,
    number
  >;
  for (const { reason } of plan.removed) reasons[reason]++;
  const all = rows.starts.length;
  return { rows: all, kept: all - plan.removed.length, removed: plan.removed.length, reasons };
}

function flags(rows: ListRows, plan: CleanPlan): Pick<CleanListReport, 'flagged' | 'flagged_rows'> {
  const removed = new Set(plan.removed.map(({ row }) => row));
  const found: CleanListReport['flagged_rows'] = [];
  for (const { row, ...flag } of rows.flagged)
    if (!removed.has(row)) found.push({ line: rows.lines[row]!, ...flag });
  for (const [row, marks] of rows.marks.entries()) {
    if (removed.has(row)) continue;
    const goneInOther = plan.standsFor.get(row)?.some((other) => (rows.marks[other]! & markOptedOut) !== 0);
    if ((marks & markOptedOut) !== 0 || goneInOther)
      found.push({ line: rows.lines[row]!, flag: 'opted_out' });
    if ((marks & markRagged) !== 0) found.push({ line: rows.lines[row]!, flag: 'ragged' });
  }
  const flagged = { role: 0, invalid: 0, opted_out: 0, ragged: 0 };
  for (const { flag } of found) flagged[flag]++;
  return { flagged, flagged_rows: found.sort((a, b) => a.line - b.line) };
}
