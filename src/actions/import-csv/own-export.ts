import { type CsvFile, rowsOf } from '../../csv/open-csv.js';
import { ItacaError } from '../../domain/error.js';
import { ownKinds } from '../../domain/lists/own-columns.js';
import { ownRows } from '../../domain/lists/own-row.js';
import { folders, type Kind } from '../../domain/records/kind-names.js';
import type { Change } from '../../workspace/records.js';
import type { BringInOptions, BringInReport } from '../import-people/entry.js';
import { bringInOwnFirms } from '../import-people/own-firms.js';
import { bringInOwnSuppressions } from '../import-people/own-suppressions.js';
import type { Tools } from '../tools.js';
import { cellRows } from './cell-rows.js';

/**
 * The kind of records whose export by this program a list is, other than people.
 * @throws ItacaError `invalid` for an export that cannot be read back
 */
export function ownExportOf({ header, sample, path }: CsvFile): 'company' | 'suppression' | undefined {
  const found = ownKinds(
    header,
    sample.map(({ cells }) => cells),
  );
  if (header.includes('kind') && found.length > 0)
    throw new ItacaError('invalid', 'this is an export of several kinds of records', {
      ...(path === undefined ? {} : { path }),
      hint: 'export each kind by itself: itaca export csv kind:company',
    });
  const [kind] = found;
  if (kind === undefined) return undefined;
  if (found.includes('contact')) {
    if (!found.includes('company')) return undefined;
    throw new ItacaError(
      'invalid',
      'this may be an export of people or of firms: nothing in it tells which',
      {
        ...(path === undefined ? {} : { path }),
        hint: 'for people: --map name=name; for firms: add an empty column called legal_name',
      },
    );
  }
  if (kind === 'company' || kind === 'suppression') return kind;
  const what = found.map((one) => folders[one]).join(' or ');
  throw new ItacaError('invalid', `this is an export of ${what}; import csv brings in people and firms`, {
    ...(path === undefined ? {} : { path }),
    hint: 'of what itaca exports it reads contacts, companies and suppressions back; git clone takes all of a workspace',
  });
}

/** Works out what our own export changes here. */
export async function bringInOwn(
  kind: 'company' | 'suppression',
  file: CsvFile,
  given: Omit<BringInOptions, 'expected'>,
  tools: Tools,
): Promise<{ report: BringInReport & { format: string }; changes: Change[] }> {
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const options = { ...given, expected: rows.length };
  const read = cellRows(rows, file.header, ownRows(kind, file.header));
  const { report, changes } = await bringIn[kind](read, options, tools);
  return { report: { format: formats[kind], ...report }, changes };
}

const bringIn = { company: bringInOwnFirms, suppression: bringInOwnSuppressions };
const formats = { company: 'itaca-companies', suppression: 'itaca-suppressions' } satisfies Partial<
  Record<Kind, string>
>;
