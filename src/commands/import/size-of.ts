import { stat } from 'node:fs/promises';
import { ItacaError } from '../../domain/error.js';

/**
 * The size of a file in bytes; 0 for standard input.
 * @throws ItacaError `not_found`; `invalid` for what is no file
 */
export async function sizeOf(path: string): Promise<number> {
  if (path === '-') return 0;
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ENOENT' ? 'not_found' : 'invalid';
    throw new ItacaError(code, code === 'not_found' ? `there is no file ${path}` : cause.message, { cause });
  });
  if (found.isDirectory()) throw new ItacaError('invalid', 'this is a folder, not a file', { path });
  return found.size;
}
