/** Longest text that is compared letter by letter; of longer ones the beginning stands for the whole. */
const longest = 64;

let previous = new Uint8Array(longest + 1);
let current = new Uint8Array(longest + 1);
let before = new Uint8Array(longest + 1);

/**
 * Edits that turn one text into the other: a letter in, out, or another, or two neighbours swapped (optimal string
 * alignment, after Damerau 1964). Stops counting above `limit`.
 * @returns at most `limit + 1`
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  let start = 0;
  let endA = Math.min(a.length, longest);
  let endB = Math.min(b.length, longest);
  if (Math.abs(endA - endB) > limit) return limit + 1;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  const n = endA - start;
  const m = endB - start;
  if (n === 0 || m === 0) return Math.min(limit + 1, n + m);
  for (let j = 0; j <= m; j++) previous[j] = j;
  for (let i = 1; i <= n; i++) {
    current[0] = i;
    const letter = a.charCodeAt(start + i - 1);
    let best = i;
    for (let j = 1; j <= m; j++) {
      const other = b.charCodeAt(start + j - 1);
      let edits = previous[j - 1]! + (letter === other ? 0 : 1);
      if (previous[j]! + 1 < edits) edits = previous[j]! + 1;
      if (current[j - 1]! + 1 < edits) edits = current[j - 1]! + 1;
      if (
        i > 1 &&
        j > 1 &&
        letter === b.charCodeAt(start + j - 2) &&
        other === a.charCodeAt(start + i - 2) &&
        before[j - 2]! + 1 < edits
      )
        edits = before[j - 2]! + 1;
      current[j] = edits;
      if (edits < best) best = edits;
    }
    if (best > limit) return limit + 1;
    const spare = before;
    before = previous;
    previous = current;
    current = spare;
  }
  return Math.min(limit + 1, previous[m]!);
}

const takenA = new Uint8Array(longest);
const takenB = new Uint8Array(longest);

/**
 * How alike two texts are by Jaro's measure with Winkler's bonus for a common beginning (Winkler 1990).
 * @returns 0 to 1
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const n = Math.min(a.length, longest);
  const m = Math.min(b.length, longest);
  if (n === 0 || m === 0) return 0;
  const reach = Math.max(0, (Math.max(n, m) >> 1) - 1);
  takenA.fill(0, 0, n);
  takenB.fill(0, 0, m);
  let common = 0;
  for (let i = 0; i < n; i++) {
    const last = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (takenB[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      takenA[i] = 1;
      takenB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  let swapped = 0;
  for (let i = 0, j = 0; i < n; i++) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swapped++;
    j++;
  }
  const jaro = (common / n + common / m + (common - swapped / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
