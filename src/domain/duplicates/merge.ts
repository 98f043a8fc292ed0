import type { Consent } from '../consent/consent.js';
import { type StricterRules, stricterWords } from '../consent/stricter.js';
import { ItacaError } from '../error.js';
import { idOfRef } from '../records/ids.js';
import { isMapping, sameValue } from '../records/same-value.js';
import type { MergeEntry } from './provenance.js';
import { sameItem } from './same-item.js';

/** One of two records that are the same person or firm. */
export interface Half {
  ref: string;
  data: Record<string, unknown>;
  note: string;
}

export interface MergeOptions extends StricterRules {
  /** Keys of which the other's value is preferred. */
  take: ReadonlySet<string>;
  at: string;
  by: string;
  /** Default country of telephone numbers. */
  country: string | undefined;
}

export interface RecordMerge {
  /** New values of the survivor's keys, without `merged_from`. */
  set: Record<string, unknown>;
  /** The provenance, for `merged_from`. */
  entry: MergeEntry;
  /** Whether the other's note goes under the survivor's. */
  note: boolean;
  /** What the other says and the survivor does not take, because it says something else. */
  left: { key: string; survivor: unknown; other: unknown }[];
}

/** What a merge itself writes is no value of the record; `note` in its provenance is the text under the front matter. */
const own = new Set(['merged_into', 'merged_from', 'note']);

/** Values whose parts belong together: half of one source and half of another would be neither. */
const whole = new Set(['source']);

/**
 * What the survivor of a merge becomes: its own values win where it has any, unless `take` says otherwise; lists are
 * unions; maps are filled; of two words about one consent the stricter holds. Of a firm and the one it belongs to what is
 * above both stays above.
 * @throws ItacaError `usage` for a key in `take` that has no single value at the other
 */
export function mergeRecords(survivor: Half, other: Half, options: MergeOptions): RecordMerge {
  refuseUntakable(survivor, other, options.take);
  const set: Record<string, unknown> = {};
  const took: Record<string, unknown> = {};
  const replaced: Record<string, unknown> = {};
  const left: RecordMerge['left'] = [];
  const { parent } = survivor.data;
  const ownParent = isOf(parent, other);
  if (ownParent) {
    set.parent = undefined;
    replaced.parent = parent;
  }
  for (const [key, value] of Object.entries(other.data)) {
    if (own.has(key) || isNothing(value)) continue;
    // No firm belongs to itself.
    if (key === 'parent' && isOf(value, survivor)) continue;
    const mine = key === 'parent' && ownParent ? undefined : survivor.data[key];
    if (sameValue(mine, value)) continue;
    if (isNothing(mine)) {
      set[key] = value;
      took[key] = value;
    } else if (Array.isArray(value) || Array.isArray(mine)) {
      const fresh = asList(value).filter(
        (item) => !asList(mine).some((known) => sameItem(key, known, item, options.country)),
      );
      if (fresh.length === 0) continue;
      set[key] = [...asList(mine), ...fresh];
      took[key] = fresh;
    } else if (isMapping(mine) && isMapping(value) && !whole.has(key) && !options.take.has(key)) {
      const fresh = Object.entries(value).filter(([inner]) => isNothing(mine[inner]));
      for (const [inner, said] of Object.entries(value)) {
        if (!isNothing(mine[inner]) && !sameValue(mine[inner], said))
          left.push({ key: `${key}.${inner}`, survivor: mine[inner], other: said });
      }
      if (fresh.length === 0) continue;
      set[key] = { ...mine, ...Object.fromEntries(fresh) };
      took[key] = Object.fromEntries(fresh);
    } else if (options.take.has(key)) {
      set[key] = value;
      took[key] = value;
      replaced[key] = mine;
    } else left.push({ key, survivor: mine, other: value });
  }
  const { at, by } = options;
  const words = stricterWords(
    asList(survivor.data.consents) as Consent[],
    asList(other.data.consents) as Consent[],
    { at, by, source: `merge of ${other.ref}` },
    options,
  );
  if (words.length > 0) {
    set.consents = [...asList(set.consents ?? survivor.data.consents), ...words];
    took.consents = [...asList(took.consents), ...words];
  }
  const note = lines(other.note).trim() !== '' && !lines(survivor.note).includes(lines(other.note));
  if (note) took.note = true;
  const entry: MergeEntry = { ref: other.ref, at, by };
  if (Object.keys(took).length > 0) entry.took = took;
  if (Object.keys(replaced).length > 0) entry.replaced = replaced;
  return { set, entry, note, left };
}

function isOf(value: unknown, { ref }: Half): boolean {
  const id = typeof value === 'string' ? idOfRef(value) : undefined;
  return id !== undefined && id === idOfRef(ref);
}

function refuseUntakable(survivor: Half, other: Half, take: ReadonlySet<string>): void {
  for (const key of take) {
    const why =
      key === 'note'
        ? 'of both is kept'
        : own.has(key)
          ? 'is written by the merge itself'
          : isNothing(other.data[key])
            ? `is empty at ${other.ref}`
            : [survivor, other].some(({ data }) => Array.isArray(data[key]))
              ? 'is a list, and lists are joined'
              : undefined;
    if (why) throw new ItacaError('usage', `--take ${key}=other: ${key} ${why}`);
  }
}

/** A note whatever its line ends and the empty lines around it. */
function lines(note: string): string {
  return `\n${note.replace(/\r\n/g, '\n').replace(/^\n+|\s+$/g, '')}\n`;
}

/** Whether a key says nothing. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isMapping(value) && Object.keys(value).length === 0;
}

/** One value is a list of one. */
export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isNothing(value) ? [] : [value];
}
