import { convert } from './convert.js';
import type { ColumnType } from './shape.js';
import type { Column, Table } from './tables.js';

/** The ledgers that an export knows, by the names of their tables. */
export const ledgerNames = ['sends', 'events', 'inbox', 'sequences', 'exports'] as const;

export type LedgerName = (typeof ledgerNames)[number];

const text = (names: string): Column[] => columns(names, 'text');
const columns = (names: string, type: ColumnType): Column[] =>
  names.split(' ').map((name) => ({ name, type }));

const line: Column[] = [...text('id event'), { name: 'at', type: 'instant' }];

/** What is of each line of a ledger; what no column takes is in `more`. The folder that holds it says whose it is. */
const known: Readonly<Record<LedgerName, Column[]>> = {
  sends: [
    ...[...line, ...text('message_id'), ...columns('contact', 'ref')],
    ...text('address step transport intent reply by why'),
  ],
  events: [
    ...[...line, ...text('source message_id'), ...columns('contact', 'ref')],
    ...text('address bounce reason url agent machine key'),
  ],
  inbox: [
    ...[...line, ...columns('n', 'number'), ...text('message source place')],
    ...[...columns('received_at', 'instant'), ...text('channel sha256'), ...columns('size', 'number')],
    ...[...text('path kept_sha256 message_id kind intent'), ...columns('confidence', 'number')],
    ...[...text('by why'), ...columns('records', 'json')],
  ],
  sequences: [
    ...[...line, ...columns('contact', 'ref'), ...text('step by reason why evidence')],
    ...columns('again', 'boolean'),
  ],
  exports: [
    ...[...line, ...columns('contact', 'ref'), ...text('to purpose')],
    ...[...columns('consent_at', 'when'), ...text('format file_sha256 by')],
  ],
};

const folder: Column = { name: 'folder', type: 'text' };
const more: Column = { name: 'more', type: 'json' };

/** The table of a ledger. */
export function ledgerTable(name: LedgerName): Table {
  return { name, columns: [folder, ...known[name], more] };
}

/** By these anybody could unsubscribe a person: they do not leave the workspace. */
const secret = 'token';

/**
 * Makes lines of a ledger rows of its table, in the order of its columns.
 * @param idOf the id that a reference leads to
 */
export function ledgerRows(
  name: LedgerName,
  idOf: (ref: string) => string | undefined,
): (folder: string, line: Readonly<Record<string, unknown>>) => unknown[] {
  const own = known[name];
  const places = new Map(own.map((column, i) => [column.name, { ...column, at: i + 1 }]));
  return (folder, line) => {
    const values: unknown[] = new Array(own.length + 2);
    values[0] = folder;
    let rest: Record<string, unknown> | undefined;
    for (const key in line) {
      const value = line[key];
      const place = places.get(key);
      const cell = place === undefined ? undefined : convert(value, place.type, idOf);
      if (cell !== undefined && place !== undefined) values[place.at] = cell;
      else if (key !== secret) {
        rest ??= {};
        rest[key] = value;
      }
    }
    values[own.length + 1] = rest;
    return values;
  };
}
