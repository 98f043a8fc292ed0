import { isMapping, sameValue } from '../records/same-value.js';
import type { Prefer } from './merge-lines.js';
import { mergeList } from './merge-list.js';

/** The three versions of something: as it was when the two sides parted, and as each side has it now. */
export interface Three<T> {
  base: T;
  ours: T;
  theirs: T;
}

export interface MergeContext {
  /** Whose value stands where both sides changed the same thing differently. */
  prefer: Prefer;
  /** Keys, joined by dots, that both sides changed differently. */
  conflicts: Set<string>;
}

/** Lists that only grow; their entries are ordered by time. */
const appendOnly = new Set(['history', 'consents']);

/**
 * Merges front matter key by key. What one side changed stands; what both changed alike stands; maps are merged inside,
 * lists are unions; anything else is a conflict, noted in the context.
 * @param path of the map from the top, empty or ending in a dot
 */
export function mergeMaps(
  { base, ours, theirs }: Three<Record<string, unknown>>,
  context: MergeContext,
  path = '',
): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const value = mergeValue(
      { base: base[key], ours: ours[key], theirs: theirs[key] },
      context,
      `${path}${key}`,
    );
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

function mergeValue(three: Three<unknown>, context: MergeContext, path: string): unknown {
  const { base, ours, theirs } = three;
  if (sameValue(ours, theirs) || sameValue(base, theirs)) return ours;
  if (sameValue(base, ours)) return theirs;
  if (mayBe(isMapping, three)) {
    const merged = mergeMaps(
      { base: asMap(base), ours: asMap(ours), theirs: asMap(theirs) },
      context,
      `${path}.`,
    );
    return Object.keys(merged).length === 0 ? undefined : merged;
  }
  if (mayBe(isListLike, three) && (Array.isArray(ours) || Array.isArray(theirs))) {
    const lists = { base: asList(base), ours: asList(ours), theirs: asList(theirs) };
    const merged = mergeList(lists, { prefer: context.prefer, growing: appendOnly.has(path) });
    if (merged.conflict) context.conflicts.add(path);
    return merged.items.length === 0 ? undefined : merged.items;
  }
  context.conflicts.add(path);
  return context.prefer === 'ours' ? ours : theirs;
}

/** Whether both sides, as far as they have the value at all, have it in a form that can be merged inside. */
function mayBe(form: (value: unknown) => boolean, { base, ours, theirs }: Three<unknown>): boolean {
  return (
    [ours, theirs].every((value) => value === undefined || form(value)) && (base === undefined || form(base))
  );
}

/** One value is a list of one: `tags: vip`. */
function isListLike(value: unknown): boolean {
  return Array.isArray(value) || !isMapping(value);
}

function asMap(value: unknown): Record<string, unknown> {
  return isMapping(value) ? value : {};
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}
