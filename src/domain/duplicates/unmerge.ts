import { isMapping, sameValue } from '../records/same-value.js';
import { asList, isNothing } from './merge.js';
import type { MergeEntry } from './provenance.js';

/** A record that is still merged into the survivor. */
export interface StillMerged {
  ref: string;
  data: Record<string, unknown>;
}

export interface RecordUnmerge {
  /** New values of the survivor's keys, `merged_from` included; an empty one goes. */
  set: Record<string, unknown>;
  /** What the survivor gives back, or has back. */
  restored: { key: string; value: unknown }[];
  /** What stays with the survivor although the other may have a claim to it. */
  ambiguous: { key: string; value: unknown; why: string }[];
}

/** Entries of one record as one: two clones may have merged the same two records. */
export function joinEntries([first, ...others]: readonly MergeEntry[]): MergeEntry | undefined {
  if (!first || others.length === 0) return first;
  const joined = { ...first };
  for (const { took = {} } of others) {
    for (const [key, value] of Object.entries(took)) {
      const known = joined.took?.[key];
      const both =
        Array.isArray(known) && Array.isArray(value)
          ? [...known, ...value.filter((item) => !known.some((one) => sameValue(one, item)))]
          : isMapping(known) && isMapping(value)
            ? { ...value, ...known }
            : (known ?? value);
      joined.took = { ...joined.took, [key]: both };
    }
  }
  return joined;
}

/**
 * What the survivor is without a record that was merged into it: it gives back what it took, as far as that is still
 * there as it was; what was added or changed since stays.
 * @param entry the provenance of that record
 * @param still the records that remain merged into it: what they have too stays, and is theirs from now on
 */
export function unmergeRecord(
  data: Record<string, unknown>,
  entry: MergeEntry,
  still: readonly StillMerged[] = [],
): RecordUnmerge {
  const set: Record<string, unknown> = {};
  const restored: RecordUnmerge['restored'] = [];
  const ambiguous: RecordUnmerge['ambiguous'] = [];
  const heirs = new Map<string, Record<string, unknown>>();
  const { took = {}, replaced = {} } = entry;
  for (const [key, value] of Object.entries(took)) {
    if (key === 'note') continue;
    const now = data[key];
    if (isNothing(now)) continue;
    if (key in replaced) {
      if (sameValue(now, value)) {
        set[key] = replaced[key];
        restored.push({ key, value: replaced[key] });
      } else
        ambiguous.push({
          key,
          value: now,
          why: `was changed since; before the merge it was ${plain(replaced[key])}`,
        });
    } else if (Array.isArray(value)) {
      const heirOf = (item: unknown) =>
        still.find((one) => asList(one.data[key]).some((said) => sameValue(said, item)));
      const back = value.filter((item) => asList(now).some((one) => sameValue(one, item)));
      const going = back.filter((item) => !heirOf(item));
      for (const item of back) {
        const heir = heirOf(item);
        if (heir) inherit(heir.ref, key, item);
      }
      for (const item of value) {
        const altered = asList(now).find((one) => !sameValue(one, item) && inner(one) === inner(item));
        if (!back.includes(item) && altered !== undefined)
          ambiguous.push({ key, value: altered, why: 'was changed since it was taken' });
      }
      if (going.length === 0) continue;
      set[key] = asList(now).filter((one) => !going.some((item) => sameValue(item, one)));
      restored.push(...going.map((item) => ({ key, value: item })));
    } else if (isMapping(value) && isMapping(now)) {
      const going = Object.keys(value).filter((part) => sameValue(now[part], value[part]));
      const heir = still.find((one) => sameValue(one.data[key], value));
      if (heir) inherit(heir.ref, key, value);
      else if (going.length > 0) {
        set[key] = Object.fromEntries(Object.entries(now).filter(([part]) => !going.includes(part)));
        restored.push(...going.map((part) => ({ key: `${key}.${part}`, value: value[part] })));
      }
      for (const part of Object.keys(value))
        if (!going.includes(part) && now[part] !== undefined)
          ambiguous.push({ key: `${key}.${part}`, value: now[part], why: 'was changed since it was taken' });
    } else if (sameValue(now, value)) {
      const heir = still.find((one) => sameValue(one.data[key], value));
      if (heir) inherit(heir.ref, key, value);
      else {
        set[key] = undefined;
        restored.push({ key, value });
      }
    } else ambiguous.push({ key, value: now, why: 'was changed since it was taken' });
  }
  // What the merge only took away.
  for (const [key, value] of Object.entries(replaced)) {
    if (key in took || !isNothing(data[key])) continue;
    set[key] = value;
    restored.push({ key, value });
  }
  set.merged_from = asList(data.merged_from)
    .filter((one) => !isMapping(one) || one.ref !== entry.ref)
    .map((one) => withHeritage(one));
  return { set, restored, ambiguous };

  function inherit(ref: string, key: string, item: unknown): void {
    const own = heirs.get(ref) ?? {};
    const before = own[key];
    own[key] = Array.isArray(took[key]) ? [...asList(before), item] : item;
    heirs.set(ref, own);
    ambiguous.push({ key, value: item, why: `${ref} has it too` });
  }

  function withHeritage(one: unknown): unknown {
    const heritage = isMapping(one) ? heirs.get(String(one.ref)) : undefined;
    if (!heritage || !isMapping(one)) return one;
    const { was: _, ...rest } = one;
    const before = isMapping(one.took) ? one.took : {};
    const after = Object.entries(heritage).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...asList(before[key]), ...value] : value,
    ]);
    return { ...rest, took: { ...before, ...Object.fromEntries(after) } };
  }
}

/** What an item is about, whatever its label. */
function inner(item: unknown): unknown {
  return isMapping(item) ? (item.address ?? item.number ?? item) : item;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
