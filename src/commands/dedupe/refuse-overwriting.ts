import { resolve } from 'node:path';
import { ItacaError } from '../../domain/error.js';

/**
 * Refuses to write over what is read.
 * @throws ItacaError `usage`
 */
export function refuseOverwriting(
  target: string | undefined,
  sources: readonly (string | undefined)[],
): void {
  if (target === undefined) return;
  for (const source of sources) {
    if (source === undefined || resolve(target) !== resolve(source)) continue;
    throw new ItacaError('usage', `${source} itself would be overwritten`, { hint: 'write to another file' });
  }
}
