import { saysNothing } from '../contacts/email-address.js';
import { bearsName, foldPersonName, foldText } from '../contacts/person-name.js';
import type { Columns } from './columns.js';
import type { Row } from './row.js';

/** How to read the name of a row: given and family name where it has them, else the whole name. */
export function nameReader(columns: Columns): (cells: readonly string[]) => string {
  const given = columns.given_name?.[0];
  const family = columns.family_name?.[0];
  const whole = columns.name?.[0];
  return (cells) => {
    const first = given === undefined ? '' : (cells[given] ?? '');
    const last = family === undefined ? '' : (cells[family] ?? '');
    if (first !== '' && last !== '') return `${first} ${last}`;
    const name = whole === undefined ? '' : (cells[whole] ?? '');
    const found = name !== '' ? name : first !== '' ? first : last;
    return saysNothing(found) ? '' : found;
  };
}

/**
 * The whole name as its program shows it, else out of its parts; what the name does not say is left in the row.
 * @returns empty for none
 */
export function nameOf(row: Row): string {
  const [given = '', middle = '', family = ''] = [
    row.one('given_name'),
    row.one('middle_name'),
    row.one('family_name'),
  ];
  const parts = [given, given !== '' && family !== '' ? middle : '', family].filter((part) => part !== '');
  const said = row.one('name');
  const whole =
    row.one('full_name') ??
    (given !== '' && family !== '' && !(said && isWhole(said, given, family)) ? parts.join(' ') : said);
  const found = whole ?? (parts.length > 0 ? parts.join(' ') : row.one('file_as')) ?? '';
  if (saysNothing(found)) return '';
  const known = new Set(foldPersonName(found).split(' '));
  for (const field of ['name', 'middle_name', 'file_as'] as const) {
    const words = foldPersonName(row.one(field) ?? '').split(' ');
    if (!words.every((word) => word === '' || known.has(word))) row.leave(field);
  }
  return found;
}

/** Whether a name has both parts, as the person writes it: `Rossi, Mario` is for sorting. */
function isWhole(name: string, given: string, family: string): boolean {
  if (/[,;，、]/.test(name)) return false;
  const folded = foldText(name);
  const known = foldPersonName(`${given} ${family}`);
  return (
    bearsName(known, foldPersonName(name)) ||
    (/[^\x00-\u024f]/.test(folded) && [given, family].every((part) => folded.includes(foldText(part))))
  );
}
