import { type CsvFile, openCsv, rowsOf } from '../csv/open-csv.js';
import { knownNames } from '../domain/lists/columns.js';
import { consentColumns } from '../domain/lists/consent-said.js';
import { type ListLayout, layoutOf } from '../domain/lists/list-layout.js';
import { fitsHeader, type Pairs, pairsOf } from '../domain/lists/mapping.js';
import { isOwnHeader } from '../domain/lists/own-columns.js';
import { ownHeader } from '../domain/lists/own-sheet.js';
import { recogniseFormat } from '../domain/lists/recognise-format.js';
import { readMappings } from '../workspace/config/mappings.js';
import type { Change } from '../workspace/records.js';
import { type ListConsentInput, listConsent, refuseNoPeople } from './consent/list-consent.js';
import { keptMapping } from './import-csv/kept-mapping.js';
import { listContext } from './import-csv/list-context.js';
import { bringInSheetOfSuppressions, isOwnSuppressions } from './import-csv/own-export.js';
import { takeRows } from './import-csv/take-rows.js';
import type { BringInOptions, BringInReport, Prefer } from './import-people/entry.js';
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
  /** Which columns hold what, where the header does not say. */
  pairs?: Pairs;
  /** The name under which these pairs are kept; that of the file where absent. */
  save?: string;
  prefer?: Prefer;
  /** What everybody in the list agreed to. */
  consent?: ListConsentInput;
  progress?: (done: number, total: number) => void;
}

export interface ImportReport extends BringInReport {
  /** The format of a known program, or `csv` where the names of the columns tell. */
  format: string;
  /** The kept mapping that was used, or is kept from now on. */
  mapping?: string;
  /** Field → the columns that hold it. */
  columns: Record<string, string[]>;
  /** Columns that are not taken: they tell of the row where it comes from, or were mapped to `-`. */
  left_out: string[];
}

export interface ImportPlan {
  report: ImportReport;
  changes: Change[];
}

/**
 * Works out what a list changes, and writes nothing.
 * @throws ItacaError `invalid` for what is no list; `usage` for a mapping of columns that are not there
 */
export async function planImportCsv(options: ImportCsvOptions, tools: Tools): Promise<ImportPlan> {
  const { input, path, pairs: said = [], save: _, consent, ...others } = options;
  const source = options.source ?? path.replace(/^.*[/\\]/, '');
  const mappings = readMappings(tools.workspace.root);
  const mapped = new Set(said.map(([, column]) => column.trim().toLowerCase()));
  const file = openCsv(input, {
    path,
    known: (cells) => {
      if (
        recogniseFormat(cells) ||
        ownHeader(cells) ||
        isOwnHeader(cells) ||
        mappings.some(({ mapping }) => fitsHeader(mapping, cells))
      )
        return cells.length + 1;
      return knownNames(cells) + cells.filter((cell) => mapped.has(cell.toLowerCase())).length;
    },
  });
  const kept = mappings.find(({ mapping }) => fitsHeader(mapping, file.header));
  if (said.length === 0 && !kept && isOwnSuppressions(file)) {
    if (consent) refuseNoPeople('suppression');
    const { report, changes } = await bringInSheetOfSuppressions(file, { ...others, source }, tools);
    const columns = Object.fromEntries(file.header.slice(1).map((name) => [name, [name]]));
    return { report: { ...report, columns, left_out: ['id'] }, changes };
  }
  const pairs = [...(kept ? pairsOf(kept.mapping) : []), ...said];
  const sample = file.sample.map(({ cells }) => cells);
  const layout = layoutOf(file.header, sample, { pairs, path });
  if (consent) refuseNoPeople(layout.format?.object);
  const agreed = consent && listConsent(consent, source, tools);
  const given = { ...others, source, ...(agreed ? { consent: agreed.entry } : {}) };
  const { report, changes } = await bringIn(file, layout, given, tools);
  const wording = agreed && report.consents?.given ? [agreed.change] : [];
  const saved =
    said.length > 0 ? keptMapping(file.header, pairs, { ...options, kept: kept?.name }, tools) : undefined;
  const mapping = saved?.name ?? kept?.name;
  return {
    report: {
      format: layout.format?.id ?? 'csv',
      ...(mapping === undefined ? {} : { mapping }),
      ...report,
      columns: layout.columns,
      left_out: layout.leftOut,
    },
    changes: [...changes, ...wording, ...(saved?.changes ?? [])],
  };
}

function bringIn(file: CsvFile, layout: ListLayout, given: Omit<BringInOptions, 'expected'>, tools: Tools) {
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const consents = layout.slots.get('consent') ?? [];
  const context = {
    ...listContext(file, layout, given.source, tools),
    consentColumns: consentColumns(
      consents,
      rows.map(({ cells }) => cells),
    ),
  };
  return takeRows(rows, { layout, context, given: { ...given, expected: rows.length } }, tools);
}

/** Carries out a plan of `planImportCsv`, as one commit. */
export async function applyImport({ report, changes }: ImportPlan, tools: Tools): Promise<void> {
  const subject = `import csv: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject }, tools);
}
