import type { TreeChange } from '../domain/merge/merge-trees.js';
import { git } from './run.js';

/** What differs between two commits, by path from the top of the repository. Renames are not guessed. */
export async function treeChanges(root: string, from: string, to: string): Promise<TreeChange[]> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-relative', from, to];
  const { code, stdout, stderr } = await git(root, args);
  if (code !== 0) throw new Error(`git diff-tree: ${stderr.trim()}`);
  const parts = stdout.split('\0');
  const changes: TreeChange[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [oldMode = '', mode = '', oldBlob = '', blob = ''] = (parts[i] as string).slice(1).split(' ');
    const path = parts[i + 1] as string;
    const entry = (entryMode: string, entryBlob: string) =>
      /^0+$/.test(entryMode) ? undefined : { path, mode: entryMode, blob: entryBlob };
    changes.push({ before: entry(oldMode, oldBlob), after: entry(mode, blob) });
  }
  return changes;
}

/** A commit at which two lines of work parted; undefined where they have nothing in common. */
export async function mergeBase(root: string, ours: string, theirs: string): Promise<string | undefined> {
  const { code, stdout } = await git(root, ['merge-base', ours, theirs]);
  return code === 0 ? stdout.trim() : undefined;
}

/** Every commit at which two lines of work parted, as `git merge-base --all` has them; none where they have nothing in common. */
export async function mergeBases(root: string, ours: string, theirs: string): Promise<string[]> {
  const { stdout } = await git(root, ['merge-base', '--all', ours, theirs]);
  return stdout.split('\n').filter(Boolean);
}

/** How many commits `to` has that `from` has not. */
export async function commitsBetween(root: string, from: string | undefined, to: string): Promise<number> {
  const range = from === undefined ? to : `${from}..${to}`;
  return Number((await git(root, ['rev-list', '--count', range])).stdout);
}
