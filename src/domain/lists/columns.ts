import { parseEmail } from '../contacts/email-address.js';
import { foldText } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';
import { ItacaError } from '../error.js';
import { type Field, fieldOfName } from './column-names.js';

/** Which columns hold what: positions from 0, in the order of the file. A field may have several columns. */
export type Columns = Partial<Record<Field, number[]>>;

/** The field of each name of a header; undefined for a column that no rule knows. */
export function fieldsOfHeader(header: readonly string[]): (Field | undefined)[] {
  const folded = header.map((name) => foldText(name.replace(/([a-z])([A-Z])/g, '$1 $2')));
  const found = folded.map((name, i) => fieldOfName(name) ?? fieldOfName(foldText(header[i]!)));
  const has = (field: Field) => found.includes(field);
  return found.map((field, i) => {
    // "Titolo" beside "Posizione" is Dott.; "Title" beside "Job Title" likewise.
    if (field === 'title' && folded[i] === 'title' && folded.some((name) => /^job ?title$/.test(name)))
      return 'honorific';
    // "Nome" alone is the whole name; so is "Contact". "Name" beside a first name alone is the family name.
    if (field === 'given_name' && folded[i] === 'nome' && !has('family_name') && !has('name')) return 'name';
    if (field === 'name' && folded[i] === 'name' && has('given_name') && !has('family_name'))
      return 'family_name';
    if (field === 'company' && folded[i] === 'account' && found.indexOf('company') !== i) return undefined;
    return field;
  });
}

/** How many of these cells are names of columns: by this the header of a list is found among its first lines. */
export function knownNames(cells: readonly string[]): number {
  if (cells.some((cell) => cell.includes('@'))) return 0;
  return fieldsOfHeader(cells).filter((field) => field !== undefined).length;
}

/**
 * Tells which column of a list of people holds what: by the names in its header, and where they do not say, by the
 * looks of the first rows.
 * @param header names of the columns; empty for a list without a header
 * @param sample the first rows
 * @throws ItacaError `invalid` where there is neither an address, a number nor a name to be found
 */
export function recogniseColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  path?: string,
): Columns {
  const found = fieldsOfHeader(header);
  if (!found.some((field) => field === 'email' || field === 'phone' || field === 'mobile'))
    byLooks(found, sample, header.length === 0);
  const columns: Columns = {};
  for (const [i, field] of found.entries()) {
    if (field !== undefined) columns[field] = [...(columns[field] ?? []), i];
  }
  if (
    ['email', 'phone', 'mobile', 'name', 'given_name', 'family_name', 'company'].some(
      (field) => columns[field as Field],
    )
  ) {
    return columns;
  }
  const seen = header.length > 0 ? header : (sample[0] ?? []);
  throw new ItacaError('invalid', 'no column holds an e-mail address, a phone number or a name', {
    ...(path === undefined ? {} : { path }),
    line: 1,
    hint: `The header should name one "Email", "Phone", "Name" or "Company" (or "Telefono", "Cognome", "Ragione sociale" …); it has: ${seen
      .slice(0, 12)
      .map((name) => JSON.stringify(name.slice(0, 30)))
      .join(', ')}.`,
  });
}

/** Most cells of the column must look like it. */
const most = 0.6;

function byLooks(
  found: (Field | undefined)[],
  sample: readonly (readonly string[])[],
  headerless: boolean,
): void {
  const width = Math.max(found.length, ...sample.map((row) => row.length), 0);
  for (let i = 0; i < width; i++) {
    if (found[i] !== undefined) continue;
    const cells = sample.map((row) => row[i] ?? '').filter((cell) => cell !== '');
    const share = (looks: (cell: string) => boolean) =>
      cells.length === 0 ? 0 : cells.filter(looks).length / cells.length;
    if (share((cell) => cell.includes('@') && parseEmail(cell).ok) >= most) found[i] = 'email';
    else if (headerless && share(looksLikePhone) >= most) found[i] = 'phone';
  }
  if (!headerless || !found.includes('email')) return;
  // Beside an address, the first column of words is the name.
  for (let i = 0; i < width; i++) {
    const cells = sample.map((row) => row[i] ?? '').filter((cell) => cell !== '');
    if (
      found[i] === undefined &&
      cells.length > 0 &&
      cells.every((cell) => /^\p{L}[\p{L}'’. -]+$/u.test(cell))
    ) {
      found[i] = 'name';
      return;
    }
  }
}

function looksLikePhone(cell: string): boolean {
  return (
    /^[+(\d][\d ()./-]{6,}$/.test(cell) &&
    !/^\d{4}-\d\d-\d\d/.test(cell) &&
    phoneKey(cell, undefined) !== undefined
  );
}
