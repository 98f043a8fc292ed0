import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.js';
import { git } from './run.js';

/** How the tracked files stand against the last commit. */
export interface WorkingTree {
  /** Commit id. */
  head: string;
  /** Tracked paths, relative to the workspace, that are not as the commit has them: changed, staged, deleted. */
  dirty: string[];
  /** Those among them that the commit does not have. */
  added: string[];
}

/**
 * Asks git which tracked files stand otherwise than in the last commit; it answers twice as fast as a walk over all
 * files. Takes no lock, so that no git command of somebody else fails because of it.
 * @param signal ends git early; then the promise is rejected
 * @returns undefined where the workspace is not the top of a work tree, before the first commit, or without git
 */
export async function workingTree(root: string, signal?: AbortSignal): Promise<WorkingTree | undefined> {
  if (!existsSync(join(root, '.git'))) return undefined;
  const args = ['status', '--porcelain=v2', '--branch', '-z', '-uno', '--no-renames'];
  const { code, stdout } = await git(root, ['--no-optional-locks', ...args], undefined, signal);
  if (code !== 0) return undefined;
  const tree: WorkingTree = { head: '', dirty: [], added: [] };
  for (const entry of stdout.split('\0')) {
    if (entry.startsWith('# branch.oid ')) tree.head = entry.slice('# branch.oid '.length);
    else if (entry.startsWith('1 ') || entry.startsWith('u ')) {
      const fields = entry.split(' ');
      const path = fieldsAfter(entry, entry.startsWith('1 ') ? 8 : 10);
      tree.dirty.push(path);
      // The mode in the commit: the fourth field, or, of a conflict, that of the side checked out.
      if (fields[entry.startsWith('1 ') ? 3 : 4] === '000000') tree.added.push(path);
    }
  }
  return /^[0-9a-f]{40,64}$/.test(tree.head) ? tree : undefined;
}

/** Every path in git's index, relative to the workspace. */
export async function trackedFiles(root: string): Promise<Set<string>> {
  const { code, stdout, stderr } = await git(root, ['ls-files', '-z']);
  if (code !== 0) throw new Error(`git ls-files: ${stderr.trim()}`);
  return new Set(stdout.split('\0'));
}

/**
 * Files that are not as the last commit has them: changed, staged, removed or untracked, but not ignored.
 * @param paths to look at, relative to the workspace; folders mean all below them
 * @returns relative to the workspace
 */
export async function uncommittedFiles({ root, prefix }: Repository, paths: string[]): Promise<string[]> {
  // With `-uall` git could not use its cache of untracked files.
  const args = ['status', '--porcelain=v2', '-z', '-unormal', '--no-renames', '--', ...paths];
  const { code, stdout, stderr } = await git(root, args);
  if (code !== 0) throw new Error(`git status: ${stderr.trim()}`);
  const found = stdout.split('\0').flatMap((entry) => {
    const path = entry.startsWith('? ')
      ? entry.slice(2)
      : entry.startsWith('1 ')
        ? fieldsAfter(entry, 8)
        : '';
    return path.startsWith(prefix) && path !== '' ? [path.slice(prefix.length)] : [];
  });
  const folders = found.filter((path) => path.endsWith('/'));
  if (folders.length === 0) return found;
  const within = await git(root, ['ls-files', '-o', '-z', '--exclude-standard', '--', ...folders]);
  if (within.code !== 0) throw new Error(`git ls-files: ${within.stderr.trim()}`);
  return [...found.filter((path) => !path.endsWith('/')), ...within.stdout.split('\0').filter(Boolean)];
}

/** What follows the first `count` fields: a path may hold spaces. */
function fieldsAfter(entry: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) at = entry.indexOf(' ', at) + 1;
  return entry.slice(at);
}

/**
 * Paths that differ between two commits, relative to the workspace, each with whether the second has it.
 * @returns undefined where git cannot tell, such as after the first commit was rewritten away
 */
export async function changedBetween(
  root: string,
  from: string,
  to: string,
): Promise<Map<string, boolean> | undefined> {
  if (from === to) return new Map();
  const { code, stdout } = await git(root, ['diff', '--name-status', '--no-renames', '-z', from, to]);
  if (code !== 0) return undefined;
  const parts = stdout.split('\0');
  const changed = new Map<string, boolean>();
  for (let i = 0; i + 1 < parts.length; i += 2) changed.set(parts[i + 1] as string, parts[i] !== 'D');
  return changed;
}
