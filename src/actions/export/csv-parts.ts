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
  counts: {
    records: number;
    /** Values that no column of another program's layout could take. */
    left: number;
    /** Addresses to which nothing can be delivered; another program would take them for live ones. */
    invalid: number;
  };
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
    const own = ownKeys(kind, data);
    if (layout !== undefined) own.emails = living(own.emails);
    const keys = { id, kind, ...own, ...(note === '' ? {} : { note: note.trimEnd() }) };
    const firm = kind === 'contact' ? firmOf(data.company) : undefined;
    return firm === undefined ? keys : { ...keys, company: firm };
  };
  const counts = { records: 0, left: 0, invalid: 0 };
  function* parts(): Generator<string> {
    for (const record of records()) table.learn(record.kind, keysOf(record));
    let rows: string[][] = [table.header().map(safe)];
    for (const record of records()) {
      rows.push(table.row(keysOf(record)).map(safe));
      counts.records++;
      if (layout !== undefined)
        counts.invalid += sizeOf(record.data.emails) - sizeOf(living(record.data.emails));
      if (rows.length < rowsAtOnce) continue;
      yield csvText(rows);
      rows = [];
    }
    counts.left = table.left;
    yield csvText(rows);
  }
  return { parts: parts(), counts };
}

/** The addresses of a person without those that are known to be dead. */
function living(emails: unknown): unknown {
  return Array.isArray(emails)
    ? emails.filter((one) => (one as { invalid?: unknown } | null)?.invalid !== true)
    : emails;
}

function sizeOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function tableOf(layout: CsvLayoutName | undefined): CsvLayout {
  if (layout === 'google') return new GoogleTable();
  return layout === 'outlook' ? new OutlookTable() : new RecordTable();
}
