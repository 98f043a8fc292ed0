import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { idOfPath } from '../../domain/records/ids.js';
import { folders, type Kind } from '../../domain/records/kind-names.js';
import { shardFrom } from '../../domain/records/place.js';
import type { Repository } from '../../git/repository.js';
import { trackedFiles, workingTree } from '../../git/working-tree.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { exclusively, write } from '../write.js';
import { type Check, ok } from './finding.js';

/** Folders that hold too many records side by side: git rewrites the whole list with each commit. */
export function checkLayout(
  root: string,
  repository: Repository | undefined,
  tools: () => Promise<Tools>,
): Check {
  const large = flatFolders(root).filter(({ count }) => count > shardFrom);
  if (large.length === 0) return ok('layout', `no folder holds more than ${shardFrom} records`);
  const message = large
    .map(({ folder, count }) => `${folder}/ holds ${count} records side by side`)
    .join('; ');
  if (!repository)
    return { check: 'layout', state: 'warn', message, fix: 'git init, then itaca doctor --fix' };
  return {
    check: 'layout',
    state: 'warn',
    message: `${message}: each commit is slow`,
    fix: 'itaca doctor --fix',
    mend: async () =>
      spread(
        large.map(({ folder }) => folder),
        await tools(),
      ),
  };
}

function flatFolders(root: string): { folder: string; count: number }[] {
  const count = (folder: string) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).length
      : 0;
  const kinds = (Object.keys(folders) as Kind[]).filter(
    (kind) => kind !== 'campaign' && kind !== 'interaction',
  );
  const months = subfolders(root, folders.interaction).flatMap((year) => subfolders(root, year));
  return [...kinds.map((kind) => folders[kind]), ...months].map((folder) => ({
    folder,
    count: count(folder),
  }));
}

function subfolders(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => `${folder}/${name}`);
}

/** Moves the records of these folders one level down, in one commit. What is not committed yet stays where it is. */
async function spread(flat: readonly string[], tools: Tools): Promise<string> {
  const { root } = tools.workspace;
  return exclusively(tools, async () => {
    const tree = await workingTree(root);
    if (!tree)
      throw new ItacaError('conflict', 'git cannot tell what is not committed; the layout stays as it is');
    const committed = await trackedFiles(root);
    for (const path of tree.dirty) committed.delete(path);
    const days = await daysOfInteractions(tools);
    const moves = flat.flatMap((folder) =>
      readdirSync(join(root, folder))
        .map((name) => `${folder}/${name}`)
        .filter((path) => path.endsWith('.md') && committed.has(path))
        .flatMap((from) => {
          const shelf =
            days.get(from) ?? (from.startsWith('interactions/') ? '' : idOfPath(from)?.slice(0, 2));
          return shelf ? [{ from, to: `${folder}/${shelf}/${basename(from)}` }] : [];
        })
        .filter(({ to }) => !existsSync(join(root, to))),
    );
    await tools.confirm(`Move ${moves.length} records into subfolders?`);
    const changes = moves.flatMap(({ from, to }): Change[] => [
      { op: 'restore', path: to, content: readFileSync(insideWorkspace(root, from)) },
      { op: 'restore', path: from, content: null },
    ]);
    await write(changes, { subject: `doctor: ${moves.length} records moved`, whole: true }, tools);
    return `${moves.length} records are in subfolders now`;
  });
}

/** The day of each interaction, by which it is shelved. */
async function daysOfInteractions({ workspace }: Tools): Promise<Map<string, string>> {
  const index = await workspace.index();
  const rows = index.db
    .prepare(`select path, json_extract(data, '$.at') as at from records where kind = 'interaction'`)
    .all() as { path: string; at: unknown }[];
  return new Map(
    rows.flatMap(({ path, at }): [string, string][] =>
      typeof at === 'string' && /^\d{4}-\d{2}-\d{2}/.test(at) ? [[path, at.slice(8, 10)]] : [],
    ),
  );
}
