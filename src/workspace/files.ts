import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { asWriteError } from '../domain/write-error.js';

/** Folders found to lie in the workspace, so that a bulk write asks once for each. */
const trusted = new Set<string>();

/**
 * The absolute path of a workspace file, refused when it would lead out of the workspace, by `..` or through a
 * symbolic link.
 * @param path relative to the workspace, with `/`
 */
export function insideWorkspace(root: string, path: string): string {
  const file = resolve(root, path);
  if (!`${file}${sep}`.startsWith(`${root}${sep}`)) outside(path);
  const parent = dirname(file);
  if (trusted.has(parent)) return file;
  for (let folder = parent; folder.length >= root.length; folder = dirname(folder)) {
    let real: string;
    try {
      real = realpathSync(folder);
    } catch {
      continue;
    }
    if (real !== join(root, relative(root, folder))) outside(path);
    if (folder === parent) trusted.add(parent);
    break;
  }
  return file;
}

function outside(path: string): never {
  throw new ItacaError('invalid', 'the path leads out of the workspace', { path });
}

const scratchFolders = new Set<string>();
const scratchPrefix = `${process.pid}-${randomBytes(6).toString('hex')}`;
let scratchCount = 0;

/** Where half-written files stand: on the same file system, out of every record folder. */
function scratchFile(root: string): string {
  const folder = join(root, '.itaca', 'tmp');
  if (!scratchFolders.has(folder)) {
    mkdirSync(folder, { recursive: true });
    scratchFolders.add(folder);
  }
  return join(folder, `${scratchPrefix}-${scratchCount++}`);
}

/**
 * Writes a file so that after a crash there is the old one or the new one: temporary file, fsync, rename, fsync of the
 * folder.
 * @param options.durable false leaves the fsync to the caller, for bulk writes
 * @throws ItacaError `invalid` when the disk is full or the folder cannot be written; the old file is whole then
 */
export function writeFileAtomic(
  root: string,
  path: string,
  text: string | Uint8Array,
  options = { durable: true },
): void {
  const file = insideWorkspace(root, path);
  const scratch = scratchFile(root);
  try {
    const fd = openSync(scratch, 'wx', 0o644);
    try {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      if (options.durable) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    try {
      renameSync(scratch, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      mkdirSync(dirname(file), { recursive: true });
      renameSync(scratch, file);
    }
    if (options.durable) fsyncFolder(dirname(file));
  } catch (error) {
    rmSync(scratch, { force: true });
    throw asWriteError(error, path) ?? error;
  }
}

export function fsyncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** What a file holds; null where there is none. */
export function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
