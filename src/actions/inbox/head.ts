import { closeSync, openSync, readSync } from 'node:fs';
import { readHeader } from '../../mail/read-header.js';
import { insideWorkspace } from '../../workspace/files.js';

/** So much of a kept message holds its header, in bytes. */
const headBytes = 64 * 1024;

/** Who a kept message is from and what it is called, or the first words of a letter; empty where it is gone. */
export function headOf(root: string, path: string): { from: string | null; subject: string } {
  let head: Buffer;
  try {
    const file = openSync(insideWorkspace(root, path), 'r');
    try {
      head = Buffer.alloc(headBytes);
      head = head.subarray(0, readSync(file, head, 0, headBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { from: null, subject: '' };
  }
  if (!path.endsWith('.eml'))
    return { from: null, subject: head.toString('utf8').trim().split('\n')[0]?.slice(0, 120) ?? '' };
  return { from: readHeader(head, 'from') ?? null, subject: readHeader(head, 'subject') ?? '' };
}
