import { ItacaError } from '../error.js';
import type { Kind } from './kind-names.js';
import { schemas } from './kinds.js';
import { sameValue } from './same-value.js';

/** `title=Boss`, `tags+=vip`, `tags-=vip` as a person types them. */
export interface Assignment {
  key: string;
  op: '=' | '+=' | '-=';
  value: string;
}

const listKeys = new Set(['emails', 'phones', 'tags', 'domains', 'addresses', 'topics', 'exclude']);

/** Other names for a key's only or first value. */
const singular: Record<string, string> = { email: 'emails', phone: 'phones', tag: 'tags', domain: 'domains' };

/** Keys the program writes by its own commands, because each entry has a date and a source. */
const guarded: Record<string, string> = {
  consents: 'itaca consent give|withdraw',
  history: 'the commands that move a record',
  positions: 'itaca contact set … company=…',
  merged_from: 'itaca contact merge|unmerge',
  merged_into: 'itaca contact merge|unmerge',
};

/** What names a record is its file, not a key in it. */
const reserved = new Set(['id', 'ref', 'kind', 'path', 'note', 'timeline']);

/**
 * Parses `key=value` words. `key=` empties it, `tags+=vip` adds, `tags-=vip` takes away; `a.b=c` sets a key inside a key.
 * @throws ItacaError `usage`
 */
export function parseAssignments(words: readonly string[]): Assignment[] {
  if (words.length === 0) {
    throw new ItacaError('usage', 'nothing to set', { hint: 'write it as title=Boss language=it tags+=vip' });
  }
  return words.map((word) => {
    const match = /^([\p{L}_][\p{L}\p{N}_.-]*?)(\+=|-=|=)(.*)$/su.exec(word);
    if (!match) throw new ItacaError('usage', `"${word}" sets nothing`, { hint: 'write it as key=value' });
    const key = singular[match[1]!] ?? match[1]!;
    if (reserved.has(key.split('.')[0] as string)) {
      throw new ItacaError('usage', `${key} is not a key that can be set: the file itself says it`);
    }
    const guard = guarded[key];
    if (guard)
      throw new ItacaError('usage', `${key} is not set by hand: each entry has a date and a source`, {
        hint: `use ${guard}`,
      });
    return { key, op: match[2] as Assignment['op'], value: match[3]! };
  });
}

/**
 * Works out the new values of the top-level keys that the assignments touch. A list or a map may be given as YAML writes
 * it in one line, where a text would not do.
 * @param data the record as it is
 * @param flowValue reads a list or a map in one line; undefined for what is none
 * @throws ItacaError `usage`
 */
export function assign(
  kind: Kind,
  data: Record<string, unknown>,
  assignments: readonly Assignment[],
  flowValue: (key: string, value: string) => unknown[] | Record<string, unknown> | undefined,
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const { key, op, value } of assignments) {
    const [top, ...inner] = key.split('.') as [string, ...string[]];
    const before = top in set ? set[top] : data[top];
    if (inner.length > 0) {
      if (op !== '=') throw new ItacaError('usage', `${op} works on lists, and ${key} is none`);
      set[top] = setInside(before, inner, value);
      continue;
    }
    const flow = op === '-=' || takesText(kind, top) ? undefined : flowValue(top, value);
    if (op === '=') {
      if (!listKeys.has(top)) set[top] = flow ?? value;
      else set[top] = flow === undefined ? splitList(value) : [flow].flat();
    } else {
      const items = Array.isArray(before) ? before : before === undefined ? [] : [before];
      if (!listKeys.has(top) && !Array.isArray(before) && before !== undefined) {
        throw new ItacaError('usage', `${op} works on lists, and ${key} is none`);
      }
      const text = (item: unknown) =>
        String(
          (item as Record<string, unknown>)?.address ?? (item as Record<string, unknown>)?.number ?? item,
        );
      if (flow !== undefined) {
        const added = [flow].flat().filter((one) => !items.some((item) => sameValue(item, one)));
        set[top] = [...items, ...added];
        continue;
      }
      const others = items.filter((item) => text(item) !== value);
      set[top] = op === '-=' ? others : others.length < items.length ? items : [...items, value];
    }
  }
  return set;
}

/** Whether a key holds text, so that one with a bracket before it is text as well. A key that no schema knows does. */
function takesText(kind: Kind, key: string): boolean {
  if (listKeys.has(key)) return false;
  const { shape } = schemas[kind] as {
    shape: Record<string, { safeParse(value: string): { success: boolean } }>;
  };
  return shape[key]?.safeParse('[{').success ?? true;
}

function setInside(before: unknown, path: string[], value: string): Record<string, unknown> {
  const [key, ...rest] = path as [string, ...string[]];
  const map = typeof before === 'object' && before !== null && !Array.isArray(before) ? { ...before } : {};
  const result = map as Record<string, unknown>;
  if (rest.length > 0) result[key] = setInside(result[key], rest, value);
  else if (value === '') delete result[key];
  else result[key] = value;
  return result;
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
