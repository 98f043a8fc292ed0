import * as z from 'zod';
import { instant, listOf, sha256, text } from '../records/fields.js';

/** What a survivor holds because of one merge: the values by key, a list's items, a map's entries. */
const values = z.record(z.string(), z.unknown());

/** Front matter before a merge, and a hash of what the merge made of it: where that still stands, these lines come back. */
const frontMatterWas = z.looseObject({ lines: listOf(z.string()), sha256 });

export type FrontMatterWas = z.infer<typeof frontMatterWas>;

/** A record that was merged into this one, and what this one has of it. */
export const mergeEntry = z.looseObject({
  /** The record that was merged; its file stays, with `merged_into`. */
  ref: text,
  at: instant.optional(),
  by: text.optional(),
  /** What was taken from it: a scalar as it is, of a list the items that were new, `note: true` for its note. */
  took: values.optional(),
  /** What the survivor said itself where `--take` preferred the other. */
  replaced: values.optional(),
  /** Lines of front matter as they were, where taking back the values alone would not restore every byte. */
  was: z.looseObject({ survivor: frontMatterWas.optional(), other: frontMatterWas.optional() }).optional(),
});

export type MergeEntry = z.infer<typeof mergeEntry>;

/** A reference alone is a record that `sync` joined with this one, and that is gone. */
export const mergedFrom = listOf(z.union([text, mergeEntry]));

/** The entries of a record's `merged_from` that have a provenance. */
export function mergeEntries(data: Record<string, unknown>): MergeEntry[] {
  if (!Array.isArray(data.merged_from)) return [];
  return data.merged_from.filter(
    (entry): entry is MergeEntry =>
      typeof entry === 'object' && entry !== null && typeof (entry as MergeEntry).ref === 'string',
  );
}
