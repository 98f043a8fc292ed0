import { ItacaError } from '../../domain/error.js';
import type { Upstream } from '../remote.js';
import { git } from '../run.js';
import { allRefs, fetchedAll, rewrittenRef } from './refs.js';

/** What the remote has, by the names of its refs there. */
export type RemoteRefs = ReadonlyMap<string, string>;

/** Refs that a host makes by itself and takes from nobody. */
const ofTheHost = /^refs\/(?:pull|merge-requests|keep-around|pipelines|environments|changes)\//;

/**
 * Fetches all that the remote has, so that all of it is rewritten.
 * @throws ItacaError `partial` where it cannot be reached
 */
export async function fetchAll(root: string, { remote }: Upstream): Promise<RemoteRefs> {
  const { code, stderr } = await git(root, [
    ...['fetch', '--quiet', '--no-tags', '--prune', '--no-write-fetch-head', '--no-auto-maintenance'],
    remote,
    `+refs/*:${fetchedAll}*`,
  ]);
  if (code !== 0) {
    throw new ItacaError(
      'partial',
      `the remote "${remote}" could not be reached: ${stderr.trim().split('\n')[0]}`,
      {
        hint: 'what is erased is committed here; run the same command again when the remote can be reached',
      },
    );
  }
  const refs = (await allRefs(root)).filter(({ name }) => name.startsWith(fetchedAll));
  return new Map(refs.map(({ name, id }) => [`refs/${name.slice(fetchedAll.length)}`, id]));
}

/**
 * Fetches what the team's commits became, if any were rewritten, and remembers it here.
 * @returns the id of the list; undefined where nothing was
 */
export async function fetchRewritten(root: string, remote: string): Promise<string | undefined> {
  const { stdout } = await git(root, ['ls-remote', remote, rewrittenRef]);
  const id = stdout.split('\t')[0] ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  const fetched = await git(root, [
    ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote],
    `+${rewrittenRef}:${rewrittenRef}`,
  ]);
  return fetched.code === 0 ? id : undefined;
}

/**
 * Publishes the new past over the old one: all refs that changed, or none, and only where nobody published meanwhile.
 * @param own refs of this clone that go along: name there → object
 * @throws ItacaError `conflict` where somebody did, `refused` with the remote's own words
 */
export async function pushRewritten(
  root: string,
  { remote }: Upstream,
  before: RemoteRefs,
  own: ReadonlyMap<string, string>,
): Promise<string[]> {
  const wanted = new Map<string, string>();
  for (const { name, id } of await allRefs(root)) {
    if (!name.startsWith(fetchedAll)) continue;
    const there = `refs/${name.slice(fetchedAll.length)}`;
    if (!ofTheHost.test(there)) wanted.set(there, id);
  }
  for (const [name, id] of own) wanted.set(name, id);
  const changed = [...wanted].filter(([name, id]) => before.get(name) !== id);
  if (changed.length === 0) return [];
  for (const [, id] of changed) if (!/^[0-9a-f]{40,64}$/.test(id)) throw new Error(`not an object: ${id}`);
  const { code, stdout, stderr } = await git(root, [
    ...['push', '--porcelain', '--atomic', '--no-verify'],
    ...changed.map(([name]) => `--force-with-lease=${name}:${before.get(name) ?? ''}`),
    remote,
    ...changed.map(([name, id]) => `${id}:${name}`),
  ]);
  if (code === 0) return changed.map(([name]) => name);
  const why = stdout.split('\n').find((line) => line.startsWith('!') && !/atomic/.test(line));
  const words = why?.split('\t')[2] ?? stderr.trim().split('\n').at(-1) ?? '';
  throw /stale info|fetch first|cannot lock|failed to update/.test(words)
    ? new ItacaError('conflict', 'somebody published while the past was rewritten here', {
        hint: 'run the same command again',
      })
    : new ItacaError('refused', `the remote "${remote}" does not take the new past: ${words}`, {
        hint: 'it must allow pushes that are no fast-forward (receive.denyNonFastForwards, protected branches); then run the same command again',
      });
}
