import type { Columns } from '../lists/columns.js';

/** Columns that say one thing together: half of one address and half of another is an address of nobody. */
const together = ['street', 'locality', 'region', 'postal_code', 'country'] as const;

/**
 * What the empty cells of a row may take from rows that it stands for. An address is taken only from a row that says
 * nothing else about it.
 * @param survivor cells, trimmed
 * @param others cells of the other rows, trimmed, the one to be asked first first
 * @returns for each column to be filled, which of the others fills it
 */
export function fillFrom(
  survivor: readonly string[],
  others: readonly (readonly string[])[],
  columns: Columns,
): Map<number, number> {
  const filled = new Map<number, number>();
  const now = [...survivor];
  const address = new Set(together.flatMap((field) => columns[field] ?? []));
  for (const [i, other] of others.entries()) {
    const sameAddress = [...address].every(
      (column) => !now[column] || !other[column] || now[column].toLowerCase() === other[column].toLowerCase(),
    );
    for (const [column, value] of other.entries()) {
      if (value === '' || (now[column] ?? '') !== '' || column >= survivor.length) continue;
      if (address.has(column) && !sameAddress) continue;
      now[column] = value;
      filled.set(column, i);
    }
  }
  return filled;
}
