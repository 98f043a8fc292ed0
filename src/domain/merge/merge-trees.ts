import { idOfPath } from '../records/ids.js';
import { kindOfPath } from '../records/kind-names.js';

/** A file of a commit. */
export interface TreeEntry {
  path: string;
  /** As git writes it: 100644, 100755, 120000 for a link. */
  mode: string;
  /** Id of its content. */
  blob: string;
}

/** A file on one side: as it was when the sides parted, and as it is now; undefined where it is not there. */
export interface TreeChange {
  before: TreeEntry | undefined;
  after: TreeEntry | undefined;
}

/** What our tree lacks to hold both sides' work. */
export type MergeStep =
  /** Only their side changed it. */
  | { op: 'take'; file: TreeEntry; moved: string | undefined }
  | { op: 'remove'; path: string }
  /** Both sides changed it; `path` and `mode` are those of the result. */
  | {
      op: 'merge';
      path: string;
      mode: string;
      base: TreeEntry | undefined;
      ours: TreeEntry;
      theirs: TreeEntry;
    }
  /** One side removed what the other changed. */
  | { op: 'dispute'; removedBy: 'ours' | 'theirs'; file: TreeEntry };

/**
 * Lays two sides' changes beside each other, file by file. A record is the same one wherever its file was moved to.
 * @param recordPath the path inside the workspace; undefined for a file outside of it
 */
export function planMerge(
  ours: readonly TreeChange[],
  theirs: readonly TreeChange[],
  recordPath: (path: string) => string | undefined,
): MergeStep[] {
  const mine = byFile(ours, recordPath);
  const steps: MergeStep[] = [];
  for (const [key, their] of byFile(theirs, recordPath)) {
    const our = mine.get(key);
    const step = our ? bothChanged(our, their) : onlyTheirs(their);
    if (step) steps.push(step);
  }
  return steps;
}

function onlyTheirs({ before, after }: TreeChange): MergeStep | undefined {
  if (after)
    return { op: 'take', file: after, moved: before && before.path !== after.path ? before.path : undefined };
  return before && { op: 'remove', path: before.path };
}

function bothChanged(our: TreeChange, their: TreeChange): MergeStep | undefined {
  const base = our.before;
  const [ours, theirs] = [our.after, their.after];
  if (!ours || !theirs) {
    const file = ours ?? theirs;
    return file && { op: 'dispute', removedBy: ours ? 'theirs' : 'ours', file };
  }
  const path = changedValue(base?.path, ours.path, theirs.path);
  const mode = changedValue(base?.mode, ours.mode, theirs.mode);
  if (ours.blob === theirs.blob && path === ours.path && mode === ours.mode) return undefined;
  return { op: 'merge', path, mode, base, ours, theirs };
}

/** Where both sides moved a file, it lies where it was published first. */
function changedValue(base: string | undefined, ours: string, theirs: string): string {
  return theirs === base ? ours : theirs;
}

/** Changes by what names the file on both sides: where it was, or for a new record its id. */
function byFile(
  changes: readonly TreeChange[],
  recordPath: (path: string) => string | undefined,
): Map<string, TreeChange> {
  const idOf = (entry: TreeEntry | undefined) => {
    const path = entry && recordPath(entry.path);
    return path !== undefined && kindOfPath(path) ? idOfPath(path) : undefined;
  };
  const gone = singles(
    changes.filter(({ after }) => !after),
    ({ before }) => idOf(before),
  );
  const made = singles(
    changes.filter(({ before }) => !before),
    ({ after }) => idOf(after),
  );
  const files = new Map<string, TreeChange>();
  for (const change of changes) {
    const id = idOf(change.after ?? change.before);
    const from = id !== undefined && made.has(id) ? gone.get(id) : undefined;
    if (change.before && change.after) files.set(change.before.path, change);
    else if (from)
      files.set((from.before as TreeEntry).path, {
        before: from.before,
        after: made.get(id as string)?.after,
      });
    else if (change.before) files.set(change.before.path, change);
    else files.set(id !== undefined && made.has(id) ? `id ${id}` : (change.after as TreeEntry).path, change);
  }
  return files;
}

/** Changes by id, without ids that two of them have. */
function singles(
  changes: readonly TreeChange[],
  idOf: (change: TreeChange) => string | undefined,
): Map<string, TreeChange> {
  const found = new Map<string, TreeChange>();
  const double = new Set<string>();
  for (const change of changes) {
    const id = idOf(change);
    if (id === undefined) continue;
    if (found.has(id)) double.add(id);
    found.set(id, change);
  }
  for (const id of double) found.delete(id);
  return found;
}
