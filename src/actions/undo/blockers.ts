import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { entryOf } from '../../domain/history/entry.js';
import { short } from '../../domain/history/undo-target.js';
import { idOfPath } from '../../domain/records/ids.js';
import { kindOfPath } from '../../domain/records/kind-names.js';
import { logCommits } from '../../git/log.js';
import { git } from '../../git/run.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { Workspace } from '../../workspace/workspace.js';

const askedPaths = 50;
const shownCommits = 3;

/** The commits after one that changed these files, in words: `contact set (anna, 2026-11-20, 1a2b3c4d5e)`. */
export async function laterCommits(
  workspace: Workspace,
  commit: string,
  paths: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const literal = paths.slice(0, askedPaths).map((path) => `:(literal)${path}`);
  for await (const logged of logCommits(workspace.root, { without: commit, paths: literal })) {
    const { command, actor, at } = entryOf(logged, workspace.config.members);
    if (found.length === shownCommits) return [...found, '…'];
    found.push(`${command} (${actor}, ${at.slice(0, 10)}, ${short(logged.id)})`);
  }
  return found;
}

/** Files that do not hold what the last commit says: somebody edited them, and has not committed that. */
export function editedByHand(root: string, files: readonly { path: string; now: string | null }[]): string[] {
  return files.flatMap(({ path, now }) => (blobId(insideWorkspace(root, path), now) === now ? [] : [path]));
}

/** A file's object id in git; null where there is no file. */
function blobId(file: string, like: string | null): string | null {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile()) return '';
  const bytes = readFileSync(file);
  return createHash(like?.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/**
 * What refers to records that would go away: other records, and ledgers such as the journal of a send.
 * @param touched files that the undo itself changes
 */
export async function dependents(
  workspace: Workspace,
  removed: readonly string[],
  touched: ReadonlySet<string>,
): Promise<string[]> {
  const ids = removed.flatMap((path) => (kindOfPath(path) && idOfPath(path)) || []);
  if (ids.length === 0) return [];
  const index = await workspace.index();
  const rows = index.db
    .prepare(
      `select distinct r.path from refs f join records r on r.rid = f.rid
       where f.target in (select value from json_each(?)) order by r.path`,
    )
    .all(JSON.stringify(ids)) as { path: string }[];
  const { stdout } = await git(workspace.root, ['ls-files', '-z', '-c', '-o', '--', '*.jsonl']);
  const ledgers = stdout.split('\0').filter(Boolean);
  const gone = new Set(ids);
  return [
    ...rows.map(({ path }) => path),
    ...ledgers.filter((path) => mentions(workspace.root, path, gone)),
  ].filter((path) => !touched.has(path));
}

function mentions(root: string, path: string, ids: ReadonlySet<string>): boolean {
  let text: string;
  try {
    text = `${path}\n${readFileSync(insideWorkspace(root, path), 'utf8')}`;
  } catch {
    // A ledger that is gone or cannot be read is not undo's business; check tells of it.
    return false;
  }
  for (const [id] of text.matchAll(/(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{10}(?![0-9a-z])/g))
    if (ids.has(id)) return true;
  return false;
}
