import { printable } from '../../cli/io.js';
import type { Problem } from '../../workspace/index/row.js';

/** A problem as a compiler prints it: `path:line:column: message`. */
export function compilerLine({ path, line, column, message }: Problem): string {
  return printable(`${[path, line, column].filter((part) => part !== null).join(':')}: ${message}`);
}

/**
 * A problem as an annotation of GitHub Actions.
 * @param prefix of the workspace in its repository, empty or ending in `/`: GitHub knows files by where they lie there
 */
export function githubLine({ path, line, column, message, hint }: Problem, prefix: string): string {
  const place = { file: `${prefix}${path}`, line, col: column };
  const properties = Object.entries(place)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${escaped(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`);
  return `::error ${properties.join(',')}::${escaped(hint ? `${message}\n${hint}` : message)}`;
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
