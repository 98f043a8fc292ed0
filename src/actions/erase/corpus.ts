import { lstatSync } from 'node:fs';
import fg from 'fast-glob';
import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { Corpus } from './learn.js';

/** A corpus of the files of the workspace as they are; what git ignores is not among them. */
export async function filesOfToday(root: string, repository: Repository | undefined): Promise<Corpus> {
  const paths = (await listed(root, repository)).sort();
  return {
    async *files(wanted) {
      for (const path of paths) {
        if (!wanted(path)) continue;
        const file = insideWorkspace(root, path);
        // What a link leads to may be none of the workspace.
        if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) continue;
        const bytes = readOrNull(file);
        if (bytes !== null) yield { path, bytes };
      }
    },
  };
}

async function listed(root: string, repository: Repository | undefined): Promise<string[]> {
  if (repository) {
    const { code, stdout } = await git(root, ['ls-files', '-z', '-c', '-o', '--exclude-standard']);
    if (code === 0) return [...new Set(stdout.split('\0').filter(Boolean))];
  }
  return fg('**/*', {
    cwd: root,
    onlyFiles: true,
    followSymbolicLinks: false,
    ignore: ['.itaca/**', 'outbox/**', '.git/**'],
    dot: true,
  });
}

/** Both, the first one first. */
export function together(...corpora: readonly Corpus[]): Corpus {
  return {
    async *files(wanted) {
      for (const corpus of corpora) yield* corpus.files(wanted);
    },
  };
}
