import type { FieldKind } from '../kinds.js';

export type Side = 'l' | 'r';

/** A name as SQL takes it literally, whatever it holds. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A cell as text; in a table that was read from CSV a date or a number may be one by type. */
function text(reference: string): string {
  return `CAST(${reference} AS VARCHAR)`;
}

function fold(cell: string): string {
  const bare = `regexp_replace(lower(strip_accents(${cell})), '[''\`]', '', 'g')`;
  return `trim(regexp_replace(${bare}, '[^\\p{L}\\p{N}]+', ' ', 'g'))`;
}

/** What a cell is compared as, as near to `comparable` as SQL comes without the data of this program. */
function comparableSql(kind: FieldKind, cell: string): string {
  switch (kind) {
    case 'email':
      return `lower(trim(${cell}))`;
    case 'phone':
    case 'date':
      return `regexp_replace(${cell}, '[^0-9]', '', 'g')`;
    case 'postal_code':
    case 'identifier':
      return `replace(${fold(cell)}, ' ', '')`;
    case 'domain':
      return `regexp_replace(regexp_replace(lower(trim(${cell})), '^([a-z]+://)?(www[0-9]?\\.)?', ''), '[/?#:].*$', '')`;
    default:
      return fold(cell);
  }
}

/** A field of several columns is one value of several parts, or one of several alternatives. */
export interface SqlField {
  kind: FieldKind;
  columns: readonly string[];
  parts: boolean;
}

/**
 * The values of a field as SQL, each NULL where it is missing: one, or one for each alternative column.
 * @param reference how a column is named
 */
export function valuesSql(
  { kind, columns, parts }: SqlField,
  reference: (column: string) => string,
): string[] {
  if (!parts || columns.length === 1)
    return columns.map((column) => `NULLIF(${comparableSql(kind, text(reference(column)))}, '')`);
  const cells = columns.map((column, i) => {
    const cell = comparableSql(kind, text(reference(column)));
    // Year, month and day: March is 03.
    return kind === 'date' && i > 0 ? `lpad(NULLIF(${cell}, ''), 2, '0')` : `NULLIF(${cell}, '')`;
  });
  return [`NULLIF(concat_ws('${kind === 'date' ? '' : ' '}', ${cells.join(', ')}), '')`];
}

/** As in the conditions of comparisons: `"name_l"` and `"name_r"`. */
export function sideOf(side: Side): (column: string) => string {
  return (column) => quotedName(`${column}_${side}`);
}

/** As in blocking rules: `l."name"` and `r."name"`. */
export function tableOf(side: Side): (column: string) => string {
  return (column) => `${side}.${quotedName(column)}`;
}
