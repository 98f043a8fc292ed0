import { randomBytes } from 'node:crypto';
import { ItacaError } from '../domain/error.js';
import type { Upstream } from './remote.js';
import { git } from './run.js';

const leaseRef = 'refs/itaca/lease/send';

/** Who holds the lease, as its commit says. */
export interface LeaseHolder {
  who: string;
  /** The clone and where it lies: a copy of its folder is another one. */
  clone: string;
  /** What for, such as `run`. */
  what: string;
  /** ISO 8601. */
  since: string;
}

/** The right to send for the team, until it is given back. */
export interface Lease {
  /** Whether nobody held it; otherwise an earlier run of this clone left it behind. */
  fresh: boolean;
  release(): Promise<void>;
}

/**
 * Takes the team's one lease for sending: a ref on its remote, created by an atomic push that expects it to be absent.
 * One that this same clone left behind is taken up again; the caller holds the machine's lock, so nobody else uses it.
 * @throws ItacaError `locked` where another clone holds it, naming who; `partial` where the remote cannot be reached
 */
export async function takeLease(root: string, { remote }: Upstream, holder: LeaseHolder): Promise<Lease> {
  // Two runs of one second are two commits: a push of what is there already tells nothing.
  const nonce = randomBytes(12).toString('hex');
  const emptyTree = (await git(root, ['hash-object', '-t', 'tree', '--stdin'], '')).stdout.trim();
  // Who holds it stands in the message; git need not know a name here.
  const who = ['-c', 'user.name=itaca', '-c', 'user.email=itaca@localhost'];
  const text = JSON.stringify({ ...holder, nonce });
  const made = await git(root, [...who, 'commit-tree', emptyTree, '-m', text]);
  const mine = made.stdout.trim();
  if (made.code !== 0 || !isCommit(mine)) throw new Error(`git could not make a lease: ${made.stderr}`);
  const standing = await standingLease(root, remote);
  if (standing && standing.holder.clone !== holder.clone) throw heldBy(standing.holder, remote);
  if (!(await put(root, remote, standing?.commit ?? '', mine))) {
    const other = await standingLease(root, remote);
    throw heldBy(other?.holder ?? holderOf('', 'just now'), remote);
  }
  return {
    fresh: standing === undefined,
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
  return { commit, holder: holderOf(stdout, 'an unknown time') };
}

/** Who holds a lease by its text; somebody, where it says nothing that can be read. */
function holderOf(text: string, unknownSince: string): LeaseHolder {
  let said: Partial<Record<keyof LeaseHolder, unknown>> | null = null;
  try {
    said = JSON.parse(text);
  } catch {
    // Then it is nobody known, and nobody's to take.
  }
  const word = (key: keyof LeaseHolder, instead: string) => {
    const value = said?.[key];
    return typeof value === 'string' && value !== '' ? value : instead;
  };
  return {
    who: word('who', 'somebody'),
    clone: word('clone', ''),
    what: word('what', 'a send'),
    since: word('since', unknownSince),
  };
}

function heldBy({ who, what, since }: LeaseHolder, remote: string): ItacaError {
  return new ItacaError('locked', `${who} sends for the team (${what}, since ${since})`, {
    hint:
      'what waits here leaves with the next run; if that clone is gone for good: ' +
      `git push ${remote} --delete ${leaseRef}`,
  });
}

function isCommit(id: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(id);
}
