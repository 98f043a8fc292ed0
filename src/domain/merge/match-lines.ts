/** Past so many differing lines a comparison is no longer worth its time; the rest counts as all different. */
const mostDifferences = 2_000;

/**
 * Which lines two texts have in common, in order: for each line of `a` its position in `b`, or -1. Myers' greedy
 * algorithm, between what begins and ends alike.
 */
export function matchLines(a: readonly string[], b: readonly string[]): Int32Array {
  const matches = new Int32Array(a.length).fill(-1);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) matches[start] = start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) matches[--endA] = --endB;
  const n = endA - start;
  const m = endB - start;
  const most = Math.min(n + m, mostDifferences);
  // Diagonals run from -most to most, with one more on either side to look at.
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, k - 1, most) < at(furthest, k + 1, most));
      let x = down ? at(furthest, k + 1, most) : at(furthest, k - 1, most) + 1;
      while (x < n && x - k < m && a[start + x] === b[start + x - k]) x++;
      furthest[k + most + 1] = x;
      if (x >= n && x - k >= m) {
        walkBack(trace, matches, start, n, m, most);
        return matches;
      }
    }
  }
  return matches;
}

function at(furthest: Int32Array, k: number, most: number): number {
  return furthest[k + most + 1] as number;
}

/** Follows the shortest way back from the end; every diagonal step is a line that both have. */
function walkBack(
  trace: Int32Array[],
  matches: Int32Array,
  start: number,
  n: number,
  m: number,
  most: number,
): void {
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as Int32Array;
    const k = x - y;
    const down = k === -d || (k !== d && at(furthest, k - 1, most) < at(furthest, k + 1, most));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(furthest, fromK, most);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) matches[start + --x] = start + --y;
    x = fromX;
    y = fromY;
  }
}
