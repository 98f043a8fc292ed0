import type { Repository } from './repository.js';
import { git } from './run.js';

/**
 * Tells git how to merge files with the attribute `merge=itaca`. It is told in the repository's own settings only; they
 * are not cloned, so every clone is told anew.
 * @param command the program's words, before the names of the three versions
 */
export async function configureMergeDriver({ root }: Repository, command: readonly string[]): Promise<void> {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const settings = {
    'merge.itaca.name': 'Itaca records, field by field',
    // Git quotes the path itself.
    'merge.itaca.driver': `${quoted} %O %A %B %P`,
  };
  for (const [key, value] of Object.entries(settings)) {
    const known = await git(root, ['config', '--local', key]);
    if (known.stdout !== `${value}\n`) await git(root, ['config', '--local', key, value]);
  }
}
