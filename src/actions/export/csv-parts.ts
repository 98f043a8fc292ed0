import { csvText } from '../../csv/write-csv.js';
import { GoogleTable } from '../../domain/exports/google.js';
import { OutlookTable } from '../../domain/exports/outlook.js';
import { type CsvLayout, type Keys, RecordTable } from '../../domain/exports/table.js';
import { ownKeys } from '../../domain/records/own-keys.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { firmNames } from './firm-names.js';

export type CsvLayoutName = 'google' | 'outlook';

export interface CsvParts {
  parts: Iterable<string>;
  counts: { records: number; left: number };
}

const rowsAtOnce = 1000;

/**
 * Records as a list, in pieces of a thousand rows: their own keys, or the columns of another program's address book. A
 * person's firm is given by its name. What a spreadsheet would run as a formula is made text.
 * @param records walked twice, as the columns must be known before the first row
 * @param safe makes a cell safe to be shown
 */
export function csvParts(
  records: () => Iterable<StoredRecord>,
  index: Index,
  layout: CsvLayoutName | undefined,
  safe: (cell: string) => string,
): CsvParts {
  const table = tableOf(layout);
  const firmOf = firmNames(index);
  const keysOf = ({ id, kind, data, note }: StoredRecord): Keys => {
    const keys = { id, kind, ...ownKeys(kind, data), ...(note === '' ? {} : { note: note.trimEnd() }) };
    const firm = kind === 'contact' ? firmOf(data.company) : undefined;
    return firm === undefined ? keys : { ...keys, company: firm };
  };
  const counts = { records: 0, left: 0 };
  function* parts(): Generator<string> {
    for (const record of records()) table.learn(record.kind, keysOf(record));
    let rows: string[][] = [table.header().map(safe)];
    for (const record of records()) {
      rows.push(table.row(keysOf(record)).map(safe));
      counts.records++;
      if (rows.length < rowsAtOnce) continue;
      yield csvText(rows);
      rows = [];
    }
    counts.left = table.left;
    yield csvText(rows);
  }
  return { parts: parts(), counts };
}

function tableOf(layout: CsvLayoutName | undefined): CsvLayout {
  if (layout === 'google') return new GoogleTable();
  return layout === 'outlook' ? new OutlookTable() : new RecordTable();
}
