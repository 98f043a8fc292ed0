import { matchLines } from './match-lines.js';

/** Whose version stands where both sides changed the same. */
export type Prefer = 'ours' | 'theirs';

export interface MergedLines {
  lines: string[];
  /** How many places both sides changed differently; there the preferred side's lines stand. */
  conflicts: number;
}

/**
 * Merges two versions of a text line by line (diff3).
 * @param options.together where both sides added lines at one place, keep both additions, the published ones first
 */
export function mergeLines(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  options: { prefer: Prefer; together: boolean },
): MergedLines {
  const inOurs = matchLines(base, ours);
  const inTheirs = matchLines(base, theirs);
  const merged: MergedLines = { lines: [], conflicts: 0 };
  let o = 0;
  let t = 0;
  let from = 0;
  const upTo = (b: number, nextO: number, nextT: number) => {
    mergeHunk(base.slice(from, b), ours.slice(o, nextO), theirs.slice(t, nextT), options, merged);
  };
  for (let b = 0; b < base.length; b++) {
    const nextO = inOurs[b] as number;
    const nextT = inTheirs[b] as number;
    // Only a line that all three have ends a hunk.
    if (nextO < 0 || nextT < 0) continue;
    upTo(b, nextO, nextT);
    merged.lines.push(base[b] as string);
    o = nextO + 1;
    t = nextT + 1;
    from = b + 1;
  }
  upTo(base.length, ours.length, theirs.length);
  return merged;
}

function mergeHunk(
  base: string[],
  ours: string[],
  theirs: string[],
  { prefer, together }: { prefer: Prefer; together: boolean },
  merged: MergedLines,
): void {
  if (equal(ours, theirs) || equal(theirs, base)) merged.lines.push(...ours);
  else if (equal(ours, base)) merged.lines.push(...theirs);
  else if (addsTo(ours, theirs, base)) merged.lines.push(...ours);
  else if (addsTo(theirs, ours, base)) merged.lines.push(...theirs);
  else if (together && base.length === 0) merged.lines.push(...theirs, ...withoutCommonStart(ours, theirs));
  else {
    merged.conflicts++;
    merged.lines.push(...(prefer === 'ours' ? ours : theirs));
  }
}

/** What ours adds beyond what both begin with, so that the same sentence added twice stands once. */
function withoutCommonStart(ours: string[], theirs: string[]): string[] {
  let start = 0;
  while (start < ours.length && start < theirs.length && ours[start] === theirs[start]) start++;
  return ours.slice(start);
}

/**
 * Whether both sides replaced all that was there by the same, and one added lines behind: so it is where an erasure
 * took a person out on both sides. Fewer lines than there were may mean that one side removed some.
 */
function addsTo(more: readonly string[], less: readonly string[], base: readonly string[]): boolean {
  return (
    base.length > 0 &&
    less.length >= base.length &&
    more.length > less.length &&
    less.every((line, i) => line === more[i])
  );
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

/** A text as lines, each with its end. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
