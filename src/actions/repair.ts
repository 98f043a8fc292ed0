import { rmSync } from 'node:fs';
import { commitFiles, updateGitIndex } from '../git/commit.js';
import type { Repository } from '../git/repository.js';
import { contentsInHead } from '../git/restore.js';
import { git } from '../git/run.js';
import { restoreFile } from '../workspace/apply.js';
import { insideWorkspace, readOrNull } from '../workspace/files.js';
import { endBulk, finishBulk, type Leftover, leftover } from '../workspace/pending.js';
import type { Tools } from './tools.js';

/** Who commits, where git knows no name, and where its warnings go. */
export function commitOptions(tools: Tools) {
  const { emails, name } = tools.workspace.config.members?.[tools.actor] ?? {};
  return {
    fallbackIdentity: { name: name ?? tools.actor, email: emails?.[0] ?? `${tools.actor}@localhost` },
    warn: tools.warn,
  };
}

/**
 * Finishes what a crash in a bulk write left: whole files are committed, emptied ones restored or taken away; of a
 * write that makes sense only as a whole nothing stays.
 */
export async function repair(root: string, repository: Repository | undefined, tools: Tools): Promise<void> {
  const left = leftover(root);
  if (!left) return;
  if (left.whole && repository?.head) {
    const wasCommitted = (await putBack(root, repository, [...left.done, ...left.torn], tools)) === 0;
    // Killed between its commit and its end, it was complete: running it again would do something else.
    tools.warn(
      wasCommitted && left.done.length > 0
        ? `an earlier "${left.label}" was interrupted after its commit; nothing is missing`
        : `an earlier "${left.label}" was interrupted and taken back; run it again`,
    );
  } else await keep(root, repository, left, tools);
  finishBulk(root);
  tools.workspace.changed();
}

/**
 * Makes files as the last commit has them, and git's index with them.
 * @returns how many were otherwise
 */
async function putBack(root: string, repository: Repository, paths: string[], tools: Tools): Promise<number> {
  let otherwise = 0;
  for await (const { path, content } of contentsInHead(root, paths)) {
    const now = readOrNull(insideWorkspace(root, path));
    if (now === null ? content === null : content?.equals(now)) continue;
    restoreFile(root, path, content);
    otherwise++;
  }
  if (otherwise > 0) endBulk(root);
  await updateGitIndex(repository, paths, tools.warn);
  return otherwise;
}

async function keep(
  root: string,
  repository: Repository | undefined,
  left: Leftover,
  tools: Tools,
): Promise<void> {
  for (const path of left.torn) {
    const restored = repository ? await git(root, ['checkout', 'HEAD', '--', path]) : undefined;
    if (restored?.code !== 0) rmSync(insideWorkspace(root, path), { force: true });
  }
  if (repository && left.done.length > 0 && tools.commit) {
    const files = left.done.map((path) => ({ path, content: readOrNull(insideWorkspace(root, path)) }));
    await commitFiles(repository, files, {
      ...commitOptions(tools),
      subject: `${left.label} (interrupted)`,
      trailers: [
        ['Itaca-Command', left.label],
        ['Itaca-Actor', tools.actor],
      ],
    });
  }
  tools.warn(
    `an earlier "${left.label}" was interrupted: ${left.done.length} files it wrote are kept` +
      `${left.torn.length > 0 ? `, ${left.torn.length} unfinished ones were taken back` : ''}; run it again to complete it`,
  );
}
