/**
 * Reads the plain front matter that nearly all records have, twenty times quicker than a YAML parser does: keys with
 * one-line texts, lists of them, one level of maps. Whatever is not certainly that is left to `parseRecord`; a property
 * test holds both alike.
 * @param isKnown whether a top-level key is one of the kind's, so that its scalars are read as text
 * @returns undefined for everything it does not read
 */
export function quickRead(
  text: string,
  isKnown: (key: string) => boolean,
): { data: Record<string, unknown>; note: string } | undefined {
  if (!text.startsWith('---\n')) return undefined;
  const end = text.indexOf('\n---\n', 3);
  if (end < 0) return undefined;
  const front = end < 4 ? '' : text.slice(4, end);
  if (uncommon.test(front)) return undefined;
  const body = text.slice(end + 5);
  // A conflict may begin in the note.
  if (body.includes('<<<<<<<')) return undefined;
  const data: Record<string, unknown> = {};
  const seen = new Set<string>();
  const lines = front === '' ? [] : front.split('\n');
  for (let at = 0; at < lines.length; ) {
    const [key, value] = entryOf(lines[at++] as string) ?? [];
    if (key === undefined || value === undefined || !isKnown(key) || seen.has(key)) return undefined;
    seen.add(key);
    if (value !== '') {
      const scalar = scalarOf(value);
      if (scalar === undefined) return undefined;
      data[key] = scalar;
      continue;
    }
    const block: string[] = [];
    while (at < lines.length && (lines[at] as string).startsWith('  ')) block.push(lines[at++] as string);
    if (block.length === 0) continue;
    const inner = (block[0] as string).startsWith('  - ') ? listOf(block) : mapOf(block, '  ');
    if (inner === undefined) return undefined;
    data[key] = inner;
  }
  return { data, note: body.startsWith('\n') ? body.slice(1) : body };
}

/** Control characters, tabs and line separators: YAML has rules about each. */
const uncommon = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** One word or several, as columns of lists are called; none that YAML takes for something else than a text. */
const plainKey = /^(?!(?:null|true|false)$)[a-z_][a-z0-9_]*(?: [a-z0-9_]+)*$/i;

function entryOf(line: string): [key: string, value: string] | undefined {
  const colon = line.indexOf(':');
  if (colon < 1 || !plainKey.test(line.slice(0, colon))) return undefined;
  if (colon + 1 === line.length) return [line.slice(0, colon), ''];
  return line[colon + 1] === ' ' ? [line.slice(0, colon), line.slice(colon + 2)] : undefined;
}

/** A text on one line: plain, or in quotes without escapes. */
function scalarOf(value: string): string | undefined {
  const first = value[0];
  if (first === '"' || first === "'") {
    const inner = value.slice(1, -1);
    return value.length > 1 && value.endsWith(first) && !inner.includes(first) && !inner.includes('\\')
      ? inner
      : undefined;
  }
  if (!/^[\p{L}\p{N}+]/u.test(value) || value.endsWith(' ') || value.endsWith(':')) return undefined;
  if (value.includes(': ') || value.includes(' #') || /^(?:null)$/i.test(value)) return undefined;
  return value;
}

function mapOf(lines: readonly string[], pad: string): Record<string, unknown> | undefined {
  const map: Record<string, unknown> = {};
  for (const line of lines) {
    if (!line.startsWith(pad)) return undefined;
    const [key, value] = entryOf(line.slice(pad.length)) ?? [];
    const scalar = value === undefined ? undefined : scalarOf(value);
    if (key === undefined || scalar === undefined || key in map) return undefined;
    map[key] = scalar;
  }
  return map;
}

function listOf(lines: readonly string[]): unknown[] | undefined {
  const items: unknown[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at++] as string;
    if (!line.startsWith('  - ')) return undefined;
    const rest = line.slice(4);
    if (entryOf(rest) === undefined) {
      const scalar = scalarOf(rest);
      if (scalar === undefined) return undefined;
      items.push(scalar);
      continue;
    }
    const map = [`    ${rest}`];
    while (at < lines.length && (lines[at] as string).startsWith('    ')) map.push(lines[at++] as string);
    const inner = mapOf(map, '    ');
    if (inner === undefined) return undefined;
    items.push(inner);
  }
  return items;
}
