const word = /(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{10}(?![0-9a-z])/g;
const longestSlug = 200;

/**
 * Leaves of references to these records the id alone, `mario-rossi-k3f9w2q8ab` → `k3f9w2q8ab`: what went before it
 * names what the record was called.
 */
export function bareReferences(text: string, ids: ReadonlySet<string>): string {
  let out = '';
  let from = 0;
  for (const { 0: id, index } of text.matchAll(word)) {
    if (!ids.has(id)) continue;
    const start = startOfRef(text, index, from);
    out += text.slice(from, start) + id;
    from = index + id.length;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Whether a text names one of these records, by its id. */
export function namesAny(text: string, ids: ReadonlySet<string>): boolean {
  for (const [id] of text.matchAll(word)) if (ids.has(id)) return true;
  return false;
}

/** Where the file stem begins that ends with the id at `index`. */
function startOfRef(text: string, index: number, from: number): number {
  if (text[index - 1] !== '-') return index;
  let start = index - 1;
  const first = Math.max(from, index - longestSlug);
  while (start > first && /[\p{L}\p{N}\p{M}_-]/u.test(text[start - 1] as string)) start--;
  return start;
}
