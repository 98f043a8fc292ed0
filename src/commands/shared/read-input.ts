import { readFileSync } from 'node:fs';
import { ItacaError } from '../../domain/error.js';

/**
 * The bytes of a file that a person names; `-` is standard input.
 * @throws ItacaError `not_found`, or `invalid` for what cannot be read
 */
export async function readInput(path: string): Promise<Buffer> {
  if (path === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ItacaError('not_found', `there is no file ${path}`, { cause: error });
    throw new ItacaError('invalid', code === 'EISDIR' ? 'this is a folder, not a file' : message, {
      path,
      cause: error,
    });
  }
}
