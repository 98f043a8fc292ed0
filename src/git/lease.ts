import { randomBytes } from 'node:crypto';
import { ItacaError } from '../domain/error.js';
import { readBlobs } from './blobs.js';
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

/** What a holder added to the lease, in order. */
export interface LeaseRecords {
  holder: LeaseHolder;
  records: string[];
}

/** The right to send for the team, until it is given back. */
export interface Lease {
  /** Whether nobody held it; otherwise an earlier run of this clone left it behind. */
  fresh: boolean;
  /** What clones added that it was taken from, and that nobody may have put on record yet. */
  inherited: LeaseRecords[];
  /**
   * Adds to what the lease says, for whoever might have to take it over. It is on the remote when this returns.
   * @throws ItacaError `locked` where somebody took the lease over; `partial` where the remote cannot be reached
   */
  add(record: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the team's one lease for sending: a ref on its remote, created by an atomic push that expects it to be absent.
 * One that this same clone left behind is taken up again; the caller holds the machine's lock, so nobody else uses it.
 * @param mayTakeOver asked where another clone holds it; true takes it from that one, which then can add nothing more
 * @throws ItacaError `locked` where another clone holds it, naming who; `partial` where the remote cannot be reached
 */
export async function takeLease(
  root: string,
  { remote }: Upstream,
  holder: LeaseHolder,
  mayTakeOver: (standing: LeaseRecords) => Promise<boolean> = async () => false,
): Promise<Lease> {
  // Two runs of one second are two commits: a push of what is there already tells nothing.
  const nonce = randomBytes(12).toString('hex');
  const emptyTree = (await git(root, ['hash-object', '-t', 'tree', '--stdin', '-w'], '')).stdout.trim();
  const standing = await standingLease(root, remote);
  const last = standing?.holders.at(-1);
  if (last && last.holder.clone !== holder.clone && !(await mayTakeOver(last))) {
    throw heldBy(last.holder, remote);
  }
  // What others added stays behind it until it is given back, should this run die before it put that on record.
  let mine = await commitOf(root, emptyTree, JSON.stringify({ ...holder, nonce }), standing?.commit);
  const lost = async () => {
    const other = (await standingLease(root, remote))?.holders.at(-1);
    return heldBy(other?.holder ?? holderOf('', 'just now'), remote);
  };
  if (!(await put(root, remote, standing?.commit ?? '', mine))) throw await lost();
  return {
    fresh: standing === undefined,
    inherited: (standing?.holders ?? []).filter((one) => one.holder.clone !== holder.clone),
    async add(record) {
      const blob = (await git(root, ['hash-object', '-w', '--stdin'], record)).stdout.trim();
      const tree = (await git(root, ['mktree'], `100644 blob ${blob}\t${recordFile}\n`)).stdout.trim();
      const next = await commitOf(root, tree, 'claim', mine);
      if (!(await put(root, remote, mine, next))) {
        // The push may have arrived although nobody heard of it.
        if ((await standingLease(root, remote))?.commit !== next) throw await lost();
      }
      mine = next;
    },
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

/** File of a lease's commit that holds what was added. */
const recordFile = 'journal.jsonl';

async function commitOf(root: string, tree: string, message: string, parent?: string): Promise<string> {
  // Who holds it stands in the message; git need not know a name here.
  const who = ['-c', 'user.name=itaca', '-c', 'user.email=itaca@localhost'];
  const after = parent === undefined ? [] : ['-p', parent];
  const { code, stdout, stderr } = await git(root, [...who, 'commit-tree', tree, ...after, '-m', message]);
  const id = stdout.trim();
  if (code !== 0 || !isCommit(id)) throw new Error(`git could not make a lease: ${stderr}`);
  return id;
}

/** Who held a lease one after the other, each with what he added. */
async function holdersOf(root: string, commit: string): Promise<LeaseRecords[]> {
  const { stdout } = await git(root, ['log', '-z', '--reverse', '--first-parent', '--format=%H %B', commit]);
  const commits = stdout.split('\0').filter((text) => text !== '');
  const named = commits.map((text) => `${text.slice(0, text.indexOf(' '))}:${recordFile}\n`).join('');
  const found = await git(root, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], named);
  const blobs = found.stdout
    .trim()
    .split('\n')
    .map((line) => (line.endsWith(' blob') ? line.split(' ')[0] : undefined));
  const contents = await readBlobs(
    root,
    blobs.filter((id) => id !== undefined),
  );
  const holders: LeaseRecords[] = [];
  commits.forEach((text, index) => {
    const blob = blobs[index];
    if (blob === undefined) {
      const holder = holderOf(text.slice(text.indexOf(' ') + 1), 'an unknown time');
      holders.push({ holder, records: [] });
    } else holders.at(-1)?.records.push(contents.get(blob)?.toString() ?? '');
  });
  return holders;
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

/** The lease as it stands on the remote, with all who held it since it was last given back. */
async function standingLease(
  root: string,
  remote: string,
): Promise<{ commit: string; holders: LeaseRecords[] } | undefined> {
  const listed = await git(root, ['ls-remote', remote, leaseRef]);
  if (listed.code !== 0) {
    throw new ItacaError('partial', `the remote "${remote}" could not be reached: ${listed.stderr.trim()}`);
  }
  const commit = listed.stdout.split(/\s/)[0] ?? '';
  if (!isCommit(commit)) return undefined;
  const fetched = await git(root, ['fetch', '-q', remote, leaseRef]);
  if (fetched.code !== 0) {
    throw new ItacaError('partial', `the lease on "${remote}" could not be read: ${fetched.stderr.trim()}`);
  }
  return { commit, holders: await holdersOf(root, commit) };
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
      'what waits here leaves once that is done; if that clone is gone for good, take the lease from it with ' +
      `--take-over (it is ${leaseRef} on ${remote})`,
  });
}

function isCommit(id: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(id);
}
