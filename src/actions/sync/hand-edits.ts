import { lstatSync } from 'node:fs';
import { idOfPath } from '../../domain/records/ids.js';
import { folders, kindOfPath } from '../../domain/records/kind-names.js';
import { commitFiles } from '../../git/commit.js';
import type { Repository } from '../../git/repository.js';
import { uncommittedFiles } from '../../git/working-tree.js';
import { erasuresFolder } from '../../workspace/erasures.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import { configFile } from '../../workspace/find.js';
import { commitOptions } from '../repair.js';
import type { Tools } from '../tools.js';
import { commitTrailers } from '../write.js';

/** What makes up a workspace. Whatever else lies in the repository is committed by whoever put it there. */
export const workspacePaths = [
  configFile,
  ...Object.values(folders),
  'processes',
  'calendars',
  'segments',
  'sequences',
  'notices',
  'flushes',
  'inbox',
  'attachments/mail',
  erasuresFolder,
];

/** Whether a file, by its path in the workspace, is one of the workspace's own. */
export function isOwn(path: string): boolean {
  return workspacePaths.some((own) => path === own || path.startsWith(`${own}/`));
}

/**
 * Commits what was written by hand since the last command, as one commit. Also where `commit: manual` is set: what is
 * not committed cannot be shared.
 * @returns the files that are committed, or with `dryRun` would be
 */
export async function commitHandEdits(repository: Repository, tools: Tools): Promise<string[]> {
  const { root } = repository;
  const changed = await uncommittedFiles(repository, workspacePaths);
  const paths = changed.filter((path) => {
    const stat = lstatSync(insideWorkspace(root, path), { throwIfNoEntry: false });
    // Hidden files are half-written ones of editors and of Itaca; a link could lead out of the workspace.
    return !path.split('/').some((part) => part.startsWith('.')) && (!stat || stat.isFile());
  });
  if (tools.dryRun || paths.length === 0) return paths;
  const records = paths.flatMap((path) => (kindOfPath(path) ? (idOfPath(path) ?? []) : []));
  const files = function* () {
    for (const path of paths) yield { path, content: readOrNull(insideWorkspace(root, path)) };
  };
  await commitFiles(repository, files(), {
    ...commitOptions(tools),
    subject: 'hand edits',
    trailers: commitTrailers(records, tools),
  });
  return paths;
}
