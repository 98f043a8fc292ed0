import { type CsvFile, rowsOf } from '../../csv/open-csv.js';
import { ItacaError } from '../../domain/error.js';
import { ownKinds } from '../../domain/lists/own-columns.js';
import { ownRecords } from '../../domain/lists/own-record.js';
import { folders } from '../../domain/records/kind-names.js';
import type { Change } from '../../workspace/records.js';
import type { BringInOptions, BringInReport } from '../import-people/entry.js';
import { bringInOwnSuppressions } from '../import-people/own-suppressions.js';
import type { Tools } from '../tools.js';
import { cellRows } from './cell-rows.js';

/**
 * Whether a list is our own export of suppressions. People and firms are none of its business.
 * @throws ItacaError `invalid` for an export of other kinds of records, which would make people up
 */
export function isOwnSuppressions({ header, sample, path }: CsvFile): boolean {
  const found = ownKinds(
    header,
    sample.map(({ cells }) => cells),
  );
  if (header.includes('kind') && found.length > 0)
    throw new ItacaError('invalid', 'this is an export of several kinds of records', {
      ...(path === undefined ? {} : { path }),
      hint: 'export each kind by itself: itaca export csv kind:company',
    });
  if (found.length === 0 || found.includes('contact') || found.includes('company')) return false;
  if (found.includes('suppression')) return true;
  const what = found.map((one) => folders[one]).join(' or ');
  throw new ItacaError('invalid', `this is an export of ${what}; import csv brings in people and firms`, {
    ...(path === undefined ? {} : { path }),
    hint: 'of what itaca exports it reads contacts, companies and suppressions back; git clone takes all of a workspace',
  });
}

/** Works out what our own export of suppressions changes here. */
export async function bringInSheetOfSuppressions(
  file: CsvFile,
  given: Omit<BringInOptions, 'expected'>,
  tools: Tools,
): Promise<{ report: BringInReport & { format: string }; changes: Change[] }> {
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const read = cellRows(rows, file.header, ownRecords('suppression', file.header));
  const { report, changes } = await bringInOwnSuppressions(read, { ...given, expected: rows.length }, tools);
  return { report: { format: 'itaca-suppressions', ...report }, changes };
}
