import { unguarded } from '../csv/formula.js';
import { type CsvFile, openCsv, rowsOf } from '../csv/open-csv.js';
import type { CsvRow } from '../csv/read-rows.js';
import { type Columns, knownNames, recogniseColumns } from '../domain/lists/columns.js';
import { contactFromRow, type RowDefaults } from '../domain/lists/contact-from-row.js';
import type { Change } from '../workspace/records.js';
import { bringInPeople } from './import-people/bring-in.js';
import type { PeopleReport, PersonEntry } from './import-people/entry.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportCsvOptions {
  input: Uint8Array;
  /** The file's name: for messages, and as the source of the people. */
  path: string;
  /** Where these people were met; the file's name where absent. */
  source?: string;
  /** Given to everybody in the list. */
  tags?: string[];
  office?: string;
  owner?: string;
  progress?: (done: number, total: number) => void;
}

export interface ImportReport extends PeopleReport {
  format: 'csv';
  columns: Record<string, string[]>;
}

export interface ImportPlan {
  report: ImportReport;
  changes: Change[];
}

/**
 * Works out what a list changes, and writes nothing.
 * @throws ItacaError `invalid` for what is no list of people
 */
export async function planImportCsv(
  { input, path, ...options }: ImportCsvOptions,
  tools: Tools,
): Promise<ImportPlan> {
  const { country } = tools.workspace;
  const file = openCsv(input, { known: knownNames, path });
  const sample = file.sample.map(({ cells }) => cells);
  const columns = recogniseColumns(file.header, sample, path);
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const source = options.source ?? path.replace(/^.*[/\\]/, '');
  const entries = entriesOf(rows, file, columns, {
    source: { channel: 'import', name: source },
    ...(country ? { country } : {}),
  });
  const { report, changes } = await bringInPeople(
    entries,
    { ...options, source, expected: rows.length },
    tools,
  );
  const named = (column: number) => file.header[column] ?? String(column + 1);
  const shown = Object.entries(columns).map(([field, places]) => [field, places.map(named)]);
  return { report: { format: 'csv', ...report, columns: Object.fromEntries(shown) }, changes };
}

function* entriesOf(
  rows: readonly CsvRow[],
  { header }: CsvFile,
  columns: Columns,
  defaults: RowDefaults,
): Generator<PersonEntry> {
  for (const row of rows) {
    const { line } = row;
    const cells = row.cells.map(unguarded);
    if (header.length > 0 && cells.slice(header.length).some((cell) => cell !== '')) {
      yield { line, refused: `the row has ${cells.length} cells, the header ${header.length}` };
      continue;
    }
    const read = contactFromRow(cells, header, columns, defaults);
    if ('refused' in read) {
      yield { line, refused: read.refused };
      continue;
    }
    const { contact, optedOut, extra: _, ...entry } = read;
    yield {
      line,
      ...entry,
      contact: { ...contact },
      ...(optedOut ? { optOut: { reason: 'unsubscribed' } } : {}),
    };
  }
}

/** Carries out a plan of `planImportCsv`, as one commit. */
export async function applyImport({ report, changes }: ImportPlan, tools: Tools): Promise<void> {
  const subject = `import csv: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject }, tools);
}
