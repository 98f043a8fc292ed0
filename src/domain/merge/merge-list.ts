import { isMapping, sameValue } from '../records/same-value.js';
import type { Prefer } from './merge-lines.js';
import { mergeMaps, type Three } from './merge-value.js';

/** What tells one item of a list from another: an address is the same one with a label or without. */
const identifying = ['address', 'number', 'path', 'sku', 'id'];

type Keyed = Map<string, unknown>;

/**
 * Merges two versions of a list: ours in our order, then what the other side added. An item that one side took away,
 * and the other left as it was, goes.
 * @param growing for lists that are only added to; their entries are ordered by `at`, then by what they say
 * @returns `conflict` where both sides changed one item differently; then the preferred side's stands
 */
export function mergeList(
  lists: Three<unknown[]>,
  { prefer, growing }: { prefer: Prefer; growing: boolean },
): { items: unknown[]; conflict: boolean } {
  const { base, ours, theirs } = keyed(lists, growing);
  const conflicts = new Set<string>();
  const items: unknown[] = [];
  for (const [key, mine] of ours) {
    if (growing && !base.has(key) && theirs.has(key)) {
      // A machine in each clone wrote the same entry, and knew different things: all clones keep the same one.
      const other = theirs.get(key);
      items.push(byTime(mine, other) <= 0 ? mine : other);
    } else if (theirs.has(key)) {
      items.push(mergeItem({ base: base.get(key), ours: mine, theirs: theirs.get(key) }, prefer, conflicts));
    } else if (!base.has(key) || !sameValue(base.get(key), mine)) items.push(mine);
  }
  for (const [key, other] of theirs) {
    if (!ours.has(key) && (!base.has(key) || !sameValue(base.get(key), other))) items.push(other);
  }
  if (growing) items.sort(byTime);
  return { items, conflict: conflicts.size > 0 };
}

function mergeItem({ base, ours, theirs }: Three<unknown>, prefer: Prefer, conflicts: Set<string>): unknown {
  if (sameValue(ours, theirs) || sameValue(base, theirs)) return ours;
  if (sameValue(base, ours)) return theirs;
  const shape = [ours, theirs].find(isMapping);
  const key = shape && identifyingKey(shape);
  // Items of one identity that differ: at least one of them is a map.
  const asMap = (item: unknown) =>
    isMapping(item) ? item : item === undefined || !key ? {} : { [key]: item };
  return mergeMaps({ base: asMap(base), ours: asMap(ours), theirs: asMap(theirs) }, { prefer, conflicts });
}

/** The items of three lists by what tells them apart; by all they say where that would confuse two of one list. */
function keyed({ base, ours, theirs }: Three<unknown[]>, growing: boolean): Three<Keyed> {
  const lists = [base, ours, theirs];
  const natural = !growing && lists.every((list) => new Set(list.map(identity)).size === list.length);
  const [keyedBase, keyedOurs, keyedTheirs] = lists.map((list) =>
    byKey(list, natural ? identity : growing ? entry : wording),
  );
  return { base: keyedBase as Keyed, ours: keyedOurs as Keyed, theirs: keyedTheirs as Keyed };
}

/** An item that a list holds twice has two keys. */
function byKey(list: readonly unknown[], keyOf: (item: unknown) => string): Keyed {
  const items: Keyed = new Map();
  const seen = new Map<string, number>();
  for (const item of list) {
    const key = keyOf(item);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    items.set(`${key}#${times}`, item);
  }
  return items;
}

function identifyingKey(item: Record<string, unknown>): string | undefined {
  return identifying.find((key) => typeof item[key] === 'string');
}

function identity(item: unknown): string {
  if (isMapping(item)) {
    const key = identifyingKey(item);
    return key ? `=${item[key]}` : wording(item);
  }
  return Array.isArray(item) ? wording(item) : `=${item}`;
}

/** What tells the entries of a growing list apart: the id that a machine derived, or else all they say. */
function entry(item: unknown): string {
  return isMapping(item) && typeof item.id === 'string' ? `=${item.id}` : wording(item);
}

/** All that a value says, the same for maps that differ in the order of their keys. */
function wording(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(wording).join()}]`;
  if (!isMapping(value)) return JSON.stringify(String(value));
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${wording(value[key])}`);
  return `{${pairs.join()}}`;
}

function byTime(a: unknown, b: unknown): number {
  const difference = timeOf(a) - timeOf(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  const [left, right] = [wording(a), wording(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function timeOf(entry: unknown): number {
  const time = isMapping(entry) ? Date.parse(String(entry.at)) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}
