import { hasConflictMarkers } from '../../domain/merge/conflict-markers.js';
import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { treeChanges } from '../../git/tree-changes.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { Problem } from '../../workspace/index/row.js';
import type { Tools } from '../tools.js';
import { isOwn } from './hand-edits.js';

/** A conflict in a file of the workspace. */
export interface Standing {
  path: string;
  /** 1-based line of the first marker. */
  line: number;
}

/** Conflicts that are to be resolved before anything is published. */
export async function conflictsSince(
  repository: Repository,
  published: string | undefined,
): Promise<Standing[]> {
  const paths = await ownChanges(repository, published);
  return paths.flatMap((path) => {
    const text = readOrNull(insideWorkspace(repository.root, path))?.toString();
    if (text === undefined || !hasConflictMarkers(text)) return [];
    const line = text.slice(0, text.search(/^<{7} /m)).split('\n').length;
    return [{ path, line }];
  });
}

/** What is wrong with records that are to be published; what the team has already is the team's business. */
export async function problemsSince(
  repository: Repository,
  published: string | undefined,
  tools: Tools,
): Promise<Problem[]> {
  const paths = new Set(await ownChanges(repository, published));
  if (paths.size === 0) return [];
  const index = await tools.workspace.index();
  return index.problems().filter(({ path }) => paths.has(path));
}

/** Files of the workspace that the branch has otherwise than the team, relative to the workspace. */
async function ownChanges(
  { root, prefix, head }: Repository,
  published: string | undefined,
): Promise<string[]> {
  const before = published ?? (await emptyTree(root));
  const changes = await treeChanges(root, before, head as string);
  return changes.flatMap(({ after }) => {
    const path = after?.path.startsWith(prefix) ? after.path.slice(prefix.length) : '';
    return isOwn(path) ? [path] : [];
  });
}

async function emptyTree(root: string): Promise<string> {
  return (await git(root, ['hash-object', '-t', 'tree', '--stdin'], '')).stdout.trim();
}
