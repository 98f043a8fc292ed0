import { unguarded } from '../../csv/formula.js';
import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { foldText } from '../../domain/contacts/person-name.js';
import { knownLogNames } from '../../domain/eventlog/columns.js';
import type { RawLog } from '../../domain/eventlog/log.js';
import { Pool } from './pool.js';

/**
 * Reads a list of events, in any encoding and dialect.
 * @param mapped names of columns that a person gave: they, too, tell the header
 * @throws ItacaError `invalid` for what is no list
 */
export function readCsvLog(
  input: Uint8Array,
  { path, mapped }: { path: string; mapped: readonly string[] },
): RawLog {
  const asked = new Set(mapped.map(foldText));
  const known = (cells: readonly string[]) =>
    knownLogNames(cells) + cells.filter((cell) => asked.has(foldText(cell))).length;
  const file = openCsv(input, { known, path });
  // Without a name that anybody knows, the first line is what a person can name columns by.
  const names = file.headerRow ? file.header : (file.sample[0]?.cells ?? []);
  const log: RawLog = { format: 'csv', names, rows: [], refused: [], left: [] };
  const pool = new Pool();
  for (const { cells, line } of rowsOf(file)) {
    if (!file.headerRow || cells.every((cell) => cell === '')) continue;
    if (cells.length > names.length && cells.slice(names.length).some((cell) => cell !== ''))
      log.refused.push({ line, message: `the row has ${cells.length} cells, the header ${names.length}` });
    else
      log.rows.push({ line, cells: cells.slice(0, names.length).map((cell) => pool.one(unguarded(cell))) });
  }
  return log;
}
