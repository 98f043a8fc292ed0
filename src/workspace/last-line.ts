import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isJournal } from '../domain/sending/journal-line.js';

const tailBytes = 16 * 1024;

/**
 * When the last line was written in the journals of a folder, by their ends alone: it costs the same for ten lines and
 * for a million.
 * @param folder absolute path of a campaign's `sends/`; it need not exist
 * @returns epoch milliseconds; -Infinity where there is no line, Infinity where the end of a journal cannot be read
 */
export async function lastLineAt(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let last = Number.NEGATIVE_INFINITY;
  for (const name of names.filter(isJournal)) last = Math.max(last, await endOf(join(folder, name)));
  return last;
}

async function endOf(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    // What a crash left after the last whole line is no line.
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1);
    const line = lines.at(-1);
    if (line === undefined) return size === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const at = Date.parse(String((JSON.parse(line) as { at?: unknown }).at));
    return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
  } catch (error) {
    // Whoever reads it whole tells what is wrong with it.
    if (error instanceof SyntaxError || error instanceof TypeError) return Number.POSITIVE_INFINITY;
    throw error;
  } finally {
    await file.close();
  }
}
