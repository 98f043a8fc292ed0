import { idOfPath } from '../../domain/records/ids.js';
import { folders, kindOfPath } from '../../domain/records/kind-names.js';
import { ObjectReader } from '../../git/objects.js';
import type { Repository } from '../../git/repository.js';
import type { FileVersion } from '../../git/rewrite/versions.js';
import { gitPieces } from '../../git/stream.js';
import type { Corpus } from './learn.js';

/** A path of the repository as the workspace has it; outside of it, `../` stands before. */
export function inWorkspace({ prefix }: Pick<Repository, 'prefix'>, path: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : `../${path}`;
}

/** A corpus of versions of files, as commits have them. */
export function filesOfVersions(
  reader: ObjectReader,
  versions: readonly FileVersion[],
  repository: Pick<Repository, 'prefix'>,
): Corpus {
  return {
    async *files(wanted) {
      for (const { path, blob } of versions) {
        const inside = inWorkspace(repository, path);
        if (wanted(inside)) yield { path: inside, bytes: (await reader.read(blob)).bytes };
      }
    },
  };
}

/** A corpus of every version that any ref ever had of the records of some contacts. */
export async function contactVersions(
  repository: Repository,
  contacts: ReadonlySet<string>,
): Promise<Corpus> {
  const { root } = repository;
  const found = new Map<string, FileVersion>();
  const args = ['log', '--all', '--raw', '-m', '--root', '--no-renames', '--no-abbrev', '--format=', '-z'];
  let head = '';
  for await (const piece of gitPieces(root, [...args, 'HEAD', '--', folders.contact])) {
    if (piece.startsWith(':')) {
      head = piece;
      continue;
    }
    const [, , before = '', after = ''] = head.split(' ');
    const inside = inWorkspace(repository, piece);
    if (kindOfPath(inside) !== 'contact' || !contacts.has(idOfPath(inside) ?? '')) continue;
    for (const blob of [before, after])
      if (!/^0+$/.test(blob)) found.set(`${piece} ${blob}`, { path: piece, blob });
  }
  const versions = [...found.values()];
  return {
    async *files(wanted) {
      const reader = new ObjectReader(root);
      try {
        yield* filesOfVersions(reader, versions, repository).files(wanted);
      } finally {
        await reader.close();
      }
    },
  };
}
