import { gitBytes } from './run.js';

/**
 * Reads files of any commits by the ids of their contents, all in one run of git.
 * @throws Error where one is missing, such as in a partial clone without its remote
 */
export async function readBlobs(root: string, ids: Iterable<string>): Promise<Map<string, Buffer>> {
  const wanted = [...new Set(ids)];
  const blobs = new Map<string, Buffer>();
  if (wanted.length === 0) return blobs;
  const { code, stdout, stderr } = await gitBytes(root, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  if (code !== 0) throw new Error(`git cat-file: ${stderr.trim()}`);
  let at = 0;
  for (const id of wanted) {
    const end = stdout.indexOf(0x0a, at);
    const [, type, size] = stdout.toString('latin1', at, end).split(' ');
    if (type !== 'blob') throw new Error(`git has no file ${id}`);
    at = end + 1 + Number(size);
    blobs.set(id, stdout.subarray(end + 1, at));
    at++;
  }
  return blobs;
}
