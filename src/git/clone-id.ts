import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idFromBytes, isId } from '../domain/records/ids.js';
import type { Repository } from './repository.js';

/** The name of this clone among the team's, made once. It lies in git's own folder, so that no clone inherits it. */
export function cloneId({ commonDir }: Repository): string {
  const file = join(commonDir, 'itaca', 'clone-id');
  try {
    const known = readFileSync(file, 'utf8').trim();
    if (isId(known)) return known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const id = idFromBytes(randomBytes(7));
  mkdirSync(join(commonDir, 'itaca'), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${id}\n`);
  return id;
}

/** The ref on the team's remote that remembers the last commit a clone published. */
export function witnessOf(clone: string): string {
  return `refs/itaca/seen/${clone}`;
}
