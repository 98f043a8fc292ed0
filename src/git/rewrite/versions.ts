import { ItacaError } from '../../domain/error.js';
import { type ObjectReader, parseTree } from '../objects.js';
import { git } from '../run.js';

/** A version of a file, as some commit has it. */
export interface FileVersion {
  /** From the top of the repository. */
  path: string;
  blob: string;
}

/** Every commit that a ref leads to, or HEAD or a stash, parents before children. */
export async function everyCommit(root: string, alsoFrom: readonly string[] = []): Promise<string[]> {
  const args = ['rev-list', '--topo-order', '--reverse', '--all', '--reflog', '--stdin'];
  const { code, stdout, stderr } = await git(root, args, ['HEAD', ...alsoFrom, ''].join('\n'));
  if (code !== 0)
    throw new ItacaError('invalid', `git cannot read the history: ${stderr.trim().split('\n')[0]}`, {
      hint: 'git fsck',
    });
  return stdout.split('\n').filter(Boolean);
}

/** Every version of every file that these commits have, each once. */
export async function everyVersion(
  reader: ObjectReader,
  commits: readonly string[],
  idLength: number,
): Promise<FileVersion[]> {
  const versions: FileVersion[] = [];
  const seen = new Set<string>();
  const walk = async (tree: string, prefix: string): Promise<void> => {
    for (const { mode, name, id } of parseTree((await reader.read(tree)).bytes, idLength)) {
      const path = prefix + decoded(name);
      const key = `${id} ${path}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (mode === '40000') await walk(id, `${path}/`);
      else if (/^100/.test(mode)) versions.push({ path, blob: id });
    }
  };
  for (const commit of commits) {
    const tree = /^tree ([0-9a-f]+)/.exec((await reader.read(commit)).bytes.toString('latin1', 0, 80))?.[1];
    const key = `${tree} `;
    if (tree === undefined || seen.has(key)) continue;
    seen.add(key);
    await walk(tree, '');
  }
  return versions;
}

/** A name that a tree holds as bytes. */
export function decoded(name: string): string {
  return Buffer.from(name, 'latin1').toString();
}
