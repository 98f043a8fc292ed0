import { matchLines } from './match-lines.js';
import { linesOf } from './merge-lines.js';

/** Whether a text holds both ends of a conflict, as git and Itaca write them. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7} /m.test(text) && /^>{7} /m.test(text);
}

/**
 * One text out of two: lines that both have stand as they are, the others between conflict markers.
 * @param names of the two sides, behind the markers
 */
export function markDifferences(
  ours: string,
  theirs: string,
  names: { ours: string; theirs: string } = { ours: 'ours', theirs: 'theirs' },
): string {
  const eol = /\r\n/.test(ours) ? '\r\n' : '\n';
  const [a, b] = [linesOf(ours), linesOf(theirs)].map((lines) => lines.map((line) => ended(line, eol))) as [
    string[],
    string[],
  ];
  const matches = matchLines(a, b);
  let out = '';
  let from = 0;
  let t = 0;
  const upTo = (o: number, nextT: number) => {
    if (from === o && t === nextT) return;
    out += `<<<<<<< ${names.ours}${eol}${a.slice(from, o).join('')}=======${eol}`;
    out += `${b.slice(t, nextT).join('')}>>>>>>> ${names.theirs}${eol}`;
  };
  for (let o = 0; o < a.length; o++) {
    const nextT = matches[o] as number;
    if (nextT < 0) continue;
    upTo(o, nextT);
    out += a[o];
    from = o + 1;
    t = nextT + 1;
  }
  upTo(a.length, b.length);
  return out;
}

/** A marker must begin a line, so the last line needs its end. */
function ended(line: string, eol: string): string {
  return line.endsWith('\n') ? line : `${line}${eol}`;
}
