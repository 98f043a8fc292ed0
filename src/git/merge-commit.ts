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
import type { Repository } from './repository.js';
import { git } from './run.js';

/**
 * Commits a merge that was worked out beforehand, and brings branch, index and working tree to it. What the user staged,
 * changed or left untracked stays as it is.
 * @param files what the merged tree holds otherwise than ours
 * @returns the merge's commit id
 * @throws ItacaError `conflict` where the merge would write over files that are not committed; nothing is changed then
 */
export async function commitMerge(
  { root, head }: Repository,
  theirs: string,
  files: Iterable<ImportedFile>,
  options: CommitOptions,
): Promise<string> {
  const target = `refs/itaca/new/${process.pid}`;
  const message = messageOf(options.subject, options.trailers);
  const [committer, sign] = await Promise.all([
    committerOf(root, options.fallbackIdentity),
    wantsSignature(root),
  ]);
  const parents = [head as string, theirs];
  let commit = await importCommit(root, files, { target, message, committer, parents });
  try {
    if (sign) commit = await signed(root, commit, parents, message);
    await fastForward(root, commit);
  } finally {
    await git(root, ['update-ref', '-d', target]);
  }
  return commit;
}

/**
 * Builds a commit that no branch or ref leads to.
 * @param files laid over the first parent's tree
 */
export async function importLooseCommit(
  root: string,
  files: Iterable<ImportedFile>,
  parents: string[],
): Promise<string> {
  const target = `refs/itaca/new/${process.pid}`;
  const committer = await committerOf(root, { name: 'itaca', email: 'itaca@localhost' });
  try {
    return await importCommit(root, files, { target, message: 'a common past\n', committer, parents });
  } finally {
    await git(root, ['update-ref', '-d', target]);
  }
}

/**
 * Moves the branch forward to a commit that follows it, with index and working tree.
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
