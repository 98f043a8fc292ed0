import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fsyncFolder, insideWorkspace, writeFileAtomic } from './files.js';

/**
 * The marker of a bulk write. It stands, durable, before the first file is written and goes after the commit; what a
 * crash leaves in between is known by it.
 */
const marker = '.itaca/pending.json';

interface BulkWrite {
  label: string;
  /** Half of it would be wrong: what a crash leaves is put back as the last commit has it, not kept. */
  whole: boolean;
}

interface Pending extends BulkWrite {
  files: [path: string, sha256: string | null][];
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Announces a bulk write. */
export function beginBulk(
  root: string,
  { label, whole }: BulkWrite,
  written: { path: string; content: Buffer | null }[],
): void {
  const pending: Pending = {
    label,
    whole,
    files: written.map(({ path, content }) => [path, content && hash(content)]),
  };
  writeFileAtomic(root, marker, JSON.stringify(pending));
}

/** Makes all files of a bulk write durable at once: one sync of the file system instead of one for every file. */
export function endBulk(root: string): void {
  const { status } = spawnSync('sync', ['-f', root], { stdio: 'ignore' });
  if (status !== 0)
    for (const folder of new Set(readPending(root)?.files.map(([path]) => path) ?? [])) syncOne(root, folder);
}

function syncOne(root: string, path: string): void {
  const file = insideWorkspace(root, path);
  if (existsSync(file)) fsyncFolder(file);
}

/** The bulk write is committed; nothing is left to repair. */
export function finishBulk(root: string): void {
  rmSync(join(root, marker), { force: true });
}

/** Whether a bulk write is under way, or was interrupted. */
export function hasPending(root: string): boolean {
  return existsSync(join(root, marker));
}

function readPending(root: string): Pending | undefined {
  try {
    return JSON.parse(readFileSync(join(root, marker), 'utf8')) as Pending;
  } catch {
    return undefined;
  }
}

/** What an interrupted bulk write left. */
export interface Leftover extends BulkWrite {
  /** Files that hold what was to be written. */
  done: string[];
  /** Files that a crash emptied or kept from being written anew. They must be taken back from git, or away. */
  torn: string[];
}

/**
 * Looks at what an interrupted bulk write left. Call it while holding the lock, before writing anything else.
 * A file whose content is neither what was to be written nor empty was edited since and is left alone.
 */
export function leftover(root: string): Leftover | undefined {
  const pending = readPending(root);
  if (!pending) return undefined;
  const done: string[] = [];
  const torn: string[] = [];
  for (const [path, sha256] of pending.files) {
    const file = insideWorkspace(root, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) {
      if (sha256 === null) done.push(path);
      // Git takes a file away before it writes it anew.
      else if (pending.whole) torn.push(path);
    } else if (sha256 !== null && hash(readFileSync(file)) === sha256) done.push(path);
    else if (stat.size === 0) torn.push(path);
  }
  return { label: pending.label, whole: pending.whole, done, torn };
}
