import { ItacaError } from '../../domain/error.js';
import { git } from '../run.js';
import type { Rewriter } from './rewriter.js';

/** A ref, and what it leads to. */
export interface Ref {
  name: string;
  id: string;
  type: string;
}

/** Below this lie the remote's refs while the past is rewritten. */
export const fetchedAll = 'refs/itaca/purge/';
/** Below this lie the stashes meanwhile: git keeps them in a log. */
const stashes = 'refs/itaca/stash/';
/** What commits became of which: a blob of lines `<old> <new>`. */
export const rewrittenRef = 'refs/itaca/rewritten';

/** All refs; those that only name another one are not among them. */
export async function allRefs(root: string): Promise<Ref[]> {
  const format = '--format=%(objectname) %(objecttype) %(refname) %(symref)';
  const { stdout } = await git(root, ['for-each-ref', format]);
  return stdout.split('\n').flatMap((line) => {
    const [id = '', type = '', name = '', symref = ''] = line.split(' ');
    return name === '' || symref !== '' ? [] : [{ name, id, type }];
  });
}

/** A stash, from the newest. */
export interface Stash {
  id: string;
  message: string;
}

export async function readStashes(root: string): Promise<Stash[]> {
  const { code, stdout } = await git(root, ['reflog', 'show', '--format=%H%x1f%gs', 'refs/stash']);
  if (code !== 0) return [];
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', message = ''] = line.split('\x1f');
      return { id, message };
    });
}

/**
 * Moves every ref to what was made of its past, all at once: the old past stands whole, or the new one.
 * @param map the text of `refs/itaca/rewritten`
 * @throws ItacaError `conflict` where somebody moved a ref meanwhile; nothing is changed then
 */
export async function moveRefs(
  root: string,
  rewriter: Rewriter,
  stashed: readonly Stash[],
  map: string | undefined,
): Promise<void> {
  const lines: string[] = [];
  for (const { name, id, type } of await allRefs(root)) {
    if (name === rewrittenRef || name.startsWith(stashes)) continue;
    const isNotes = type === 'commit' && /^refs\/(?:itaca\/purge\/)?notes\//.test(name);
    const after = isNotes ? await rewriter.notes(id) : await rewriter.any(id, type);
    if (after !== id) lines.push(`update ${name} ${after} ${id}`);
  }
  const detached = await git(root, ['symbolic-ref', '-q', 'HEAD']);
  if (detached.code !== 0) {
    const head = (await git(root, ['rev-parse', 'HEAD'])).stdout.trim();
    const after = await rewriter.commit(head);
    if (after !== head) lines.push('option no-deref', `update HEAD ${after} ${head}`);
  }
  for (const [i, { id }] of stashed.entries())
    lines.push(`update ${stashes}${i} ${await rewriter.commit(id)}`);
  if (map !== undefined) {
    const blob = (await git(root, ['hash-object', '-w', '--stdin'], map)).stdout.trim();
    lines.push(`update ${rewrittenRef} ${blob}`);
  }
  if (lines.length === 0) return;
  // A log of what the refs were would lead back to it.
  const { code, stderr } = await git(
    root,
    ['-c', 'core.logAllRefUpdates=false', 'update-ref', '--stdin'],
    ['start', ...lines, 'prepare', 'commit', ''].join('\n'),
  );
  if (code !== 0) {
    throw new ItacaError('conflict', `git did not move the branches: ${stderr.trim().split('\n')[0]}`, {
      hint: 'nothing was changed; run it again',
    });
  }
}

/** Puts the stashes back into their log, the oldest first. */
export async function restoreStashes(
  root: string,
  stashed: readonly Stash[],
  redact: (text: string) => string,
) {
  const kept = new Map(
    (await allRefs(root)).flatMap(({ name, id }) =>
      name.startsWith(stashes) ? [[Number(name.slice(stashes.length)), id] as const] : [],
    ),
  );
  // Git writes nothing into the log of a ref that is there already as it is to be.
  if (kept.size > 0) await git(root, ['update-ref', '-d', 'refs/stash']);
  for (const [i, id] of [...kept].sort(([a], [b]) => b - a)) {
    // Of a run that was killed the messages are gone.
    const message = redact(stashed[i]?.message ?? 'stash');
    await git(root, ['stash', 'store', '-m', message, id]);
  }
  await dropRefs(root, stashes);
}

/** Removes all refs below a prefix. */
export async function dropRefs(root: string, prefix: string): Promise<void> {
  const lines = (await allRefs(root)).flatMap(({ name }) =>
    name.startsWith(prefix) ? [`delete ${name}`] : [],
  );
  if (lines.length > 0) await git(root, ['update-ref', '--stdin'], `${lines.join('\n')}\n`);
}

/** What commits became of which, as it is known here; or at any object id. */
export async function readRewritten(root: string, at = rewrittenRef): Promise<Map<string, string>> {
  const { code, stdout } = await git(root, ['cat-file', 'blob', at]);
  if (code !== 0) return new Map();
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const [, before, after] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64})$/.exec(line) ?? [];
      return before === undefined || after === undefined ? [] : [[before, after] as const];
    }),
  );
}

/** What became of what, with what was known before: of an earlier rewriting leads to what stands now. */
export function formatRewritten(
  before: ReadonlyMap<string, string>,
  commits: ReadonlyMap<string, string>,
): string {
  const all = new Map([...before].map(([old, now]) => [old, commits.get(now) ?? now]));
  for (const [old, now] of commits) if (old !== now) all.set(old, now);
  return [...all].map(([old, now]) => `${old} ${now}\n`).join('');
}
