import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Repository } from '../../git/repository.js';
import { abandonedLocks } from '../../workspace/lock.js';
import { hasPending } from '../../workspace/pending.js';
import type { Tools } from '../tools.js';
import { exclusively, lockFolder } from '../write.js';
import { type Check, ok } from './finding.js';

const byDoctor = 'itaca doctor --fix';
const oldMs = 10 * 60 * 1000;

/** What crashes left: half-written files, an unfinished bulk write, locks of processes that are gone. */
export async function checkLeftovers(
  root: string,
  repository: Repository | undefined,
  tools: () => Promise<Tools>,
): Promise<Check[]> {
  const locks = await abandonedLocks(lockFolder(root, repository));
  return [
    checkScratch(root),
    checkPending(root, locks.living, tools),
    checkLocks(locks.dead),
    ...(repository ? checkGitLocks(repository) : []),
  ];
}

function checkScratch(root: string): Check {
  const folder = join(root, '.itaca', 'tmp');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const dead = names.filter((name) => !isAlive(Number.parseInt(name, 10)));
  if (dead.length === 0) return ok('temporary files', 'none is left over');
  return {
    check: 'temporary files',
    state: 'warn',
    message: `${dead.length} half-written files of processes that are gone`,
    fix: byDoctor,
    mend: async () => {
      for (const name of dead) rmSync(join(folder, name), { force: true });
      return `${dead.length} half-written files are gone`;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function checkPending(root: string, isWriting: boolean, tools: () => Promise<Tools>): Check {
  if (!hasPending(root) || isWriting) return ok('bulk writes', 'none was interrupted');
  return {
    check: 'bulk writes',
    state: 'warn',
    message: 'one was interrupted; the next command that writes repairs it',
    fix: byDoctor,
    // Taking the lock is what repairs.
    mend: async () => {
      await exclusively(await tools(), async () => {});
      return 'the interrupted bulk write is repaired';
    },
  };
}

function checkLocks(dead: string[]): Check {
  if (dead.length === 0) return ok('locks', 'none is left over');
  return {
    check: 'locks',
    state: 'warn',
    message: `${dead.length} locks of processes that are gone; the next command that needs them takes them over`,
    fix: byDoctor,
    mend: async () => {
      for (const file of dead) rmSync(file, { force: true });
      return `${dead.length} locks of processes that are gone are removed`;
    },
  };
}

/** Git does not say who holds its locks, so only a person may remove them. */
function checkGitLocks({ gitDir, commonDir, branch }: Repository): Check[] {
  const locks = [
    join(gitDir, 'index.lock'),
    ...(branch === undefined ? [] : [join(commonDir, `${branch}.lock`)]),
  ];
  return locks.flatMap((file): Check[] => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat || Date.now() - stat.mtimeMs < oldMs) return [];
    const message = `git’s ${basename(file)} is older than ten minutes: a git command died, or still waits for somebody`;
    return [{ check: 'git lock', state: 'warn', message, fix: `if no git runs here, remove ${file}` }];
  });
}
