/** Cells of one record by the names of their columns. */
export type Cells = Map<string, string>;

/** Lists whose items get columns of their own, `email_1`, `email_2`: their name, and the key that holds the value. */
export const numberedLists: Readonly<Record<string, { name: string; value?: string }>> = {
  emails: { name: 'email', value: 'address' },
  phones: { name: 'phone', value: 'number' },
  addresses: { name: 'address' },
};

/**
 * A value of a record as cells of a table: what is in a map gets a column for each key, several words share a cell
 * (`a; b`), and what is nested deeper is JSON.
 * @param key of the record, in snake case
 */
export function cellsOf(key: string, value: unknown): Cells {
  const cells: Cells = new Map();
  const list = numberedLists[key];
  if (list && Array.isArray(value))
    for (const [i, item] of value.entries()) putItem(cells, `${list.name}_${i + 1}`, item, list.value);
  else if (isMap(value)) for (const [inner, one] of Object.entries(value)) put(cells, `${key}_${inner}`, one);
  else put(cells, key, value);
  return cells;
}

/** An item of a list is what it names (`email_1`) and what is said of it (`email_1_label`). */
function putItem(cells: Cells, name: string, item: unknown, main: string | undefined): void {
  if (!isMap(item)) put(cells, name, item);
  else
    for (const [inner, one] of Object.entries(item))
      put(cells, inner === main ? name : `${name}_${inner}`, one);
}

function put(cells: Cells, name: string, value: unknown): void {
  const cell = cellOf(value);
  if (cell !== '') cells.set(name, cell);
}

/** A value in one cell. */
export function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  const words = Array.isArray(value) && value.every((item) => typeof item !== 'object' && !/;/.test(item));
  return words ? value.join('; ') : JSON.stringify(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
