import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { findRepository } from './repository.js';
import { git } from './run.js';

/**
 * Lets git check what is staged before each commit. A hook that is there already stays as it is.
 * @param launcher the program's file, absolute
 * @param warn told why no hook was written
 */
export async function installHook(
  root: string,
  launcher: string,
  warn: (message: string) => void,
): Promise<void> {
  const repository = await findRepository(root);
  if (!repository) return warn('no hook was written: this is no git repository');
  const { stdout } = await git(root, ['rev-parse', '--git-path', 'hooks']);
  const folder = stdout.trim();
  const file = join(isAbsolute(folder) ? folder : join(root, folder), 'pre-commit');
  const script = hookScript(process.execPath, launcher, repository.prefix);
  if (existsSync(file)) {
    if (readFileSync(file, 'utf8') === script) return;
    const line = script.trimEnd().split('\n').at(-1);
    return warn(
      `the hook ${relative(root, file)} is kept as it is; to have it check what is staged, add: ${line}`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, script, { mode: 0o755 });
}

/** Git runs hooks at the top of the work tree, where the workspace may be a folder further down. */
function hookScript(node: string, launcher: string, prefix: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh
# Written by itaca init --hooks: a commit that would break the workspace is refused; git commit --no-verify goes past it.
# The index that is being committed may be named relative to this folder.
case "$GIT_INDEX_FILE" in ''|/*) ;; *) GIT_INDEX_FILE="$PWD/$GIT_INDEX_FILE"; export GIT_INDEX_FILE ;; esac
exec ${quoted(node)} ${quoted(launcher)} -C ${quoted(prefix === '' ? '.' : prefix)} check --staged
`;
}
