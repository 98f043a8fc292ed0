import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { cloneId, witnessOf } from '../../git/clone-id.js';
import { type Upstream, upstreamOf } from '../../git/remote.js';
import { findRepository, type Repository } from '../../git/repository.js';
import { finishRewriting, forgetUnreachable } from '../../git/rewrite/forget.js';
import { dropRefs, fetchedAll, rewrittenRef } from '../../git/rewrite/refs.js';
import { fetchAll, pushRewritten, type RemoteRefs } from '../../git/rewrite/share.js';
import { git } from '../../git/run.js';
import { conflictsSince } from '../sync/hold-back.js';
import { mergeUpstream } from '../sync/merge-upstream.js';
import type { Tools } from '../tools.js';
import { forgetIndex, rewritingJournals } from './erase.js';
import { type Remains, remainsOf } from './remains.js';
import { type PurgeRequest, type Rewritten, readyToRewrite, rewritePast } from './rewrite-past.js';

export interface Purged {
  /** Commits that were made anew. */
  rewritten: number;
  /** Refs of the remote that were replaced; undefined where there is no remote. */
  published: string[] | undefined;
  /** Address of the remote; where it is a folder of this machine, its path. */
  remote: string | undefined;
  /** What is to be typed where the remote lies, for it keeps old objects. */
  prune: string | undefined;
  /** What git still holds of the person. */
  remains: Remains;
}

/**
 * Rewrites the past without a person: all branches, tags, stashes and notes, here and on the remote, then lets git
 * forget what was. Refs move all at once: killed at any moment, the old past stands whole or the new one, and the same
 * command again does the rest.
 * @throws ItacaError `refused` where the past cannot be rewritten, `partial` where the remote cannot be reached
 */
export async function purgeHistory(
  request: PurgeRequest,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<Purged> {
  const { root } = tools.workspace;
  const repository = await readyToRewrite(root);
  const upstream = await remoteToRewrite(repository, tools);
  const before = upstream && (await fetchAll(root, upstream));
  const purged = await rewritePast([request], repository, new Map(), tools);
  if (upstream && before) await catchUp(before, upstream, purged.commits, environment, tools);
  const published = upstream && before && (await publish(upstream, before, tools));
  const address = upstream && (await git(root, ['remote', 'get-url', upstream.remote])).stdout.trim();
  const folder = address && existsSync(resolve(root, address)) ? resolve(root, address) : undefined;
  const there = folder === undefined ? 'git' : `git -C '${folder.replaceAll("'", `'\\''`)}'`;
  const remains = await forget(purged, tools);
  return {
    rewritten: purged.rewritten,
    published,
    remote: folder ?? address,
    prune: upstream && `${there} reflog expire --expire=now --all && ${there} gc --prune=now`,
    remains,
  };
}

/**
 * The remote that is rewritten along; undefined where there is none.
 * @throws ItacaError `partial` where it cannot be reached, `not_found` where the branch follows none
 */
export async function remoteToRewrite(
  repository: Repository,
  { warn }: Tools,
): Promise<Upstream | undefined> {
  const { root } = repository;
  const remotes = (await git(root, ['remote'])).stdout.split('\n').filter(Boolean);
  if (remotes.length === 0) return undefined;
  const upstream = await upstreamOf(repository);
  for (const other of remotes.filter((one) => one !== upstream.remote))
    warn(`the remote "${other}" keeps the old history; only that of "${upstream.remote}" is rewritten`);
  const { code, stderr } = await git(root, ['ls-remote', '--exit-code', '--heads', upstream.remote]);
  if (code === 0 || code === 2) return upstream;
  const why = stderr.trim().split('\n')[0];
  throw new ItacaError('partial', `the remote "${upstream.remote}" could not be reached: ${why}`, {
    hint: 'run the same command again when it can be reached',
  });
}

/** Takes in what the team published meanwhile, as it stands without the person. */
async function catchUp(
  before: RemoteRefs,
  { ref }: Upstream,
  commits: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<void> {
  const there = before.get(ref);
  const theirs = there === undefined ? undefined : (commits.get(there) ?? there);
  const now = await findRepository(tools.workspace.root);
  if (theirs === undefined || !now) return;
  const { head } = await rewritingJournals('contact erase', environment, tools, () =>
    mergeUpstream(now, theirs, tools),
  );
  const [conflict] = await conflictsSince({ ...now, head }, theirs);
  if (conflict) {
    throw new ItacaError('conflict', 'the team changed the same meanwhile; the past is not published yet', {
      ...conflict,
      hint: 'keep the line that is right, delete the others and the marker lines, commit that, then run the same command again',
    });
  }
  tools.workspace.changed();
}

async function publish(upstream: Upstream, before: RemoteRefs, tools: Tools): Promise<string[]> {
  const { root } = tools.workspace;
  const repository = (await findRepository(root)) as Repository;
  const head = repository.head as string;
  const witness = witnessOf(cloneId(repository));
  const own = new Map([
    [upstream.ref, head],
    [witness, head],
  ]);
  const map = (await git(root, ['rev-parse', '-q', '--verify', rewrittenRef])).stdout.trim();
  if (map !== '') own.set(rewrittenRef, map);
  const pushed = await pushRewritten(root, upstream, before, own);
  await git(root, ['update-ref', witness, head]);
  await git(root, ['update-ref', upstream.tracking, head]);
  return pushed;
}

/** Lets git and the index forget, and looks what is left. */
export async function forget(purged: Rewritten, tools: Tools): Promise<Remains> {
  const { root } = tools.workspace;
  const repository = (await findRepository(root)) as Repository;
  await dropRefs(root, fetchedAll);
  await forgetUnreachable(repository);
  await purged.restore();
  finishRewriting(repository);
  forgetIndex(tools);
  return remainsOf(root, purged.learned);
}
