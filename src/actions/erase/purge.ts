import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { cloneId, witnessOf } from '../../git/clone-id.js';
import { LooseObjects } from '../../git/loose-objects.js';
import { ObjectReader, objectFormat } from '../../git/objects.js';
import { type Upstream, upstreamOf } from '../../git/remote.js';
import { findRepository, type Repository } from '../../git/repository.js';
import {
  beginRewriting,
  finishRewriting,
  forgetUnreachable,
  refuseHalfPast,
} from '../../git/rewrite/forget.js';
import {
  dropRefs,
  fetchedAll,
  formatRewritten,
  moveRefs,
  readRewritten,
  readStashes,
  restoreStashes,
  rewrittenRef,
} from '../../git/rewrite/refs.js';
import { Rewriter } from '../../git/rewrite/rewriter.js';
import { fetchAll, pushRewritten, type RemoteRefs } from '../../git/rewrite/share.js';
import { everyCommit, everyVersion } from '../../git/rewrite/versions.js';
import { git } from '../../git/run.js';
import { conflictsSince } from '../sync/hold-back.js';
import { mergeUpstream } from '../sync/merge-upstream.js';
import type { Tools } from '../tools.js';
import { forgetIndex, rewritingJournals } from './erase.js';
import { withoutShared } from './find-person.js';
import { filesOfVersions, inWorkspace } from './history-corpus.js';
import { type Learned, learn, learnPerson } from './learn.js';
import { type Remains, remainsOf } from './remains.js';

/** Whose past is to be rewritten. */
export interface PurgeRequest {
  contacts: readonly string[];
  kept: readonly Kind[];
  /** Records that went. */
  removed: readonly string[];
  /** Records that stay, whatever an old version of them says. */
  surviving: ReadonlySet<string>;
}

export interface Purged {
  /** Commits that were made anew. */
  rewritten: number;
  /** Refs of the remote that were replaced; undefined where there is no remote. */
  published: string[] | undefined;
  /** Address of the remote. */
  remote: string | undefined;
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
  const remote = upstream && (await git(root, ['remote', 'get-url', upstream.remote])).stdout.trim();
  const remains = await forget(purged, tools);
  return { rewritten: purged.rewritten, published, remote, remains };
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

/** What rewriting came to, before git forgets. */
export interface Rewritten {
  commits: ReadonlyMap<string, string>;
  rewritten: number;
  learned: Learned[];
  restore(): Promise<void>;
}

/**
 * Rewrites what this clone holds, by all erasures that are asked for.
 * @param known commits that the team rewrote already → what they became
 */
export async function rewritePast(
  requests: readonly PurgeRequest[],
  repository: Repository,
  known: ReadonlyMap<string, string>,
  tools: Tools,
): Promise<Rewritten> {
  const { root, commonDir } = repository;
  const format = await objectFormat(root);
  const idLength = format === 'sha1' ? 20 : 32;
  const reader = new ObjectReader(root);
  try {
    const stashed = await readStashes(root);
    const all = await everyCommit(root);
    const versions = await everyVersion(reader, all, idLength);
    const learned: Learned[] = [];
    for (const request of requests)
      learned.push(await learnFrom(request, reader, versions, repository, tools));
    const text = (one: string) => learned.reduce((rest, { eraser }) => eraser.text(rest), one);
    const rewriter = new Rewriter(
      reader,
      new LooseObjects(join(commonDir, 'objects'), format),
      {
        text,
        path: (path) => learned.reduce((rest, { eraser }) => eraser.path(rest), path),
        file: (path, bytes) => fileAfter(inWorkspace(repository, path), bytes, learned),
      },
      idLength,
      new Map(known),
    );
    for (const commit of all) await rewriter.commit(commit);
    const fetched = await readRewritten(root, `${fetchedAll}itaca/rewritten`);
    const earlier = new Map([...fetched, ...(await readRewritten(root))]);
    const map = formatRewritten(earlier, rewriter.commits);
    beginRewriting(repository);
    await moveRefs(root, rewriter, stashed, map === '' ? undefined : map);
    const rewritten = [...rewriter.commits].filter(([old, now]) => old !== now && !known.has(old)).length;
    await followHead(repository, rewriter);
    return {
      commits: rewriter.commits,
      rewritten,
      learned,
      restore: () => restoreStashes(root, stashed, text),
    };
  } finally {
    await reader.close();
  }
}

function fileAfter(
  path: string,
  bytes: Buffer,
  learned: readonly Learned[],
): { path: string; bytes: Buffer } | null {
  let file = { path, bytes };
  for (const { eraser } of learned) {
    const after = eraser.file(file.path, file.bytes);
    if (after === null) return null;
    file = after;
  }
  return file;
}

async function learnFrom(
  { contacts, kept, removed, surviving }: PurgeRequest,
  reader: ObjectReader,
  versions: Awaited<ReturnType<typeof everyVersion>>,
  repository: Repository,
  tools: Tools,
): Promise<Learned> {
  const corpus = filesOfVersions(reader, versions, repository);
  const whole = await learnPerson(new Set(contacts), corpus, tools.workspace.country);
  const { person } = await withoutShared(whole, tools.workspace);
  return learn({ person, kept: new Set(kept), removed, surviving }, corpus, tools.workspace);
}

/**
 * The repository, clean and whole.
 * @throws ItacaError `refused`, `conflict` where something is not committed
 */
export async function readyToRewrite(root: string): Promise<Repository> {
  const repository = await findRepository(root);
  if (!repository?.head) {
    throw new ItacaError('usage', 'there is no past to purge: this workspace is not in a git repository', {
      hint: 'leave --purge-history out',
    });
  }
  await refuseHalfPast(repository);
  const { stdout } = await git(root, ['status', '--porcelain', '-uno', '-z']);
  const [first] = stdout.split('\0');
  if (first) {
    throw new ItacaError('conflict', `what is not committed would be lost: ${first.slice(3)}`, {
      path: first.slice(3),
      hint: 'commit it (itaca sync commits hand edits), then run the same command again',
    });
  }
  return repository;
}

/** The working tree as the rewritten head has it; it differs only where the past knew more of the person than today. */
async function followHead({ root, head }: Repository, rewriter: Rewriter): Promise<void> {
  const after = rewriter.commits.get(head ?? '') ?? head;
  if (after === head) return;
  const [old, now] = await Promise.all([head, after].map((one) => git(root, ['rev-parse', `${one}^{tree}`])));
  if (old?.stdout !== now?.stdout) await git(root, ['reset', '-q', '--hard']);
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
