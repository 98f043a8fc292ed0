import type { Delimiter } from './dialect.js';
import { isFormula, neutralise } from './formula.js';

/**
 * The cells of one record as they stand in the file, quotation marks and spaces included, so that one can be
 * replaced and the others stay byte for byte.
 * @param raw one record, without its newline
 */
export function rawCells(raw: string, delimiter: Delimiter): string[] {
  const cells: string[] = [];
  let start = 0;
  let quoted = false;
  let atFieldStart = true;
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i]!;
    if (quoted) {
      if (char === '"') {
        if (raw[i + 1] === '"') i++;
        else quoted = false;
      }
    } else if (char === delimiter) {
      cells.push(raw.slice(start, i));
      start = i + 1;
      atFieldStart = true;
    } else if (char === '"' && atFieldStart) {
      quoted = true;
      atFieldStart = false;
    } else if (char !== ' ' && char !== '\t') atFieldStart = false;
  }
  cells.push(raw.slice(start));
  return cells;
}

/** What a raw cell says: quotation marks taken away, doubled ones single. White space outside them is kept. */
export function cellValue(raw: string): string {
  const quoted = /^[ \t]*"((?:[^"]|"")*)"\s*$/.exec(raw);
  return quoted === null ? raw : quoted[1]!.replaceAll('""', '"');
}

/** Writes a value as a cell, in quotation marks where RFC 4180 needs them, or where `like` (the cell it replaces) has them. */
export function encodeCell(value: string, delimiter: Delimiter, like = ''): string {
  const needed =
    value.includes('"') || value.includes('\n') || value.includes('\r') || value.includes(delimiter);
  if (!needed && !like.trimStart().startsWith('"')) return value;
  return `"${value.replaceAll('"', '""')}"`;
}

/** A raw cell that no spreadsheet runs as a formula; the same text where there is nothing to neutralise. */
export function neutraliseRaw(raw: string, delimiter: Delimiter): string {
  const value = cellValue(raw);
  const formula = isFormula(value) ? value : value.trimStart();
  return isFormula(formula) ? encodeCell(neutralise(formula), delimiter, raw) : raw;
}
