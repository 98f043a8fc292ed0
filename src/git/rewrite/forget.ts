import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { Repository } from '../repository.js';
import { git } from '../run.js';
import { tuneRepository, untuned } from '../tune.js';

/** What git leaves lying about beside its objects; each may quote a message, a path or an old commit. */
const leftovers = [
  'FETCH_HEAD',
  'ORIG_HEAD',
  'COMMIT_EDITMSG',
  'MERGE_MSG',
  'MERGE_RR',
  'SQUASH_MSG',
  'TAG_EDITMSG',
  'NOTES_EDITMSG',
  'AUTO_MERGE',
  'gc.log',
  'rr-cache',
  'lost-found',
  'itaca/index-behind',
];

const marker = ({ commonDir }: Pick<Repository, 'commonDir'>) => join(commonDir, 'itaca', 'rewriting');

/** Notes that the past is being rewritten, until git has forgotten the old one. */
export function beginRewriting(repository: Repository): void {
  mkdirSync(join(repository.commonDir, 'itaca'), { recursive: true, mode: 0o700 });
  writeFileSync(marker(repository), '');
}

export function finishRewriting(repository: Repository): void {
  rmSync(marker(repository), { force: true });
}

/** Whether a rewriting was killed before git had forgotten the old past. */
export function isUnfinished(repository: Repository): boolean {
  return existsSync(marker(repository));
}

/**
 * Lets git forget every object that no ref leads to, and the logs that would lead there. Its index is made anew.
 * @throws ItacaError `partial` where git keeps something
 */
export async function forgetUnreachable({ root, gitDir, commonDir }: Repository): Promise<void> {
  for (const folder of new Set([gitDir, commonDir]))
    for (const name of leftovers) rmSync(join(folder, name), { recursive: true, force: true });
  const tuned = (await untuned(root)).length === 0;
  rmSync(join(gitDir, 'index'), { force: true });
  await git(root, ['read-tree', 'HEAD']);
  await git(root, ['update-index', '-q', '--refresh']);
  if (tuned) await tuneRepository(root);
  await git(root, ['reflog', 'expire', '--expire=now', '--expire-unreachable=now', '--all']);
  rmSync(join(commonDir, 'logs', 'refs', 'stash'), { force: true });
  const packs = join(commonDir, 'objects', 'pack');
  // A pack that is marked to be kept would not be packed anew.
  for (const name of existsSync(packs) ? readdirSync(packs) : [])
    if (name.endsWith('.keep')) rmSync(join(packs, name));
  const { code, stderr } = await git(root, [
    ...['-c', 'gc.auto=0', '-c', 'gc.cruftPacks=false', '-c', 'gc.writeCommitGraph=false'],
    ...['-c', 'gc.reflogExpire=now', '-c', 'gc.reflogExpireUnreachable=now', '-c', 'gc.bigPackThreshold=0'],
    ...['gc', '--quiet', '--prune=now'],
  ]);
  if (code !== 0) {
    throw new ItacaError('partial', `git keeps old objects: ${stderr.trim().split('\n')[0]}`, {
      hint: 'mend that and run the same command again',
    });
  }
}

/**
 * Refuses a repository of which the past cannot be rewritten as a whole.
 * @throws ItacaError `refused`
 */
export async function refuseHalfPast({ root, commonDir, gitDir }: Repository): Promise<void> {
  const [shallow, worktrees, promisor] = await Promise.all([
    git(root, ['rev-parse', '--is-shallow-repository']),
    git(root, ['worktree', 'list', '--porcelain', '-z']),
    git(root, ['config', '--get-regexp', '^remote\\..*\\.promisor$']),
  ]);
  const refuse = (why: string, hint: string) => {
    throw new ItacaError('refused', `the past cannot be rewritten: ${why}`, { hint });
  };
  if (shallow.stdout.trim() === 'true') refuse('this clone holds only a part of it', 'git fetch --unshallow');
  if (promisor.stdout.trim() !== '') refuse('this is a partial clone', 'do it in a whole clone');
  if (
    gitDir !== commonDir ||
    worktrees.stdout.split('\0').filter((line) => line.startsWith('worktree ')).length > 1
  )
    refuse('there are several working trees', 'git worktree list, then git worktree remove the others');
  if (existsSync(join(commonDir, 'objects', 'info', 'alternates')))
    refuse('this clone borrows objects of another one', 'git repack -ad && rm .git/objects/info/alternates');
}
