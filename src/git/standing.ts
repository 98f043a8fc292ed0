import { basename, dirname } from 'node:path';
import { git } from './run.js';

/**
 * How git stands to a file: it is `tracked`; it is `ignored`; it is `untracked`, and the next `git add .` would take it;
 * or it lies in no work tree.
 */
export type Standing = 'tracked' | 'ignored' | 'untracked' | 'outside';

/** @param file absolute path, whose symbolic links were followed */
export async function standingOf(file: string): Promise<Standing> {
  const [folder, name] = [dirname(file), basename(file)];
  const place = await git(folder, ['rev-parse', '--is-inside-work-tree']);
  if (place.code !== 0 || place.stdout.trim() !== 'true') return 'outside';
  const [tracked, ignored] = await Promise.all([
    git(folder, ['ls-files', '--error-unmatch', '--', `:(literal)${name}`]),
    git(folder, ['check-ignore', '-q', '--', name]),
  ]);
  if (tracked.code === 0) return 'tracked';
  return ignored.code === 0 ? 'ignored' : 'untracked';
}
