import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { ItacaError } from '../domain/error.js';
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
  const [identity, signing] = await Promise.all([
    git(root, ['var', 'GIT_COMMITTER_IDENT']),
    git(root, ['config', '--type=bool', 'commit.gpgsign']),
  ]);
  const signed = signing.stdout.trim() === 'true';
  const direct = repository.branch !== undefined && !signed;
  const target = direct ? (repository.branch as string) : `refs/itaca/new/${process.pid}`;
  const paths: string[] = [];
  const stream = new PassThrough();
  const running = git(root, ['fast-import', '--quiet', '--done', '--date-format=raw-permissive'], stream);
  const message = messageOf(options);
  const write = async (chunk: string | Buffer) => {
    if (!stream.write(chunk)) await once(stream, 'drain');
  };
  await write(
    `commit ${target}\nmark :1\ncommitter ${committerOf(identity, options.fallbackIdentity)}\n` +
      `data ${Buffer.byteLength(message)}\n${message}\n${head ? `from ${head}\n` : ''}`,
  );
  for (const { path, content } of files) {
    const name = `${repository.prefix}${path}`;
    paths.push(path);
    const quoted = /["\n\\]/.test(name) ? JSON.stringify(name) : name;
    if (content === null) await write(`D ${quoted}\n`);
    else {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      await write(
        Buffer.concat([
          Buffer.from(`M 100644 inline ${quoted}\ndata ${bytes.length}\n`),
          bytes,
          Buffer.from('\n'),
        ]),
      );
    }
  }
  stream.end('\nget-mark :1\ndone\n');
  const imported = await running;
  if (imported.code !== 0) throw commitFailed(imported.stderr);
  let commit = imported.stdout.trim();
  if (!direct) commit = await moveHead(repository, target, commit, message, signed, options);
  await updateGitIndex(repository, paths, options.warn);
  return commit;
}

function messageOf({ subject, trailers }: CommitOptions): string {
  // A line break in a value would forge a trailer.
  const lines = trailers.map(([key, value]) => `${key}: ${value.replace(/\s+/g, ' ')}`);
  return `${subject.replace(/\s+/g, ' ').trim()}\n\n${lines.join('\n')}\n`;
}

function committerOf(
  identity: { code: number; stdout: string },
  fallback: { name: string; email: string },
): string {
  if (identity.code === 0) return identity.stdout.trim();
  const clean = (text: string) => text.replace(/[<>\n]/g, ' ').trim();
  const seconds = Math.floor(Date.now() / 1000);
  const minutes = -new Date().getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
  return `${clean(fallback.name)} <${clean(fallback.email)}> ${seconds} ${zone}`;
}

/** For a detached HEAD, or where commits are signed (`git commit-tree` does that, fast-import does not). */
async function moveHead(
  { root, head }: Repository,
  temporary: string,
  built: string,
  message: string,
  signed: boolean,
  { subject }: CommitOptions,
): Promise<string> {
  let commit = built;
  if (signed) {
    const parents = head ? ['-p', head] : [];
    const made = await git(root, ['commit-tree', '-S', ...parents, '-F', '-', `${built}^{tree}`], message);
    if (made.code !== 0) {
      await git(root, ['update-ref', '-d', temporary]);
      throw commitFailed(`it could not be signed: ${made.stderr.trim()}`);
    }
    commit = made.stdout.trim();
  }
  const moved = await git(root, ['update-ref', '-m', `itaca: ${subject}`, 'HEAD', commit, head ?? '']);
  await git(root, ['update-ref', '-d', temporary]);
  if (moved.code !== 0) throw commitFailed(moved.stderr);
  return commit;
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

function commitFailed(stderr: string): ItacaError {
  return new ItacaError(
    'conflict',
    `the files are written, but git did not commit them: ${stderr.trim().split('\n')[0]}`,
    {
      hint: 'look at git status, then commit them by hand',
    },
  );
}
