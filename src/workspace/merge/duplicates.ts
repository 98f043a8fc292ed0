import { createHash } from 'node:crypto';
import { appendNote, withoutNote } from '../../domain/duplicates/joined-note.js';
import { asList, type RecordMerge } from '../../domain/duplicates/merge.js';
import type { FrontMatterWas, MergeEntry } from '../../domain/duplicates/provenance.js';
import { type RecordUnmerge, type StillMerged, unmergeRecord } from '../../domain/duplicates/unmerge.js';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { schemaKeys, validate } from '../../domain/records/kinds.js';
import { sameValue } from '../../domain/records/same-value.js';
import { editRecord } from '../codec/edit.js';
import { type ParsedRecord, parseRecord } from '../codec/parse.js';
import { isKnownKey } from '../index/row.js';

/** A record's file. */
export interface RecordFile {
  kind: Kind;
  ref: string;
  path: string;
  text: string;
}

export interface TwoTexts {
  survivor: string;
  other: string;
}

/**
 * The texts of two records after their merge. Where taking the values back again would not restore every byte, quoting
 * or a comment, the entry keeps the lines as they were.
 * @throws ItacaError `invalid` where one of the two cannot be read, or does not take a value
 */
export function mergedTexts(survivor: RecordFile, other: RecordFile, merge: RecordMerge): TwoTexts {
  // What came to a merged record by another clone may be taken later: the record is a tombstone already then.
  const again = parsed(other).data.merged_into !== undefined;
  const tombstone = again ? other.text : edited(other, { merged_into: survivor.ref });
  const entry: MergeEntry = { ...merge.entry };
  const earlier = asList(parsed(survivor).data.merged_from);
  const joined = () => edited(survivor, { ...merge.set, merged_from: [...earlier, entry] });
  const first = { ...survivor, text: joined() };
  const was = {
    survivor: wasUnless(edited(first, unmergeRecord(parsed(first).data, entry).set), survivor, first),
    other: again
      ? undefined
      : wasUnless(edited({ ...other, text: tombstone }, { merged_into: undefined }), other, {
          ...other,
          text: tombstone,
        }),
  };
  if (was.survivor) entry.was = { survivor: was.survivor };
  if (was.other) entry.was = { ...entry.was, other: was.other };
  const text = joined();
  const { note } = parsed(other);
  return {
    survivor: merge.note ? appendNote(text, note, parsed(survivor).eol) : text,
    other: tombstone,
  };
}

/** The texts of two records after a merge was taken back. */
export function separatedTexts(
  survivor: RecordFile,
  other: RecordFile,
  entry: MergeEntry,
  still: readonly StillMerged[],
): TwoTexts & Omit<RecordUnmerge, 'set'> {
  const before = parsed(survivor);
  const { note } = parsed(other);
  const took = entry.took ?? {};
  const shorter = 'note' in took ? withoutNote(survivor.text, note, before.eol) : survivor.text;
  const now = { ...survivor, text: shorter ?? survivor.text };
  const { set, restored, ambiguous } = unmergeRecord(before.data, entry, still);
  if ('note' in took && shorter !== undefined) restored.push({ key: 'note', value: note.trim() });
  if (shorter === undefined)
    ambiguous.push({ key: 'note', value: note.trim(), why: 'is not in the note as it was taken' });
  return {
    survivor: asItWas(now, entry.was?.survivor, { merged_from: set.merged_from }) ?? edited(now, set),
    other: asItWas(other, entry.was?.other, {}) ?? edited(other, { merged_into: undefined }),
    restored,
    ambiguous,
  };
}

/** A record's text with new values of some keys, which its kind must take. */
function edited(file: RecordFile, set: Record<string, unknown>): string {
  const text = editRecord(parsed(file), file.path, set, {
    isKnown: isKnownKey(file.kind),
    order: schemaKeys(file.kind),
  });
  const { issues } = validate(file.kind, parsed({ ...file, text }).data);
  const issue = issues.find(({ at }) => String(at[0]) in set);
  if (issue) throw new ItacaError('invalid', `${issue.at.join('.')}: ${issue.message}`, { path: file.path });
  return text;
}

function parsed({ text, path, kind }: RecordFile): ParsedRecord {
  return parseRecord(text, path, isKnownKey(kind));
}

/**
 * The front matter of a file, where taking the merge back by its values does not restore it.
 * @param back the text that this leads to
 * @param after the file as the merge leaves it
 */
function wasUnless(back: string, file: RecordFile, after: RecordFile): FrontMatterWas | undefined {
  if (back === file.text) return undefined;
  const { yaml, eol } = parsed(file);
  const lines = yaml.split(eol);
  return { lines: lines.some((line) => /[\r\n]/.test(line)) ? [yaml] : lines, sha256: withoutMerge(after) };
}

/**
 * A file with its front matter as it was before a merge.
 * @param set what is not as it was
 * @returns undefined where something else in it changed since
 */
function asItWas(
  file: RecordFile,
  was: FrontMatterWas | undefined,
  set: Record<string, unknown>,
): string | undefined {
  if (!was || withoutMerge(file) !== was.sha256) return undefined;
  const { text, yaml, yamlStart, eol } = parsed(file);
  const before = text.slice(0, yamlStart) + was.lines.join(eol) + text.slice(yamlStart + yaml.length);
  const { data } = parsed({ ...file, text: before });
  const asItIs = Object.entries(set).every(([key, value]) => sameValue(asList(data[key]), asList(value)));
  return asItIs ? before : edited({ ...file, text: before }, set);
}

/** What a front matter says beside its merges, as a hash. */
function withoutMerge(file: RecordFile): string {
  const text = edited(file, { merged_from: undefined, merged_into: undefined });
  return createHash('sha256')
    .update(parsed({ ...file, text }).yaml)
    .digest('hex');
}
