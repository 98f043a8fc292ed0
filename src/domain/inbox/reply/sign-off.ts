import { isDivider } from './divider.js';
import { beginsFooter } from './footer.js';
import { headerBlockEnd } from './header-block.js';
import { isBlank, isQuoted, markerOf } from './lines.js';
import {
  hasContact,
  isClosing,
  isDeviceLine,
  isNameLike,
  isRule,
  isSignatureRule,
  isThanks,
} from './signature.js';

/** Most lines with something on them below a closing formula, and the longest of them. */
const mostLines = 12;
const longestLine = 90;

/**
 * The lines below a formula that closes a letter, where nothing but a signature follows it.
 * @param at index of the formula's line
 * @param notes where notes begin of who wrote what follows
 * @returns undefined where the line is none, or where no name or more text follows it
 */
export function closingAt(
  lines: readonly string[],
  at: number,
  notes: { has(line: number): boolean },
): string[] | undefined {
  if (!isClosing(markerOf(lines[at]!))) return undefined;
  const signature: string[] = [];
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next]!;
    const marker = markerOf(line);
    if (isBlank(line)) continue;
    if (notes.has(next) || isQuoted(line) || isDivider(marker) || headerBlockEnd(lines, next) !== undefined)
      break;
    if (beginsFooter(marker) || isDeviceLine(marker)) break;
    if (isSignatureRule(marker) || isRule(marker)) continue;
    if (marker === '' || marker.length > longestLine || signature.length === mostLines) return undefined;
    signature.push(line.trim());
  }
  return signature.length > 0 ? signature : undefined;
}

/**
 * Looks for a name at the end of what a person wrote where nothing marks a signature. A last paragraph of a name and
 * what its bearer is reached by is taken away; a name alone stays in the text and is told.
 */
export function signedBlock(
  own: readonly string[],
  signature: readonly string[],
): { own: string[]; signature: string[] } {
  if (signature.length > 0) return { own: [...own], signature: [...signature] };
  let from = own.length;
  while (from > 0 && own.length - from < 8 && !isBlank(own[from - 1]!)) from--;
  const block = own.slice(from).map(markerOf);
  const thanks = block.findIndex(isThanks);
  const named = block.slice(thanks + 1);
  if (
    from > 0 &&
    named.length >= 2 &&
    isNameLike(named[0]!) &&
    named.slice(1).some(hasContact) &&
    named.every(short)
  ) {
    const kept = own.slice(0, from + thanks + 1);
    while (kept.length > 0 && isBlank(kept.at(-1)!)) kept.pop();
    if (kept.length > 0) return { own: kept, signature: named };
  }
  const last = own.length > 1 ? markerOf(own.at(-1)!) : '';
  return { own: [...own], signature: isNameLike(last) ? [last] : [] };
}

const short = (marker: string) => marker !== '' && marker.length <= longestLine;
