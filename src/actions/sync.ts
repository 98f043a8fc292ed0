import { ItacaError } from '../domain/error.js';
import { cloneId, witnessOf } from '../git/clone-id.js';
import { fetchUpstream, pushUpstream, type Upstream, upstreamOf } from '../git/remote.js';
import { findRepository, operationUnderWay, type Repository } from '../git/repository.js';
import { git } from '../git/run.js';
import { commitsBetween, mergeBase } from '../git/tree-changes.js';
import type { Problem } from '../workspace/index/row.js';
import { forgetIndex } from './erase/erase.js';
import type { Remains } from './erase/remains.js';
import { eraseAgain } from './erase/undone.js';
import { installMergeDriver } from './install-merge-driver.js';
import { type Adopted, type FollowOptions, followErasures } from './sync/follow-erasures.js';
import { commitHandEdits } from './sync/hand-edits.js';
import { conflictsSince, problemsSince, type Standing } from './sync/hold-back.js';
import { type JoinedPerson, joinPeople } from './sync/join-people.js';
import { mergeUpstream } from './sync/merge-upstream.js';
import type { Tools } from './tools.js';

export interface SyncResult {
  /** Files that were edited by hand and are committed now. */
  committed: number;
  /** Commits of the team that came in. */
  fetched: number;
  /** Files that were brought in or joined. */
  merged: number;
  /** People whom this clone and another one added, and who are one contact now. */
  joined: JoinedPerson[];
  /** Files of the workspace that hold a conflict and keep the branch from being published. */
  conflicts: Standing[];
  /** Other mistakes that keep it from being published. */
  problems: Problem[];
  /** Ids of people whom the team erased, and who are erased here now. */
  erased: string[];
  /** What taking over the past came to that the team rewrote; absent where it did not. */
  adopted?: { rewritten: number; remains: Remains };
  /** Whether the team has everything that is here. */
  pushed: boolean;
  /** Commit id of the branch. */
  head: string;
}

/** Where this clone and the team parted before it published anything. */
const partedRef = 'refs/itaca/parted';

/** So often somebody else may be quicker before this gives up. */
const mostAttempts = 5;

/**
 * Shares work with the team: commits hand edits, fetches, merges (never rebases), checks, publishes. With a conflict or
 * a broken record everything is merged and committed here, and nothing is published. Whom the team erased is erased
 * here first. Call it while holding the lock.
 * @param options absent in the middle of a send: an erasure by the team refuses then
 * @throws ItacaError `not_found` without a remote, `conflict` while a merge or rebase is under way, `partial` where the
 *   remote cannot be reached
 */
export async function sync(tools: Tools, options?: FollowOptions): Promise<SyncResult> {
  const { root } = tools.workspace;
  let repository = await repositoryOf(root);
  const upstream = await upstreamOf(repository);
  if (!tools.dryRun) await installMergeDriver(repository);
  // Before hand edits are committed: what git brought back is not to stand in a commit.
  const back = options ? await eraseAgain(repository, options.environment, tools) : [];
  if (back.length > 0) repository = await repositoryOf(root);
  const edits = await commitHandEdits(repository, tools);
  const result: SyncResult = {
    committed: edits.length,
    fetched: 0,
    merged: 0,
    joined: [],
    conflicts: [],
    problems: [],
    erased: back,
    pushed: false,
    head: '',
  };
  try {
    return await shareWith(upstream, repository, result, options, tools);
  } finally {
    // However it ends: pages of the index hold who was erased.
    if (result.erased.length > 0 && !result.adopted && !tools.dryRun) forgetIndex(tools);
  }
}

/** Merges and publishes, until nobody else was quicker. */
async function shareWith(
  upstream: Upstream,
  { root }: Repository,
  result: SyncResult,
  options: FollowOptions | undefined,
  tools: Tools,
): Promise<SyncResult> {
  let adopted: Adopted | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const published = await fetchUpstream(root, upstream);
    let now = await repositoryOf(root);
    result.head = now.head as string;
    // A conflict of an earlier sync is resolved before another one is laid over it.
    result.conflicts = await conflictsSince(now, published);
    if (result.conflicts.length > 0) return result;
    let since: string | undefined;
    if (published !== undefined) {
      const followed = await followErasures(now, published, upstream, options, tools);
      result.erased.push(...followed.erased);
      adopted = (await followed.adopt?.()) ?? adopted;
      if (followed.erased.length > 0 || adopted) now = await repositoryOf(root);
      since = await lastShared(now, published, tools);
      result.fetched += await commitsBetween(root, now.head, published);
      const { head, merged } = await mergeUpstream(now, published, tools);
      result.head = head;
      result.merged += merged;
      now = { ...now, head };
    }
    if (tools.dryRun) return result;
    tools.workspace.changed();
    result.conflicts = await conflictsSince(now, published);
    if (result.conflicts.length > 0) return result;
    // Somebody may have published without Itaca what was erased.
    const returned = options ? await eraseAgain(now, options.environment, tools) : [];
    if (returned.length > 0) {
      result.erased = [...new Set([...result.erased, ...returned])];
      now = await repositoryOf(root);
      result.head = now.head as string;
    }
    result.problems = await problemsSince(now, published, tools);
    if (result.problems.length > 0) return result;
    if (since !== undefined && published !== undefined) {
      result.joined.push(...(await joinPeople(now, since, published, tools)));
      now = await repositoryOf(root);
      result.head = now.head as string;
    }
    result.pushed = await publish(now, published, upstream, tools);
    if (!result.pushed) continue;
    if (adopted) result.adopted = { rewritten: adopted.rewritten, remains: await adopted.forget() };
    return result;
  }
  throw new ItacaError('conflict', `others published ${mostAttempts} times while this tried to`, {
    hint: 'everything is merged here; run itaca sync again in a moment',
  });
}

async function repositoryOf(root: string): Promise<Repository> {
  const repository = await findRepository(root);
  if (!repository) {
    throw new ItacaError('not_found', 'this workspace is not in a git repository', { hint: 'git init' });
  }
  const busy = operationUnderWay(repository);
  if (busy) {
    throw new ItacaError('conflict', `a ${busy} is under way`, {
      hint: `finish it (git status tells how) or take it back with git ${busy} --abort, then run itaca sync again`,
    });
  }
  if (!repository.head) {
    throw new ItacaError('not_found', 'there is no commit yet', { hint: 'git add -A && git commit' });
  }
  return repository;
}

/**
 * The last commit that this clone and the team both had: what it published last or, before it published anything, where
 * the two parted. It is noted, for a conflict may keep the merge from being published until later.
 */
async function lastShared(
  repository: Repository,
  published: string,
  tools: Tools,
): Promise<string | undefined> {
  const { root } = repository;
  for (const ref of [witnessOf(cloneId(repository)), partedRef]) {
    const known = (await git(root, ['rev-parse', '-q', '--verify', ref])).stdout.trim();
    if (known !== '' && (await mergeBase(root, known, published)) === known) return known;
  }
  const base = await mergeBase(root, repository.head as string, published);
  if (base !== undefined && !tools.dryRun) await git(root, ['update-ref', partedRef, base]);
  return base;
}

async function publish(
  repository: Repository,
  published: string | undefined,
  upstream: Upstream,
  tools: Tools,
): Promise<boolean> {
  const { root } = repository;
  const head = repository.head as string;
  const witness = witnessOf(cloneId(repository));
  const seen = await git(root, ['rev-parse', '-q', '--verify', witness]);
  if (published === head && seen.stdout.trim() === head) return true;
  return pushUpstream(root, upstream, head, witness, tools.warn);
}
