import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { kindOfFolder, kindOfPath } from '../../domain/records/kind-names.js';
import type { FolderLook, Stamps } from './folders.js';
import { stampOf, unsettled } from './stamp.js';

/** Git, as the index asks it; handed in, since this room knows nothing of git. */
export interface GitAnswers {
  /**
   * Tracked files that are not as the last commit has them, and those among them that it does not have at all.
   * Undefined where git cannot tell.
   */
  workingTree(): Promise<GitTree | undefined>;
  /** Paths that differ between two commits, with whether the second has them; undefined where git cannot tell. */
  changedBetween(from: string, to: string): Promise<Map<string, boolean> | undefined>;
  /** Every path that git tracks. */
  tracked(): Promise<Set<string>>;
}

export interface GitTree {
  head: string;
  dirty: string[];
  added: string[];
}

/** What the index knew of git when it was last brought up to date. */
export interface GitState {
  head: string;
  /** Record files that are not as the commit has them, with their stamps: they are looked at every time. */
  watched: Stamps;
  /** Those of them that the commit does not have: added, untracked, ignored. */
  loose: string[];
  /** Folders of records. Names that git does not track show by these. */
  folders: Stamps;
}

export interface GitLook {
  changed: [path: string, size: number][];
  removed: string[];
  state: GitState;
}

/** With more than this to look at one by one, a walk over all is as quick. */
const mostPaths = 20_000;

/** The stamp of a file that is not there. */
const gone = 'gone';

/**
 * What changed since the index was last brought up to date: files that differ between the two commits, tracked files
 * that are or were otherwise than their commit, and names that came or went in folders.
 * @param seen the folders, looked at after the state became known
 * @param indexed record files of a folder, itself alone, as the index has them
 * @returns undefined where git cannot tell, or tells of too much
 */
export async function lookByGit(
  root: string,
  known: GitState,
  tree: GitTree,
  seen: FolderLook,
  git: GitAnswers,
  indexed: (folder: string) => string[],
): Promise<GitLook | undefined> {
  const committed = await git.changedBetween(known.head, tree.head);
  if (!committed) return undefined;
  const loose = new Set(known.loose);
  const suspects = new Set<string>();
  for (const [folder, files] of seen.stirred) {
    const before = new Set(indexed(folder));
    for (const path of files) {
      if (before.delete(path)) continue;
      suspects.add(path);
      // One that came back may well be the commit's own.
      if (known.watched[path] !== gone) loose.add(path);
    }
    for (const path of before) suspects.add(path);
  }
  for (const [path, inCommit] of committed) {
    if (!mayHoldRecord(path)) continue;
    suspects.add(path);
    if (inCommit) loose.delete(path);
    else loose.add(path);
  }
  const dirty = tree.dirty.filter(mayHoldRecord);
  for (const path of dirty) loose.delete(path);
  for (const path of tree.added.filter(mayHoldRecord)) loose.add(path);
  const state = stateOf(root, tree.head, dirty, loose, seen.folders);
  const candidates = new Set([...suspects, ...Object.keys(known.watched), ...Object.keys(state.watched)]);
  if (candidates.size > mostPaths) return undefined;
  const look: GitLook = { changed: [], removed: [], state };
  for (const path of candidates) {
    const stamp = state.watched[path];
    if (stamp !== undefined && stamp === known.watched[path] && !suspects.has(path) && !unsettled(stamp))
      continue;
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if ((stat?.isFile() && kindOfPath(path)) || stat?.isSymbolicLink()) look.changed.push([path, stat.size]);
    else look.removed.push(path);
  }
  return look;
}

/**
 * What to remember of git after a walk over all files.
 * @param files every record file that the walk found
 */
export function stateAfterWalk(
  root: string,
  tree: GitTree,
  tracked: ReadonlySet<string>,
  files: readonly string[],
  folders: Stamps,
): GitState {
  const loose = new Set([...tree.added.filter(mayHoldRecord), ...files.filter((path) => !tracked.has(path))]);
  return stateOf(root, tree.head, tree.dirty.filter(mayHoldRecord), loose, folders);
}

function stateOf(
  root: string,
  head: string,
  dirty: readonly string[],
  loose: ReadonlySet<string>,
  folders: Stamps,
): GitState {
  const state: GitState = { head, watched: {}, loose: [], folders };
  const changed = new Set(dirty);
  const now = Date.now();
  for (const path of new Set([...changed, ...loose])) {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!stat && !changed.has(path)) continue;
    state.watched[path] = stat ? stampOf(stat, now) : gone;
    if (loose.has(path)) state.loose.push(path);
  }
  return state;
}

/** Whether the index looks for records there: not in hidden folders, as a walk does not. */
function mayHoldRecord(path: string): boolean {
  return kindOfFolder(path) !== undefined && !/(?:^|\/)\./.test(path);
}
