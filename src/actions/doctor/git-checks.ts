import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { tuneRepository, untuned } from '../../git/tune.js';
import { checkMergeDriver } from './driver-check.js';
import { type Check, ok } from './finding.js';

/** `git rev-parse --path-format` came with it. */
const oldestGit = [2, 31] as const;

const byDoctor = 'itaca doctor --fix';

/** Git itself, and whether the workspace has a history. */
export async function checkGit(root: string, repository: Repository | undefined): Promise<Check[]> {
  const { code, stdout } = await git(root, ['--version']);
  if (code !== 0) {
    const message = 'git is not installed: no history, no undo, no sync';
    return [{ check: 'git', state: 'warn', message, fix: 'install git' }];
  }
  const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1]);
  const installed: Check = isOld
    ? { check: 'git', state: 'fail', message: `git ${version} is too old`, fix: 'install git 2.31 or later' }
    : ok('git', `git ${version}`);
  if (!repository) {
    const message = 'the workspace is not in a git repository: no history, no undo, no sync';
    const fix = 'git init, then git add . and git commit';
    return [installed, { check: 'repository', state: 'warn', message, fix }];
  }
  const where = repository.prefix === '' ? '' : `, in the folder ${repository.prefix}`;
  return [
    installed,
    ok('repository', `${repository.branch?.replace('refs/heads/', '') ?? 'a detached HEAD'}${where}`),
    ...(await Promise.all([
      checkIdentity(root),
      checkTuning(root),
      checkLineEndings(root),
      checkMergeDriver(repository),
    ])),
  ];
}

async function checkIdentity(root: string): Promise<Check> {
  const [name, email] = await Promise.all(['user.name', 'user.email'].map((key) => setting(root, key)));
  if (name && email) return ok('identity', `${name} <${email}>`);
  return {
    check: 'identity',
    state: 'warn',
    message: 'git does not know who you are; commits bear the name of the member who acts',
    fix: 'git config --global user.name "…" and git config --global user.email "…"',
  };
}

async function checkTuning(root: string): Promise<Check> {
  const missing = await untuned(root);
  if (missing.length === 0) return ok('speed', 'git’s untracked cache and index version 4 are on');
  return {
    check: 'speed',
    state: 'warn',
    message: `git is slower over many files than it need be: ${missing.join(', ')}`,
    fix: byDoctor,
    mend: async () => {
      await tuneRepository(root);
      return 'git’s untracked cache and index version 4 are on now';
    },
  };
}

/** Git that converts line endings would change records, and the hash of what somebody signed. */
async function checkLineEndings(root: string): Promise<Check> {
  const [converts, attribute] = await Promise.all([
    setting(root, 'core.autocrlf'),
    git(root, ['check-attr', '-z', 'text', '--', 'contacts/x.md']),
  ]);
  const isOff = !converts || converts === 'false';
  if (isOff || attribute.stdout.split('\0')[2] === 'unset')
    return ok('line endings', 'git leaves them alone');
  return {
    check: 'line endings',
    state: 'warn',
    message: `core.autocrlf is ${converts}: git would convert the line endings of records`,
    fix: byDoctor,
    mend: async () => {
      await git(root, ['config', 'core.autocrlf', 'false']);
      return 'core.autocrlf is false now in this repository';
    },
  };
}

async function setting(root: string, key: string): Promise<string> {
  return (await git(root, ['config', '--get', key])).stdout.trim();
}
