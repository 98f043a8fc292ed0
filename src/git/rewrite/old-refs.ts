import { git } from '../run.js';
import { rewrittenCommits } from '../witnesses.js';

/** Refs by which people and remotes hold history. */
const holders = ['refs/heads', 'refs/tags', 'refs/remotes', 'refs/itaca/remote/heads'];

/**
 * Refs, here or fetched, that lead to commits which were rewritten to erase somebody: by them the old past comes back.
 * @returns full names
 */
export async function refsToOldPast(root: string): Promise<string[]> {
  const old = await rewrittenCommits(root);
  if (old.size === 0) return [];
  const { stdout } = await git(root, ['for-each-ref', '--format=%(refname)', ...holders]);
  const names = stdout.split('\n').filter(Boolean);
  const leads = async (...refs: string[]) => {
    const list = await git(root, ['rev-list', '--stdin', '--ignore-missing'], `${refs.join('\n')}\n`);
    return list.stdout.split('\n').some((commit) => old.has(commit));
  };
  if (names.length === 0 || !(await leads(...names))) return [];
  const found: string[] = [];
  for (const name of names) if (await leads(name)) found.push(name);
  return found;
}
