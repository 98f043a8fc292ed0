import { gitPieces } from './stream.js';

/** A commit as `git log` tells of it. */
export interface LoggedCommit {
  id: string;
  parents: string[];
  /** ISO 8601 with the offset of whoever committed. */
  at: string;
  author: string;
  email: string;
  /** E-mail address of who committed what the author wrote; the same person as a rule. */
  committer: string;
  subject: string;
  /** In order; a key may come several times. */
  trailers: [key: string, value: string][];
  /** What happened to each path asked for; empty unless `files` or `blobs` was asked for. */
  files: FileStatus[];
}

export interface FileStatus {
  /** `A`, `M`, `D`, `R` …, one letter for each parent of a merge. */
  status: string;
  path: string;
  /** Where it was before, when it was renamed. */
  from?: string;
  /** Object ids of what it was in each parent that had it; where `blobs` was asked for. */
  before?: string[];
  /** … and of what it became; absent where it went away. */
  after?: string;
}

export interface LogOptions {
  /** Git's pathspecs; `*` matches any characters. None means the whole repository. */
  paths?: readonly string[];
  /** Epoch milliseconds. */
  since?: number;
  until?: number;
  /** Tells which files each commit changed. */
  files?: boolean;
  /** As `files`, with the object ids of their contents; then a rename shows as a file that goes and one that comes. */
  blobs?: boolean;
  /** Commits that can be reached from here; HEAD where absent. */
  from?: string;
  /** … and not from here. */
  without?: string;
}

const fields = '%H%x1f%P%x1f%cI%x1f%an%x1f%ae%x1f%ce%x1f%s%x1f%(trailers:only,unfold)';
const starts = '\u001e';

/**
 * Commits, the newest first, read while git still looks for more: one process for all of them. A rename shows as one
 * where both names are among `paths`.
 */
export async function* logCommits(root: string, options: LogOptions = {}): AsyncGenerator<LoggedCommit> {
  let commit: LoggedCommit | undefined;
  let status: string | undefined;
  let from: string | undefined;
  for await (const raw of gitPieces(root, logArguments(options))) {
    const piece = raw.replace(/^\n/, '');
    if (piece.startsWith(starts)) {
      if (commit) yield commit;
      commit = readCommit(piece.slice(1));
    } else if (commit && piece !== '') {
      if (status === undefined) status = piece.startsWith(':') ? piece : piece.replace(/\d+$/, '');
      else if ((status === 'R' || status === 'C') && from === undefined) from = piece;
      else {
        commit.files.push(
          status.startsWith(':')
            ? { ...readRaw(status), path: piece }
            : { status, path: piece, ...(from === undefined ? {} : { from }) },
        );
        status = undefined;
        from = undefined;
      }
    }
  }
  if (commit) yield commit;
}

function logArguments({ paths, since, until, files, blobs, from, without }: LogOptions): string[] {
  const seconds = (ms: number) => `@${Math.floor(ms / 1000)}`;
  return [
    'log',
    '-z',
    `--format=${starts}${fields}`,
    ...(files ? ['--name-status', '-c', '-M', '--relative'] : []),
    ...(blobs ? ['--root', '--raw', '--no-abbrev', '-c', '--no-renames', '--relative'] : []),
    ...(since === undefined ? [] : [`--since=${seconds(since)}`]),
    ...(until === undefined ? [] : [`--until=${seconds(until)}`]),
    // All sides of a merge: the one that lost did something, too.
    ...(paths ? ['--full-history'] : []),
    from ?? 'HEAD',
    ...(without === undefined ? [] : [`^${without}`]),
    '--',
    ...(paths ?? []),
  ];
}

function readCommit(text: string): LoggedCommit {
  const [
    id = '',
    parents = '',
    at = '',
    author = '',
    email = '',
    committer = '',
    subject = '',
    trailers = '',
  ] = text.split('\u001f');
  return {
    id,
    parents: parents.split(' ').filter(Boolean),
    at,
    author,
    email,
    committer,
    subject,
    trailers: trailers.split('\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(': ');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 2)]] : [];
    }),
    files: [],
  };
}

/** `:100644 100644 <before> <after> M`; of a merge with as many colons as parents, and a mode and id of each. */
function readRaw(raw: string): Omit<FileStatus, 'path'> {
  const parents = raw.lastIndexOf(':') + 1;
  const words = raw.slice(parents).split(' ');
  const ids = words.slice(parents + 1, -1);
  const there = (id: string | undefined) => id !== undefined && !/^0+$/.test(id);
  const after = ids[parents];
  return {
    status: words.at(-1) as string,
    before: ids.slice(0, parents).filter(there),
    ...(there(after) ? { after: after as string } : {}),
  };
}

/** What each commit changed in these paths, as text: commit id → patch. */
export async function patchesOf(root: string, paths: readonly string[]): Promise<Map<string, string>> {
  const args = ['log', '--format=%x00%H', '-p', '-c', '-M', '--no-color', '--relative', '--full-history'];
  const patches = new Map<string, string>();
  for await (const piece of gitPieces(root, [...args, 'HEAD', '--', ...paths])) {
    if (piece === '') continue;
    const end = piece.indexOf('\n');
    patches.set(piece.slice(0, end), piece.slice(end).replace(/^\n+|\n+$/g, ''));
  }
  return patches;
}
