import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { findWorkspace } from '../workspace/find.js';
import { mergeFile } from '../workspace/merge/merge-file.js';

export interface MergeFiles {
  /** The version both sides began with; empty where there is none. */
  base: string;
  /** Our version; the merge is written here. */
  ours: string;
  theirs: string;
  /** Where the file lies, from the top of the repository. */
  path: string;
}

/**
 * Merges three versions of a file for git.
 * @returns what both sides changed differently; there the written file holds conflict markers
 * @throws ItacaError `invalid` where a version is no text; nothing is written then
 */
export function mergeForGit({ base, ours, theirs, path }: MergeFiles): string[] {
  const before = readText(base, path);
  const merged = mergeFile(pathInWorkspace(path), {
    base: before === '' ? undefined : before,
    ours: readText(ours, path),
    theirs: readText(theirs, path),
  });
  writeFileSync(ours, merged.text);
  return merged.conflicts;
}

/** Git runs a driver at the top of the work tree; the workspace may lie below it. */
function pathInWorkspace(path: string): string {
  const file = resolve(path);
  try {
    return relative(findWorkspace(undefined, dirname(file)), file)
      .split('\\')
      .join('/');
  } catch (error) {
    if (error instanceof ItacaError) return path;
    throw error;
  }
}

function readText(file: string, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw cause;
    throw new ItacaError('invalid', 'this is no text in UTF-8', { path, cause });
  }
}
