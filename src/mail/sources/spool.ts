import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Puts a stream into a temporary file that nobody else may read.
 * @returns the file, the SHA-256 of what it holds, and what removes it
 */
export async function spool(
  input: AsyncIterable<Uint8Array>,
): Promise<{ path: string; sha256: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'itaca-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'input');
  const hash = createHash('sha256');
  try {
    await pipeline(
      input,
      async function* (pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, sha256: hash.digest('hex'), remove };
}
