import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { installMergeDriver } from '../install-merge-driver.js';
import { type Check, ok } from './finding.js';

/**
 * Whether `git merge` and `git pull` merge records field by field here. It is proved by a small merge: git takes a
 * driver whose program is missing for one that found nothing to do, and keeps one side without a word.
 */
export async function checkMergeDriver(repository: Repository): Promise<Check> {
  const { stdout } = await git(repository.root, ['config', 'merge.itaca.driver']);
  const driver = stdout.trim();
  if (driver !== '' && merges(driver)) return ok('merge driver', 'records merge field by field');
  const mend = async () => {
    await installMergeDriver(repository);
    return 'git merges records field by field now';
  };
  const fix = 'itaca doctor --fix';
  return driver === ''
    ? {
        check: 'merge driver',
        state: 'warn',
        message: 'git merges records line by line in this clone',
        fix,
        mend,
      }
    : {
        check: 'merge driver',
        state: 'fail',
        message: 'git’s merge driver does not run: it would drop one side',
        fix,
        mend,
      };
}

function merges(driver: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'itaca-driver-'));
  try {
    const [base, ours, theirs] = ['', 'title: Boss\n', 'language: it\n'].map((more, i) => {
      const file = join(folder, String(i));
      writeFileSync(file, `---\nname: A\n${more}---\n`);
      return file;
    }) as [string, string, string];
    const names: Record<string, string> = { O: base, A: ours, B: theirs, P: 'contacts/a-0000000000.md' };
    const line = driver.replace(/%([OABP])/g, (_, letter: string) => `'${names[letter]}'`);
    // As git itself runs it: through the shell.
    const { status } = spawnSync('/bin/sh', ['-c', line], { cwd: folder, stdio: 'ignore' });
    const merged = readFileSync(ours, 'utf8');
    return status === 0 && merged.includes('title: Boss') && merged.includes('language: it');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
