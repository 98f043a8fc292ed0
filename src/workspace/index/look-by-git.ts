import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kindOfFolder, kindOfPath } from '../../domain/records/kind-names.js';

/** Git, as the index asks it; handed in, since this room knows nothing of git. */
export interface GitAnswers {
  /** Undefined where git cannot tell. */
  workingTree(): Promise<{ head: string; dirty: string[] } | undefined>;
  /** Paths that differ between two commits; undefined where git cannot tell. */
  changedBetween(from: string, to: string): Promise<string[] | undefined>;
}

/** Record files that are not as the last commit has them, by path: their stat as the index last saw it. */
export type Stamps = Record<string, string>;

/** What the index knew of git when it was last brought up to date. */
export interface GitState {
  head: string;
  stamps: Stamps;
}

export interface GitLook {
  changed: [path: string, size: number][];
  removed: string[];
  state: GitState;
}

/** With more than this to look at one by one, a walk over all is as quick. */
const mostPaths = 20_000;

/** See the walk: a file this young may change again without its stat showing it. In milliseconds. */
const settleMs = 100;

/**
 * What changed since the index was last brought up to date: files that differ between the two commits, and files that
 * are or were otherwise than their commit.
 * @returns undefined where git cannot tell, or tells of too much
 */
export async function lookByGit(
  root: string,
  known: GitState,
  tree: { head: string; dirty: string[] },
  git: GitAnswers,
): Promise<GitLook | undefined> {
  const committed = await git.changedBetween(known.head, tree.head);
  if (!committed) return undefined;
  const stamps = stampsOf(root, tree.dirty);
  const candidates = new Set([
    ...committed.filter(kindOfFolder),
    ...Object.keys(known.stamps),
    ...Object.keys(stamps),
  ]);
  if (candidates.size > mostPaths) return undefined;
  const inCommit = new Set(committed);
  const look: GitLook = { changed: [], removed: [], state: { head: tree.head, stamps } };
  for (const path of candidates) {
    const now = stamps[path];
    if (now !== undefined && now === known.stamps[path] && !inCommit.has(path) && !now.endsWith('?'))
      continue;
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if ((stat?.isFile() && kindOfPath(path)) || stat?.isSymbolicLink()) look.changed.push([path, stat.size]);
    else look.removed.push(path);
  }
  return look;
}

/** The stat of each record file among dirty paths, those in untracked folders included. */
export function stampsOf(root: string, dirty: readonly string[]): Stamps {
  const stamps: Stamps = {};
  const visit = (path: string): void => {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of readdirSync(join(root, path))) if (!name.startsWith('.')) visit(`${path}/${name}`);
    } else if (
      (kindOfPath(path) || (stat?.isSymbolicLink() && kindOfFolder(path))) &&
      !path.split('/').some((part) => part.startsWith('.'))
    ) {
      const young = stat !== undefined && stat.ctimeMs > Date.now() - settleMs ? '?' : '';
      stamps[path] = stat ? `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}${young}` : 'gone';
    }
  };
  for (const path of dirty) {
    const plain = path.replace(/\/$/, '');
    // Only folders of records: node_modules and the like are none of ours.
    if (kindOfFolder(`${plain}/`)) visit(plain);
  }
  return stamps;
}
