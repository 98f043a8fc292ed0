import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { ItacaError } from '../domain/error.js';
import { git } from './run.js';

/** A file of a commit, by its path from the top of the repository. */
export interface ImportedFile {
  name: string;
  /** Its bytes; a blob that the repository holds already; or null where the file goes away. */
  content: Buffer | string | { mode: string; blob: string } | null;
}

export interface ImportOptions {
  /** Full name of the ref that is to point to the commit. */
  target: string;
  message: string;
  /** As `git var GIT_COMMITTER_IDENT` prints it. */
  committer: string;
  /** The files are laid over the first parent's tree. */
  parents: string[];
}

/**
 * Builds a commit with `git fast-import`. It costs the same in a folder of ten files and of a hundred thousand, and
 * touches neither the working tree nor git's index.
 * @returns the commit id
 * @throws ItacaError `conflict` with git's own words
 */
export async function importCommit(
  root: string,
  files: Iterable<ImportedFile>,
  { target, message, committer, parents }: ImportOptions,
): Promise<string> {
  const stream = new PassThrough();
  const running = git(root, ['fast-import', '--quiet', '--done', '--date-format=raw-permissive'], stream);
  const write = async (chunk: string | Buffer) => {
    if (!stream.write(chunk)) await once(stream, 'drain');
  };
  const from = parents.map((parent, i) => `${i === 0 ? 'from' : 'merge'} ${parent}\n`).join('');
  await write(
    `commit ${target}\nmark :1\ncommitter ${committer}\n` +
      `data ${Buffer.byteLength(message)}\n${message}\n${from}`,
  );
  for (const { name, content } of files) {
    const quoted = /["\n\\]/.test(name) ? JSON.stringify(name) : name;
    if (content === null) await write(`D ${quoted}\n`);
    else if (typeof content === 'string' || Buffer.isBuffer(content)) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const head = Buffer.from(`M 100644 inline ${quoted}\ndata ${bytes.length}\n`);
      await write(Buffer.concat([head, bytes, Buffer.from('\n')]));
    } else await write(`M ${content.mode} ${content.blob} ${quoted}\n`);
  }
  stream.end('\nget-mark :1\ndone\n');
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw commitFailed(stderr);
  return stdout.trim();
}

/** A commit's message: one line, then trailers. */
export function messageOf(subject: string, trailers: readonly [string, string][]): string {
  // A line break in a value would forge a trailer.
  const lines = trailers.map(([key, value]) => `${key}: ${value.replace(/\s+/g, ' ')}`);
  return `${subject.replace(/\s+/g, ' ').trim()}\n\n${lines.join('\n')}\n`;
}

/** Who commits: as git knows him, else the one who stands in for him. */
export async function committerOf(root: string, fallback: { name: string; email: string }): Promise<string> {
  const identity = await git(root, ['var', 'GIT_COMMITTER_IDENT']);
  if (identity.code === 0) return identity.stdout.trim();
  const clean = (text: string) => text.replace(/[<>\n]/g, ' ').trim();
  const seconds = Math.floor(Date.now() / 1000);
  const minutes = -new Date().getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
  return `${clean(fallback.name)} <${clean(fallback.email)}> ${seconds} ${zone}`;
}

export async function wantsSignature(root: string): Promise<boolean> {
  return (await git(root, ['config', '--type=bool', 'commit.gpgsign'])).stdout.trim() === 'true';
}

/**
 * The same commit with a signature: `git commit-tree` signs, fast-import does not.
 * @returns the commit as it was, with a warning, where it cannot be signed
 */
export async function signed(
  root: string,
  built: string,
  parents: readonly string[],
  message: string,
): Promise<string> {
  const flags = parents.flatMap((parent) => ['-p', parent]);
  const made = await git(root, ['commit-tree', '-S', ...flags, '-F', '-', `${built}^{tree}`], message);
  if (made.code !== 0) throw commitFailed(`it could not be signed: ${made.stderr.trim()}`);
  return made.stdout.trim();
}

export function commitFailed(stderr: string): ItacaError {
  // A git that is killed leaves the lock of the branch behind, and no other git takes it over.
  const lock = /'([^'\n]+\.lock)': File exists/.exec(stderr)?.[1];
  return new ItacaError(
    'conflict',
    `the files are written, but git did not commit them: ${stderr.trim().split('\n')[0]}`,
    {
      hint: lock
        ? `if no git runs here, remove ${lock}; then commit them by hand`
        : 'look at git status, then commit them by hand',
    },
  );
}
