import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './run.js';

export interface Repository {
  /** Folder of the workspace, where git runs. */
  root: string;
  /** Path of the workspace inside the work tree, empty or ending in `/`. */
  prefix: string;
  gitDir: string;
  /** Shared by all work trees; holds what belongs to this clone alone. */
  commonDir: string;
  /** The branch's full name; undefined while HEAD is detached. */
  branch: string | undefined;
  /** Undefined before the first commit. */
  head: string | undefined;
}

/** The git repository a workspace lies in; undefined where it lies in none (or git is not installed). */
export async function findRepository(root: string): Promise<Repository | undefined> {
  const [place, branch, head] = await Promise.all([
    git(root, [
      'rev-parse',
      '--absolute-git-dir',
      '--path-format=absolute',
      '--git-common-dir',
      '--show-prefix',
    ]),
    git(root, ['symbolic-ref', '-q', 'HEAD']),
    git(root, ['rev-parse', '-q', '--verify', 'HEAD^{commit}']),
  ]);
  if (place.code !== 0) return undefined;
  const [gitDir = '', commonDir = '', prefix = ''] = place.stdout.split('\n');
  return {
    root,
    prefix,
    gitDir,
    commonDir,
    branch: branch.code === 0 ? branch.stdout.trim() : undefined,
    head: head.code === 0 ? head.stdout.trim() : undefined,
  };
}

/** What git is in the middle of, in its own words; undefined when nothing. */
export function operationUnderWay({ gitDir }: Repository): string | undefined {
  const marks: [string, string][] = [
    ['MERGE_HEAD', 'merge'],
    ['rebase-merge', 'rebase'],
    ['rebase-apply', 'rebase'],
    ['CHERRY_PICK_HEAD', 'cherry-pick'],
    ['REVERT_HEAD', 'revert'],
  ];
  return marks.find(([file]) => existsSync(join(gitDir, file)))?.[1];
}
