import { ItacaError } from '../domain/error.js';
import type { CommitOptions } from './commit.js';
import {
  committerOf,
  type ImportedFile,
  importCommit,
  messageOf,
  signed,
  wantsSignature,
} from './import-commit.js';
import { git } from './run.js';

/**
 * Builds a commit that no branch or ref leads to; working tree and index stay as they are.
 * @param files laid over the first parent's tree
 * @returns the commit id
 */
export async function buildCommit(
  root: string,
  files: Iterable<ImportedFile>,
  parents: string[],
  options: Omit<CommitOptions, 'warn'>,
): Promise<string> {
  const target = `refs/itaca/new/${process.pid}`;
  const message = messageOf(options.subject, options.trailers);
  const [committer, sign] = await Promise.all([
    committerOf(root, options.fallbackIdentity),
    wantsSignature(root),
  ]);
  try {
    const commit = await importCommit(root, files, { target, message, committer, parents });
    return sign ? await signed(root, commit, parents, message) : commit;
  } finally {
    await git(root, ['update-ref', '-d', target]);
  }
}

/**
 * Moves the branch forward to a commit that follows it, with index and working tree. What the user staged, changed or
 * left untracked stays as it is.
 * @throws ItacaError `conflict` where that would write over files that are not committed; nothing is changed then
 */
export async function fastForward(root: string, commit: string): Promise<void> {
  // The branch's own commit is signed where commits are; the team's need not be.
  const { code, stderr } = await git(root, [
    '-c',
    'merge.verifySignatures=false',
    'merge',
    '-q',
    '--ff-only',
    commit,
  ]);
  if (code === 0) return;
  const files = stderr.split('\n').flatMap((line) => (line.startsWith('\t') ? [line.trim()] : []));
  if (files.length === 0) {
    const lock = /'(.*index\.lock)'/.exec(stderr)?.[1];
    throw new ItacaError(
      'conflict',
      `git could not merge: ${stderr.trim().split('\n')[0]}`,
      lock ? { hint: `another git is at work, or one died: if none runs here, remove ${lock}` } : {},
    );
  }
  throw new ItacaError(
    'conflict',
    `the team changed what is not committed here: ${files.slice(0, 5).join(', ')}`,
    {
      hint: 'commit or stash these files, then run itaca sync again',
      path: files[0] as string,
    },
  );
}
