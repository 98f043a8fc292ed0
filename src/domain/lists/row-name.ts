import { saysNothing } from '../contacts/email-address.js';
import type { Columns } from './columns.js';

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
