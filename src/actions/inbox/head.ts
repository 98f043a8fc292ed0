import { closeSync, openSync, readSync } from 'node:fs';
import { readHeader } from '../../mail/read-header.js';
import { insideWorkspace } from '../../workspace/files.js';
import { isTyped, placeName, typedText } from './letter.js';

/** So much of a kept message holds its header, in bytes. */
const headBytes = 64 * 1024;

/** So much of what was typed of a letter is its subject, in characters. */
const longestSubject = 120;

/**
 * Who a kept message is from and what it is called; of a letter the first words that were typed of it, or the name of its
 * scan; empty where it is gone.
 * @param path in the workspace
 * @param place where it lay in its source, which has the name of a scan
 */
export function headOf(root: string, path: string, place = ''): { from: string | null; subject: string } {
  const head = beginning(insideWorkspace(root, path));
  if (head === undefined) return { from: null, subject: '' };
  if (path.endsWith('.eml'))
    return { from: readHeader(head, 'from') ?? null, subject: readHeader(head, 'subject') ?? '' };
  const name = placeName(place);
  const words = isTyped({ file: name ?? path }) ? typedText(head)?.trim().split('\n')[0] : undefined;
  return { from: null, subject: words?.trim().slice(0, longestSubject) || (name ?? '') };
}

/** The first bytes of a file; undefined where it is gone. */
function beginning(path: string): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(headBytes);
      return head.subarray(0, readSync(file, head, 0, headBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
