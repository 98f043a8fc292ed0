import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    if (sign) commit = await signed(root, built, parents, message);
    await moveHead(repository, target, commit, options.subject);
  }
  await updateGitIndex(repository, paths, options.warn);
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

/**
 * Brings the entries of the committed paths in git's index up to date. Where somebody holds the index for long, the
 * paths are noted and caught up with by the next commit; until then git shows them as deleted and untracked at once.
 */
export async function updateGitIndex(
  { root, commonDir }: Repository,
  paths: string[],
  warn: (message: string) => void,
): Promise<void> {
  const note = join(commonDir, 'itaca', 'index-behind');
  const behind = await readFile(note, 'utf8').catch(() => '');
  const list = behind + paths.map((path) => `${path}\0`).join('');
  for (let attempt = 0; ; attempt++) {
    const { code, stderr } = await git(root, ['update-index', '--add', '--remove', '-z', '--stdin'], list);
    if (code === 0) {
      if (behind !== '') await rm(note, { force: true });
      return;
    }
    if (attempt === 20 || !stderr.includes('index.lock')) {
      await mkdir(dirname(note), { recursive: true });
      await writeFile(note, list);
      warn(
        `committed, but another git holds the index: do not commit by hand before the next itaca command catches up`,
      );
      return;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}
