import { ItacaError } from '../../domain/error.js';
import { hasConflictMarkers, markDifferences } from '../../domain/merge/conflict-markers.js';
import { mergeFrozen, mergeLedgers } from '../../domain/merge/merge-ledger.js';
import { linesOf, mergeLines } from '../../domain/merge/merge-lines.js';
import { mergeRecord, type RecordContent, sameNote } from '../../domain/merge/merge-record.js';
import { kindOfPath } from '../../domain/records/kind-names.js';
import { schemaKeys } from '../../domain/records/kinds.js';
import { sameValue } from '../../domain/records/same-value.js';
import { editRecord } from '../codec/edit.js';
import { type ParsedRecord, parseRecord } from '../codec/parse.js';
import { mergeErasures } from '../erasures.js';
import { isKnownKey } from '../index/row.js';

export interface MergedFile {
  text: string;
  /** What both sides changed differently: keys of a record, `note`, or `text`. There the file holds conflict markers. */
  conflicts: string[];
}

export interface FileVersions {
  /** As it was when the two sides parted; undefined where each side made the file by itself. */
  base: string | undefined;
  ours: string;
  theirs: string;
}

/**
 * Merges two versions of a file of the workspace: a record field by field, settings key by key, a ledger line by line
 * of its ids, any other text by lines. What stands only in ours, comments and formatting included, is not disturbed.
 * @param path relative to the workspace; it says what kind of file this is
 */
export function mergeFile(path: string, versions: FileVersions): MergedFile {
  const { base, ours, theirs } = versions;
  if (ours === theirs || base === theirs) return { text: ours, conflicts: [] };
  if (base === ours) return { text: theirs, conflicts: [] };
  if (path.endsWith('.jsonl')) {
    const frozen = /(?:^|\/)plan\.jsonl$/.test(path);
    const { text, conflict } = frozen ? mergeFrozen(ours, theirs) : mergeLedgers(ours, theirs);
    return { text, conflicts: conflict ? ['text'] : [] };
  }
  const kind = kindOfPath(path);
  if (kind) {
    const form = { isKnown: isKnownKey(kind), order: schemaKeys(kind) };
    return mergeFields(path, versions, form) ?? mergeText(versions);
  }
  const erasure = mergeErasures(path, ours, theirs);
  if (erasure !== undefined) return { text: erasure, conflicts: [] };
  if (/\.ya?ml$/.test(path)) return mergeSettings(path, versions) ?? mergeText(versions);
  return mergeText(versions);
}

interface Form {
  isKnown: (key: string) => boolean;
  order: readonly string[];
}

const fence = '---\n';

/** Settings are front matter without a note: they lack only the fences. */
function mergeSettings(path: string, { base, ours, theirs }: FileVersions): MergedFile | undefined {
  const fenced = (text: string) => `${fence}${text.endsWith('\n') ? text : `${text}\n`}${fence}`;
  const merged = mergeFields(
    path,
    { base: base === undefined ? undefined : fenced(base), ours: fenced(ours), theirs: fenced(theirs) },
    { isKnown: () => true, order: [] },
  );
  return merged && { ...merged, text: merged.text.slice(fence.length, -fence.length) };
}

/** @returns undefined where one of the versions is not to be read as a record, so that only its lines can be merged */
function mergeFields(path: string, versions: FileVersions, form: Form): MergedFile | undefined {
  const read = (text: string) => readable(text, path, form);
  const ours = read(versions.ours);
  const theirs = read(versions.theirs);
  const base = versions.base === undefined ? undefined : read(versions.base);
  if (!ours || !theirs || (versions.base !== undefined && !base)) return undefined;
  const merged = mergeRecord({ base, ours, theirs });
  const byLines = cleanText(versions);
  // Where the lines alone lead to the same, comments and formatting of both sides survive.
  if (merged.conflicts.length === 0 && byLines !== undefined) {
    const record = read(byLines);
    if (record && sameContent(record, merged.ours)) return { text: byLines, conflicts: [] };
  }
  const text = edited(ours, path, merged.ours, form);
  if (text === undefined) return undefined;
  if (merged.conflicts.length === 0) return { text, conflicts: [] };
  const record = read(text);
  const other = record && edited(record, path, merged.theirs, form);
  return other === undefined
    ? undefined
    : { text: markDifferences(text, other), conflicts: merged.conflicts };
}

function readable(text: string, path: string, { isKnown }: Form): ParsedRecord | undefined {
  try {
    return parseRecord(text, path, isKnown);
  } catch (error) {
    if (error instanceof ItacaError) return undefined;
    throw error;
  }
}

function sameContent(a: RecordContent, b: RecordContent): boolean {
  return sameValue(a.data, b.data) && sameNote(a.note, b.note);
}

/** The record's file with other content, and nothing else in it changed; undefined where that cannot be written. */
function edited(record: ParsedRecord, path: string, content: RecordContent, form: Form): string | undefined {
  const keys = new Set([...Object.keys(record.data), ...Object.keys(content.data)]);
  const changes = [...keys].filter((key) => !sameValue(record.data[key], content.data[key]));
  try {
    return editRecord(record, path, Object.fromEntries(changes.map((key) => [key, content.data[key]])), {
      ...form,
      ...(sameNote(record.note, content.note) ? {} : { note: content.note }),
    });
  } catch (error) {
    if (error instanceof ItacaError) return undefined;
    throw error;
  }
}

function cleanText(versions: FileVersions): string | undefined {
  const { text, conflicts } = lineMerge(versions, 'ours');
  return conflicts === 0 && !hasConflictMarkers(text) ? text : undefined;
}

function mergeText(versions: FileVersions): MergedFile {
  const mine = lineMerge(versions, 'ours');
  if (mine.conflicts === 0) return { text: mine.text, conflicts: [] };
  return { text: markDifferences(mine.text, lineMerge(versions, 'theirs').text), conflicts: ['text'] };
}

function lineMerge({ base = '', ours, theirs }: FileVersions, prefer: 'ours' | 'theirs') {
  const { lines, conflicts } = mergeLines(linesOf(base), linesOf(ours), linesOf(theirs), {
    prefer,
    together: false,
  });
  return { text: lines.join(''), conflicts };
}
