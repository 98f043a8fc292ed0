import { stringify } from 'csv-stringify/sync';
import type { Delimiter, Newline } from './dialect.js';
import { neutralise } from './formula.js';

export interface WriteOptions {
  delimiter?: Delimiter;
  newline?: Newline;
  /** Begin with a byte order mark, by which spreadsheets know UTF-8. */
  bom?: boolean;
  /** Write cells that a spreadsheet takes for formulas as they are. */
  raw?: boolean;
}

/** Rows as the text of a CSV file (RFC 4180), formulas neutralised unless `raw`. */
export function csvText(rows: readonly (readonly string[])[], options: WriteOptions = {}): string {
  const text = stringify(
    rows.map((row) => [...row]),
    {
      delimiter: options.delimiter ?? ',',
      record_delimiter: options.newline ?? '\n',
      ...(options.raw === true ? {} : { cast: { string: neutralise } }),
    },
  );
  return options.bom === true ? `\ufeff${text}` : text;
}
