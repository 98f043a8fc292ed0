import { readBlobs } from './stream.js';
import { filesOfHead } from './trees.js';

/**
 * Files as the last commit has them; null for what it has not.
 * @param paths relative to the workspace
 */
export async function* contentsInHead(
  root: string,
  paths: readonly string[],
): AsyncGenerator<{ path: string; content: Buffer | null }> {
  const files = await filesOfHead(root);
  const known = paths.filter((path) => files.has(path));
  for (const path of paths) if (!files.has(path)) yield { path, content: null };
  let next = 0;
  for await (const content of readBlobs(
    root,
    known.map((path) => files.get(path) as string),
  ))
    yield { path: known[next++] as string, content };
}
