import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { cloneId, witnessOf } from '../../git/clone-id.js';
import type { Upstream } from '../../git/remote.js';
import type { Repository } from '../../git/repository.js';
import { isUnfinished } from '../../git/rewrite/forget.js';
import { refsToOldPast } from '../../git/rewrite/old-refs.js';
import { fetchedAll, readRewritten, rewrittenRef } from '../../git/rewrite/refs.js';
import { fetchAll, fetchRewritten, pushRewritten, type RemoteRefs } from '../../git/rewrite/share.js';
import { everyCommit } from '../../git/rewrite/versions.js';
import { git } from '../../git/run.js';
import { gitPieces } from '../../git/stream.js';
import { type Erasure, erasuresFolder, parseErasure, readErasures } from '../../workspace/erasures.js';
import { erase } from '../erase/erase.js';
import type { Remains } from '../erase/remains.js';
import type { Tools } from '../tools.js';

/** What following the team's erasures came to. */
export interface Followed {
  /** Ids of the people whom the team erased, and who are erased here now. */
  erased: string[];
  /** Takes over the past that the team rewrote; absent where there is nothing to take over. */
  adopt?: () => Promise<Adopted>;
}

export interface FollowOptions {
  /** Whether the past may be rewritten here as the team rewrote it. */
  adopt: boolean;
  environment: NodeJS.ProcessEnv;
}

/** A rewritten past that was taken over. */
export interface Adopted {
  /** Commits of this clone alone that were made anew. */
  rewritten: number;
  /** Lets git forget what was, once all else is done. */
  forget(): Promise<Remains>;
}

/**
 * Erases here whom the team erased, before its work is merged: what was changed or added meanwhile about such a person
 * would come back otherwise.
 * @param options absent where journals are open that an erasure would rewrite
 * @throws ItacaError `refused` where the team rewrote the past and that is not said
 */
export async function followErasures(
  repository: Repository,
  published: string,
  upstream: Upstream,
  options: FollowOptions | undefined,
  tools: Tools,
): Promise<Followed> {
  const { root } = repository;
  await refuseOldPast(root, published);
  const theirs = await erasuresAt(root, published);
  if (theirs.length === 0) return { erased: [] };
  const stale = theirs.some(({ history }) => history === 'purged')
    ? isUnfinished(repository) || (await isStale(repository, published, upstream))
    : false;
  if (stale && !options?.adopt) {
    throw new ItacaError('refused', 'the team erased a person and rewrote the history', {
      hint: 'itaca sync --adopt-rewrite carries over what is only here, and has git forget the old history',
    });
  }
  const known = new Set(readErasures(root).map(({ contacts }) => contacts[0]));
  const fresh = theirs.filter(({ contacts: [contact] }) => !known.has(contact));
  if (fresh.length > 0 && !options) {
    throw new ItacaError('refused', 'the team erased a person, which is to be done here first', {
      hint: 'itaca sync, then the same command again',
    });
  }
  const surviving = new Map<string, ReadonlySet<string>>();
  for (const erasure of theirs) {
    const [contact = ''] = erasure.contacts;
    if (!fresh.includes(erasure) && !stale) continue;
    const request = {
      contacts: erasure.contacts,
      keep: (erasure.kept ?? []) as Kind[],
      why: erasure.why,
      purge: false,
      earlier: erasure,
    };
    const { plan } = await erase(request, async () => {}, options?.environment ?? {}, tools);
    surviving.set(contact, plan.surviving);
    tools.workspace.changed();
  }
  const erased = fresh.map(({ contacts }) => contacts[0] as string);
  if (!stale || tools.dryRun) return { erased };
  const purged = theirs.filter(({ history }) => history === 'purged');
  return {
    erased,
    adopt: async () => {
      const { forget } = await import('../erase/purge.js');
      const { readyToRewrite, rewritePast } = await import('../erase/rewrite-past.js');
      const requests = purged.map(({ contacts, kept, records }) => ({
        contacts,
        kept: (kept ?? []) as Kind[],
        removed: records,
        surviving: surviving.get(contacts[0] ?? '') ?? new Set<string>(),
      }));
      const ready = await readyToRewrite(root);
      // Tags and branches of this clone that were published before hold the old past there.
      const before = await fetchAll(root, upstream);
      const rewritten = [
        ...(await readRewritten(root)),
        ...(await readRewritten(root, `${fetchedAll}itaca/rewritten`)),
      ];
      const past = await rewritePast(requests, ready, await presentOf(root, new Map(rewritten)), tools);
      tools.workspace.changed();
      await publishRest(root, upstream, before);
      return { rewritten: past.rewritten, forget: () => forget(past, tools) };
    },
  };
}

/** Publishes the new past of all that the remote has, but for the team's branch: that one is merged. */
async function publishRest(root: string, upstream: Upstream, before: RemoteRefs): Promise<void> {
  const map = (await git(root, ['rev-parse', '-q', '--verify', rewrittenRef])).stdout.trim();
  const branch = before.get(upstream.ref);
  await pushRewritten(
    root,
    upstream,
    before,
    new Map([
      ...(map === '' ? [] : [[rewrittenRef, map] as const]),
      ...(branch === undefined ? [] : [[upstream.ref, branch] as const]),
    ]),
  );
}

/** What the team erased, as its commit says. */
async function erasuresAt(root: string, commit: string): Promise<Erasure[]> {
  const erasures: Erasure[] = [];
  for await (const entry of gitPieces(root, ['ls-tree', '-z', commit, `${erasuresFolder}/`])) {
    const [head = '', path = ''] = entry.split('\t');
    const { stdout } = await git(root, ['cat-file', 'blob', head.split(' ')[2] ?? '']);
    const erasure = parseErasure(stdout, path);
    if (erasure) erasures.push(erasure);
  }
  return erasures;
}

/** Whether this clone holds commits that the team rewrote. What they became is known here then. */
async function isStale(repository: Repository, published: string, { remote }: Upstream): Promise<boolean> {
  const { root } = repository;
  // A tag or branch that somebody published before he took over the new past, and that was fetched since, too.
  if ((await refsToOldPast(root)).length > 0) return true;
  const seen = await git(root, ['merge-base', '--is-ancestor', witnessOf(cloneId(repository)), published]);
  // The team went on from where this clone was: nothing was rewritten since.
  if (seen.code === 0 && (await readRewritten(root)).size > 0) return false;
  if ((await fetchRewritten(root, remote)) === undefined) return false;
  const rewritten = await readRewritten(root);
  const own = await everyCommit(root);
  return own.some((commit) => rewritten.has(commit));
}

/** Refuses what leads back to commits that were rewritten: a purge did not get as far as the remote, or an old clone pushed. */
async function refuseOldPast(root: string, published: string): Promise<void> {
  const rewritten = await readRewritten(root);
  if (rewritten.size === 0) return;
  const { stdout } = await git(root, ['rev-list', published, '^HEAD']);
  if (!stdout.split('\n').some((commit) => rewritten.has(commit))) return;
  throw new ItacaError('refused', 'the remote holds the history that was rewritten to erase a person', {
    hint: 'rewrite it there: itaca contact erase <id> --purge-history, with the id that erasures/ names',
  });
}

/** Those of the commits of which what they became is here. */
async function presentOf(root: string, rewritten: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = [...new Set(rewritten.values())];
  const { stdout } = await git(root, ['cat-file', '--batch-check'], ids.map((id) => `${id}\n`).join(''));
  const here = new Set(
    stdout.split('\n').flatMap((line) => (/ commit /.test(line) ? [line.split(' ')[0]] : [])),
  );
  return new Map([...rewritten].filter(([, now]) => here.has(now)));
}
