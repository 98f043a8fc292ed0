import {
  commitFailed,
  committerOf,
  type ImportedFile,
  importCommit,
  messageOf,
  signed,
  wantsSignature,
} from './import-commit.js';
import { operationUnderWay, type Repository } from './repository.js';
import { git } from './run.js';

export interface CommitFile {
  /** Relative to the workspace, with `/`. */
  path: string;
  /** What the file holds; null where it was removed. */
  content: Buffer | string | null;
}

export interface CommitOptions {
  /** First line of the message, then trailers. */
  subject: string;
  trailers: [string, string][];
  /** Stands in where git knows no name and address. */
  fallbackIdentity: { name: string; email: string };
  warn: (message: string) => void;
}

/**
 * Commits exactly these files on top of HEAD, and nothing that the user staged: `git fast-import` builds the commit
 * from the parent's tree, then the entries of the written paths alone are brought up to date in git's index. It costs
 * the same in a folder of ten files and of a hundred thousand. Pre-commit hooks are not run.
 * @returns the commit id; undefined where git is busy with a merge or rebase and nothing was committed
 */
export async function commitFiles(
  repository: Repository,
  files: Iterable<CommitFile>,
  options: CommitOptions,
): Promise<string | undefined> {
  const busy = operationUnderWay(repository);
  if (busy) {
    options.warn(
      `a ${busy} is under way: the files are written but not committed; finish it, then commit them`,
    );
    return undefined;
  }
  const { root, head } = repository;
  const [committer, sign] = await Promise.all([
    committerOf(root, options.fallbackIdentity),
    wantsSignature(root),
  ]);
  const direct = repository.branch !== undefined && !sign;
  const target = direct ? (repository.branch as string) : `refs/itaca/new/${process.pid}`;
  const paths: string[] = [];
  const named = function* (): Generator<ImportedFile> {
    for (const { path, content } of files) {
      paths.push(path);
      yield { name: `${repository.prefix}${path}`, content };
    }
  };
  const message = messageOf(options.subject, options.trailers);
  const parents = head ? [head] : [];
  let commit = await importCommit(root, named(), { target, message, committer, parents });
  if (!direct) {
    const built = commit;
    if (sign) commit = await signed(root, built, parents, message, options.warn);
    await moveHead(repository, target, commit, options.subject);
  }
  await updateGitIndex(root, paths, options.warn);
  return commit;
}

/** For a detached HEAD, or where the signed commit is another than the one that was built. */
async function moveHead(
  { root, head }: Repository,
  temporary: string,
  commit: string,
  subject: string,
): Promise<void> {
  const moved = await git(root, ['update-ref', '-m', `itaca: ${subject}`, 'HEAD', commit, head ?? '']);
  await git(root, ['update-ref', '-d', temporary]);
  if (moved.code !== 0) throw commitFailed(moved.stderr);
}

async function updateGitIndex(root: string, paths: string[], warn: (message: string) => void): Promise<void> {
  const list = paths.map((path) => `${path}\0`).join('');
  for (let attempt = 0; ; attempt++) {
    const { code, stderr } = await git(root, ['update-index', '--add', '--remove', '-z', '--stdin'], list);
    if (code === 0) return;
    if (attempt === 20 || !stderr.includes('index.lock')) {
      warn(`committed, but git's index was not updated: ${stderr.trim().split('\n')[0]}; run: git reset -q`);
      return;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}
