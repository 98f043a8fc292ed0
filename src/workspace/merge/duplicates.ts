import { appendNote, withoutNote } from '../../domain/duplicates/joined-note.js';
import { asList, type RecordMerge } from '../../domain/duplicates/merge.js';
import type { MergeEntry } from '../../domain/duplicates/provenance.js';
import { type RecordUnmerge, type StillMerged, unmergeRecord } from '../../domain/duplicates/unmerge.js';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { schemaKeys, validate } from '../../domain/records/kinds.js';
import { isMapping } from '../../domain/records/same-value.js';
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
    survivor: linesUnless(edited(first, unmergeRecord(parsed(first).data, entry).set), survivor),
    other: again
      ? undefined
      : linesUnless(edited({ ...other, text: tombstone }, { merged_into: undefined }), other),
  };
  if (was.survivor || was.other) {
    entry.was = {
      ...(was.survivor ? { survivor: was.survivor } : {}),
      ...(was.other ? { other: was.other } : {}),
    };
  }
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
  const written = [...Object.keys(took).filter((key) => key !== 'note'), 'merged_from'];
  const values = Object.fromEntries(written.map((key) => [key, before.data[key]]));
  return {
    survivor: asItWas(now, entry.was?.survivor, values) ?? edited(now, set),
    other:
      asItWas(other, entry.was?.other, { merged_into: parsed(other).data.merged_into }) ??
      edited(other, { merged_into: undefined }),
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

/** The lines of the front matter, where a text is not the file's. */
function linesUnless(text: string, file: RecordFile): string[] | undefined {
  if (text === file.text) return undefined;
  const { yaml, eol } = parsed(file);
  const lines = yaml.split(eol);
  return lines.some((line) => /[\r\n]/.test(line)) ? [yaml] : lines;
}

/**
 * A file with its front matter as it was before a merge.
 * @param values what the merge wrote, as it is now
 * @returns undefined where something else in it changed since
 */
function asItWas(
  file: RecordFile,
  lines: readonly string[] | undefined,
  values: Record<string, unknown>,
): string | undefined {
  if (!lines) return undefined;
  const { text, yaml, yamlStart, eol } = parsed(file);
  const before = text.slice(0, yamlStart) + lines.join(eol) + text.slice(yamlStart + yaml.length);
  return isMapping(parsed({ ...file, text: before }).data) &&
    edited({ ...file, text: before }, values) === text
    ? before
    : undefined;
}
