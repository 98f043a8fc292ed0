import { ItacaError } from '../domain/error.js';
import type { Upstream } from './remote.js';
import { git } from './run.js';

const leaseRef = 'refs/itaca/lease/send';
/** Git's empty tree, for a commit that only carries a message. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Who holds the lease, as its commit says. */
export interface LeaseHolder {
  who: string;
  clone: string;
  /** What for, such as `run`. */
  what: string;
  /** ISO 8601. */
  since: string;
}

/** The right to send for the team, until it is given back. */
export interface Lease {
  release(): Promise<void>;
}

/**
 * Takes the team's one lease for sending: a ref on its remote, created by an atomic push that expects it to be absent.
 * One that this same clone left behind is taken up again; the caller holds the machine's lock, so nobody else uses it.
 * @throws ItacaError `locked` where another clone holds it, naming who; `partial` where the remote cannot be reached
 */
export async function takeLease(root: string, { remote }: Upstream, holder: LeaseHolder): Promise<Lease> {
  const nonce = (await git(root, ['rev-parse', 'HEAD'])).stdout.trim();
  const made = await git(root, ['commit-tree', emptyTree, '-m', JSON.stringify({ ...holder, nonce })]);
  const mine = made.stdout.trim();
  if (made.code !== 0 || !isCommit(mine)) throw new Error(`git could not make a lease: ${made.stderr}`);
  const standing = await standingLease(root, remote);
  if (standing && standing.holder.clone !== holder.clone) throw heldBy(standing.holder);
  if (!(await put(root, remote, standing?.commit ?? '', mine))) {
    const other = await standingLease(root, remote);
    throw heldBy(other?.holder ?? { who: 'somebody', clone: '', what: 'a send', since: 'just now' });
  }
  return {
    async release() {
      await git(root, [
        'push',
        '--porcelain',
        `--force-with-lease=${leaseRef}:${mine}`,
        remote,
        `:${leaseRef}`,
      ]);
    },
  };
}

/** Puts a commit where the lease stands, against exactly what was there. */
async function put(root: string, remote: string, expected: string, commit: string): Promise<boolean> {
  // An empty id before the colon would delete the ref.
  if (!isCommit(commit)) throw new Error(`not a commit: ${commit}`);
  const { code, stdout } = await git(root, [
    'push',
    '--porcelain',
    `--force-with-lease=${leaseRef}:${expected}`,
    remote,
    `${commit}:${leaseRef}`,
  ]);
  return code === 0 && /^[*+ ]\t/m.test(stdout);
}

async function standingLease(
  root: string,
  remote: string,
): Promise<{ commit: string; holder: LeaseHolder } | undefined> {
  const listed = await git(root, ['ls-remote', remote, leaseRef]);
  if (listed.code !== 0) {
    throw new ItacaError('partial', `the remote "${remote}" could not be reached: ${listed.stderr.trim()}`);
  }
  const commit = listed.stdout.split(/\s/)[0] ?? '';
  if (!isCommit(commit)) return undefined;
  await git(root, ['fetch', '-q', remote, leaseRef]);
  const { stdout } = await git(root, ['log', '-1', '--format=%B', commit]);
  try {
    return { commit, holder: JSON.parse(stdout) as LeaseHolder };
  } catch {
    return { commit, holder: { who: 'somebody', clone: '', what: 'a send', since: 'an unknown time' } };
  }
}

function heldBy({ who, what, since }: LeaseHolder): ItacaError {
  return new ItacaError('locked', `${who} sends for the team (${what}, since ${since})`, {
    hint: 'what waits here leaves with the next run',
  });
}

function isCommit(id: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(id);
}
