import { configureMergeDriver } from '../git/merge-driver.js';
import type { Repository } from '../git/repository.js';
import { packaged } from './packaged.js';

/** Lets `git merge` and `git pull` in this clone merge records as `sync` does. */
export async function installMergeDriver(repository: Repository): Promise<void> {
  await configureMergeDriver(repository, [process.execPath, packaged('bin', 'itaca.js'), 'merge-file']);
}
