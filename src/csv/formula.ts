/** Characters with which a spreadsheet takes a cell for a formula (OWASP, CSV Injection), full-width forms included. */
const opensFormula = /^[=+\-@\t\r\n＝＋－＠]/;
/** A phone number or a number and nothing else: left as it is, since a leading `'` would spoil it for every reader. */
const harmless = /^(?:\+\d[\d ()./-]*|[+-]?\d+(?:[.,]\d+)*\s?%?)$/;

/** Whether a spreadsheet would run this cell as a formula. */
export function isFormula(cell: string): boolean {
  return opensFormula.test(cell) && !harmless.test(cell);
}

/** A cell that a spreadsheet shows as text: one it would run as a formula gets a leading `'` (OWASP, CSV Injection). */
export function neutralise(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}

/** A cell without the apostrophe that keeps a spreadsheet from running it, as `neutralise` and others write it. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && opensFormula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
