import { ItacaError } from '../domain/error.js';
import type { Repository } from './repository.js';
import { git } from './run.js';

/** The branch of the team that a branch here follows. */
export interface Upstream {
  /** Name of the remote. */
  remote: string;
  /** Full name of the branch there. */
  ref: string;
  /** Full name of what git remembers of it here. */
  tracking: string;
}

/**
 * The branch that the current one follows.
 * @throws ItacaError `not_found` where there is no remote, or the branch follows none
 */
export async function upstreamOf({ root, branch }: Repository): Promise<Upstream> {
  if (branch === undefined) {
    throw new ItacaError('not_found', 'no branch is checked out', { hint: 'git switch <branch>' });
  }
  const short = branch.replace(/^refs\/heads\//, '');
  const [remotes, found] = await Promise.all([
    git(root, ['remote']),
    git(root, ['for-each-ref', '--format=%(upstream:remotename) %(upstream:remoteref) %(upstream)', branch]),
  ]);
  const [remote = '', ref = '', tracking = ''] = found.stdout.trim().split(' ');
  if (remote !== '' && remote !== '.' && ref !== '' && tracking !== '') return { remote, ref, tracking };
  const [first] = remotes.stdout.trim().split('\n');
  throw new ItacaError(
    'not_found',
    first
      ? `the branch ${short} follows no branch of the team`
      : 'this repository has no remote to sync with',
    {
      hint: first
        ? `git push -u ${first} ${short}`
        : `git remote add origin <address>, then git push -u origin ${short}`,
    },
  );
}

/**
 * Fetches what the team published.
 * @returns its commit; undefined where nothing was ever published
 * @throws ItacaError `partial` where the remote cannot be reached
 */
export async function fetchUpstream(
  root: string,
  { remote, tracking }: Upstream,
): Promise<string | undefined> {
  const { code, stderr } = await git(root, ['fetch', '-q', remote]);
  if (code !== 0) {
    throw new ItacaError('partial', `the remote "${remote}" could not be reached: ${complaint(stderr)}`, {
      hint: 'your work is committed here; run itaca sync again when the remote can be reached',
    });
  }
  const tip = await git(root, ['rev-parse', '-q', '--verify', `${tracking}^{commit}`]);
  return tip.code === 0 ? tip.stdout.trim() : undefined;
}

/**
 * Publishes a commit on the team's branch, and with it the witness of this clone, both or none.
 * @param witness full name of the ref on the remote that remembers what this clone has seen
 * @returns false where somebody published something meanwhile
 * @throws ItacaError `refused` with the remote's own words
 */
export async function pushUpstream(
  root: string,
  { remote, ref }: Upstream,
  head: string,
  witness: string,
  warn: (message: string) => void,
): Promise<boolean> {
  // An empty id before the colon would delete the branch.
  if (!/^[0-9a-f]{40,64}$/.test(head)) throw new Error(`not a commit: ${head}`);
  const branch = `${head}:${ref}`;
  const push = (...args: string[]) => git(root, ['push', '--porcelain', ...args]);
  let result = await push('--atomic', remote, branch, `${head}:${witness}`);
  if (/does not support --atomic/.test(result.stderr))
    result = await push(remote, branch, `${head}:${witness}`);
  if (result.code !== 0 && refusal(result.stdout, ref) === 'atomic') {
    warn('the witness of an earlier sync does not fit this history; see: itaca check --history');
    result = await push(remote, branch);
  }
  if (result.code === 0) {
    await git(root, ['update-ref', witness, head]);
    return true;
  }
  const why = refusal(result.stdout, ref);
  if (why === 'behind') return false;
  if (result.stdout.includes('\t')) {
    throw new ItacaError(
      'refused',
      `the remote "${remote}" does not take the branch: ${why ?? complaint(result.stderr)}`,
      {
        hint: 'ask whoever runs the remote',
      },
    );
  }
  throw new ItacaError(
    'partial',
    `the remote "${remote}" could not be reached: ${complaint(result.stderr)}`,
    {
      hint: 'your work is committed here; run itaca sync again when the remote can be reached',
    },
  );
}

/** Why a branch was not taken: somebody was quicker, it only shares another ref's fate, or the remote's own words. */
function refusal(porcelain: string, ref: string): 'behind' | 'atomic' | string | undefined {
  const line = porcelain
    .split('\n')
    .find((one) => one.startsWith('!') && one.split('\t')[1]?.endsWith(`:${ref}`));
  if (line === undefined) return undefined;
  if (
    /fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value|stale info/.test(
      line,
    )
  )
    return 'behind';
  return /atomic/.test(line) ? 'atomic' : line.split('\t')[2];
}

/** What git complains of; behind it often stands advice that says nothing alone. */
function complaint(text: string): string {
  const lines = text.trim().split('\n');
  return lines.find((line) => /^(?:fatal|error): /.test(line)) ?? lines.at(-1) ?? '';
}
