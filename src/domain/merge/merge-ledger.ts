import { markDifferences } from './conflict-markers.js';

export interface MergedLedger {
  text: string;
  /** Whether something could not be joined; it stands between markers. */
  conflict: boolean;
}

/**
 * Joins two versions of a ledger of JSON Lines: all our lines as they are, so that what a journal's clone remembers of
 * its beginning still holds, then those lines of theirs whose id we have not. Nothing is ever taken away.
 */
export function mergeLedgers(ours: string, theirs: string): MergedLedger {
  if (ours === theirs) return { text: ours, conflict: false };
  const mine = split(ours);
  const other = split(theirs);
  const known = new Map(mine.lines.map((line) => [keyOf(line), line]));
  const added = other.lines.filter((line) => !known.has(keyOf(line)));
  // An id derives from its line's content: one id for two contents means that one of them was changed afterwards.
  const changed = other.lines.some((line) => (known.get(keyOf(line)) ?? line) !== line);
  // A line without its end is what a crash leaves; it is dropped only where the whole line is there as well.
  const tornMine = tornOf(mine.torn, other.lines);
  const tornOther = tornOf(other.torn, mine.lines);
  if (changed || tornMine !== '' || tornOther !== '')
    return { text: markDifferences(ours, theirs), conflict: true };
  return { text: [...mine.lines, ...added].map((line) => `${line}\n`).join(''), conflict: false };
}

/** A frozen plan is one and the same everywhere, or a conflict. */
export function mergeFrozen(ours: string, theirs: string): MergedLedger {
  if (ours === theirs) return { text: ours, conflict: false };
  return { text: markDifferences(ours, theirs), conflict: true };
}

function split(text: string): { lines: string[]; torn: string } {
  const parts = text.split('\n');
  const torn = parts.pop() ?? '';
  return { lines: parts, torn };
}

function tornOf(torn: string, whole: readonly string[]): string {
  return torn !== '' && whole.some((line) => line.startsWith(torn)) ? '' : torn;
}

function keyOf(line: string): string {
  try {
    const { id } = JSON.parse(line) as { id?: unknown };
    return typeof id === 'string' ? id : line;
  } catch {
    return line;
  }
}
