import { linesOf, mergeLines, type Prefer } from './merge-lines.js';
import { mergeMaps, type Three } from './merge-value.js';
import { settleByFirst } from './settle-by-first.js';
import { settleByHistory } from './settle-by-history.js';

/** What a record says: its front matter and the note under it. */
export interface RecordContent {
  data: Record<string, unknown>;
  note: string;
}

export interface MergedRecord {
  /** The merge; where both sides changed the same thing differently, it says what our side says. */
  ours: RecordContent;
  /** The same with what their side says there. Equal to `ours` where there is no conflict. */
  theirs: RecordContent;
  /** What both sides changed differently: keys, joined by dots, and `note`. */
  conflicts: string[];
}

const nothing: RecordContent = { data: {}, note: '' };

/**
 * Merges two versions of a record, field by field. What both sides added where there was nothing before agrees where it
 * is equal.
 * @param base as it was when the two sides parted; undefined where each side made the record by itself
 */
export function mergeRecord({
  base = nothing,
  ours,
  theirs,
}: {
  base: RecordContent | undefined;
  ours: RecordContent;
  theirs: RecordContent;
}): MergedRecord {
  const three = { base, ours, theirs };
  const conflicts = new Set<string>();
  const mine = preferring('ours', three, conflicts);
  const other = conflicts.size === 0 ? mine : preferring('theirs', three, new Set());
  return { ours: mine, theirs: other, conflicts: [...conflicts] };
}

function preferring(
  prefer: Prefer,
  { base, ours, theirs }: Three<RecordContent>,
  conflicts: Set<string>,
): RecordContent {
  const found = new Set<string>();
  const data = mergeMaps(
    { base: base.data, ours: ours.data, theirs: theirs.data },
    { prefer, conflicts: found },
  );
  settleByHistory(data, found, [ours.data, theirs.data]);
  if (base === nothing) settleByFirst(data, found, [ours.data, theirs.data]);
  for (const key of found) conflicts.add(key);
  const note = mergeNotes({ base: base.note, ours: ours.note, theirs: theirs.note }, prefer);
  if (note.conflicts > 0) conflicts.add('note');
  return { data, note: note.text };
}

/** Notes by lines. Line ends and the empty lines around a note are the file's business, not the note's. */
function mergeNotes(notes: Three<string>, prefer: Prefer): { text: string; conflicts: number } {
  const base = plainLines(notes.base);
  const ours = plainLines(notes.ours);
  const theirs = plainLines(notes.theirs);
  const merged = mergeLines(base, ours, theirs, { prefer, together: true });
  return { text: merged.lines.join(''), conflicts: merged.conflicts };
}

function plainLines(note: string): string[] {
  const text = note.replace(/\r\n/g, '\n').replace(/^\n+|\s+$/g, '');
  return text === '' ? [] : linesOf(`${text}\n`);
}

/** Whether two notes say the same, whatever the line ends and the empty lines around them. */
export function sameNote(a: string, b: string): boolean {
  return plainLines(a).join('') === plainLines(b).join('');
}
