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
import { type FuzzyOptions, linkRows } from './linkage/link-rows.js';

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
  /** Also rows that record linkage holds to be one person. */
  fuzzy?: FuzzyOptions;
  /** Called with bytes read. */
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. Lines are those of the input, 1-based. */
export interface CleanListReport {
  rows: number;
  kept: number;
  removed: number;
  /** `same_person` only where rows were linked. */
  reasons: Partial<Record<RemovalReason, number>>;
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
  /** Where rows were linked: rows that stay and may be one person, by their lines. */
  ask?: number;
  ask_pairs?: { a: number; b: number; probability: number }[];
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
  const linked = options.fuzzy && (await linkRows(file, columns, options.country, options.fuzzy));
  const plan = planCleanList(rows, {
    keep: options.keep,
    suppressed: options.suppressed,
    linked: linked?.clusters,
  });
  const writer = new ListWriter(file, columns, rows, plan, options);
  const named = (column: number) => file.header[column] ?? String(column + 1);
  return {
    report: {
      ...counts(rows, plan, linked !== undefined),
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
      ...(linked === undefined ? {} : asked(rows, plan, linked.asks)),
    },
    clean: () => writer.clean(),
    removed: () => writer.removed(),
  };
}

function counts(
  rows: ListRows,
  plan: CleanPlan,
  fuzzy: boolean,
): Pick<CleanListReport, 'rows' | 'kept' | 'removed' | 'reasons'> {
  const reasons = Object.fromEntries(
    removalReasons.filter((reason) => fuzzy || reason !== 'same_person').map((reason) => [reason, 0]),
  ) as Record<RemovalReason, number>;
  for (const { reason } of plan.removed) reasons[reason]++;
  const all = rows.starts.length;
  return { rows: all, kept: all - plan.removed.length, removed: plan.removed.length, reasons };
}

/** Pairs to ask about, as pairs of rows that stay, each once. */
function asked(
  rows: ListRows,
  plan: CleanPlan,
  asks: readonly { a: number; b: number; probability: number }[],
): Required<Pick<CleanListReport, 'ask' | 'ask_pairs'>> {
  const removed = new Map(plan.removed.map(({ row, duplicateOf }) => [row, duplicateOf]));
  const standing = (row: number) => (removed.has(row) ? removed.get(row) : row);
  const seen = new Set<string>();
  const pairs = asks.flatMap(({ a, b, probability }) => {
    const [left, right] = [standing(a), standing(b)];
    if (left === undefined || right === undefined || left === right) return [];
    const [first, second] = [Math.min(left, right), Math.max(left, right)];
    if (seen.has(`${first} ${second}`)) return [];
    seen.add(`${first} ${second}`);
    return [{ a: rows.lines[first]!, b: rows.lines[second]!, probability }];
  });
  return { ask: pairs.length, ask_pairs: pairs };
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
