import { ItacaError } from '../domain/error.js';
import { readRewritten, rewrittenRef } from './rewrite/refs.js';
import { git } from './run.js';

/** Where `sync` leaves the head of each clone: on the remote, and its own in the clone itself. */
const own = 'refs/itaca/seen/';
/** What was last fetched of the remote, apart from this clone's own notes and from the branches that people follow. */
const fetched = 'refs/itaca/remote/seen/';
const fetchedHeads = 'refs/itaca/remote/heads/';
const fetchedRewritten = 'refs/itaca/remote/rewritten';
/** Witnesses that another commit took the place of, though it does not lead back to them. */
const replaced = 'refs/itaca/remote/replaced/';

/** A head that a clone once had and showed to the others. */
export interface Witness {
  clone: string;
  commit: string;
  /** Where it was noted: here, when this clone was at it, or on the remote. */
  noted: 'here' | 'remote';
}

export interface SeenCommit {
  commit: string;
  /** What the commit says of itself; null where its object is gone. */
  date: string | null;
  author: string | null;
  subject: string | null;
}

/**
 * Fetches the remote's witnesses and branches, to be compared.
 * @returns whether there is a remote and it answered, and otherwise why not
 */
export async function fetchWitnesses(root: string): Promise<{ fetched: boolean; failure?: string }> {
  const remote = await remoteOf(root);
  if (remote === undefined) return { fetched: false };
  const before = await refs(root, fetched);
  const { code, stderr } = await git(root, [
    ...['-c', 'core.askPass=true', 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
    remote,
    `+${own}*:${fetched}*`,
    `+refs/heads/*:${fetchedHeads}*`,
    // A pattern, since there need not be any.
    `+${rewrittenRef}*:${fetchedRewritten}*`,
  ]);
  if (code !== 0) {
    return { fetched: false, failure: `${remote} could not be asked: ${stderr.trim().split('\n')[0]}` };
  }
  const after = new Map(await refs(root, fetched));
  for (const [clone, commit] of before) {
    const now = after.get(clone);
    if (now === undefined || now === commit) continue;
    const forward = await git(root, ['merge-base', '--is-ancestor', commit, now]);
    if (forward.code !== 0) await git(root, ['update-ref', `${replaced}${commit}/${clone}`, commit]);
  }
  return { fetched: true };
}

async function remoteOf(root: string): Promise<string | undefined> {
  const branch = (await git(root, ['symbolic-ref', '-q', '--short', 'HEAD'])).stdout.trim();
  const configured = (await git(root, ['config', `branch.${branch}.remote`])).stdout.trim();
  const names = (await git(root, ['remote'])).stdout.split('\n').filter(Boolean);
  return [configured, 'origin'].find((name) => names.includes(name)) ?? names[0];
}

/** All witnesses that this clone holds. */
export async function readWitnesses(root: string): Promise<Witness[]> {
  const [here, remote, lost] = await Promise.all([
    refs(root, own),
    refs(root, fetched),
    refs(root, replaced),
  ]);
  return [
    ...here.map(([clone, commit]) => ({ clone, commit, noted: 'here' as const })),
    ...[...remote, ...lost.map(([name, commit]) => [name.slice(name.indexOf('/') + 1), commit])].map(
      ([clone = '', commit = '']) => ({ clone, commit, noted: 'remote' as const }),
    ),
  ];
}

/** Commits that were rewritten to erase somebody, as this clone or the remote tells → what they became. */
export async function rewrittenCommits(root: string): Promise<Map<string, string>> {
  const known = await Promise.all([readRewritten(root), readRewritten(root, fetchedRewritten)]);
  return new Map(known.flatMap((one) => [...one]));
}

/** [name below the prefix, commit] of each ref. */
async function refs(root: string, prefix: string): Promise<[string, string][]> {
  const { code, stdout, stderr } = await git(root, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    prefix,
  ]);
  if (code !== 0) throw new ItacaError('usage', `there is no history: ${stderr.trim().split('\n')[0]}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(space + 1 + prefix.length), line.slice(0, space)];
    });
}

/** Heads in whose history a witnessed commit must be. */
export async function standingHeads(root: string, where: 'here' | 'remote' | 'anywhere'): Promise<string[]> {
  const prefixes = {
    here: ['refs/heads/'],
    remote: [fetchedHeads],
    anywhere: ['refs/heads/', 'refs/remotes/', fetchedHeads],
  }[where];
  const heads = (await Promise.all(prefixes.map((prefix) => refs(root, prefix)))).flat();
  const head =
    where === 'remote' ? '' : (await git(root, ['rev-parse', '-q', '--verify', 'HEAD'])).stdout.trim();
  return [...heads.map(([, commit]) => commit), ...(head === '' ? [] : [head])];
}

/** All commits that lead to any of these. */
export async function commitsBehind(root: string, heads: readonly string[]): Promise<Set<string>> {
  const { stdout } = await git(root, ['rev-list', '--stdin'], `${heads.join('\n')}\n`);
  return new Set(stdout.split('\n'));
}

/** Commits that lead to a witnessed head and to none of those that stand, the newest first. */
export async function missingCommits(
  root: string,
  witnessed: string,
  standing: readonly string[],
): Promise<SeenCommit[]> {
  const present = await git(root, ['cat-file', '-e', `${witnessed}^{commit}`]);
  if (present.code !== 0) return [{ commit: witnessed, date: null, author: null, subject: null }];
  const { code, stdout, stderr } = await git(
    root,
    ['log', '-z', '--no-show-signature', '--format=%H%x1f%aI%x1f%an%x1f%s', '--stdin'],
    [witnessed, ...standing.map((head) => `^${head}`), ''].join('\n'),
  );
  if (code !== 0) {
    throw new ItacaError('invalid', `git cannot read the history: ${stderr.trim().split('\n')[0]}`);
  }
  return stdout
    .split('\0')
    .filter(Boolean)
    .map((entry) => {
      const [commit = '', date = '', author = '', subject = ''] = entry.split('\x1f');
      return { commit, date, author, subject };
    });
}
