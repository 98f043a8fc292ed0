import type { Kind } from '../../domain/records/kind-names.js';
import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { gitPieces } from '../../git/stream.js';
import { erasedOnFile } from '../../workspace/check/records.js';
import { type Erasure, erasuresFolder, parseErasure, readErasures } from '../../workspace/erasures.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { erase, erasureSuppression } from './erase.js';
import { inWorkspace } from './history-corpus.js';

/** An erasure that the history of the branch holds, and the folder does not. */
export interface LostErasure {
  path: string;
  erasure: Erasure;
  /** Id of the file's last version in git. */
  blob: string;
}

/**
 * Erasures that somebody took back with git. With the file nobody would know any more who was erased.
 * @returns none outside of git
 */
export async function lostErasures(repository: Repository | undefined): Promise<LostErasure[]> {
  if (!repository?.head) return [];
  const { root } = repository;
  const lost: LostErasure[] = [];
  for (const [path, blob] of await lastVersions(repository, erasuresFolder)) {
    if (readOrNull(insideWorkspace(root, path)) !== null) continue;
    const erasure = parseErasure(await textOf(root, blob), path);
    if (erasure) lost.push({ path, erasure, blob });
  }
  return lost;
}

/**
 * Erases once more whom git brought back: of whom a record is on file though he was erased, or of whom the erasure
 * itself was taken back.
 * @returns ids of the people
 */
export async function eraseAgain(
  repository: Repository,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<string[]> {
  const { workspace } = tools;
  const lost = await lostErasures(repository);
  const standing = readErasures(workspace.root);
  if (lost.length + standing.length === 0) return [];
  const index = await workspace.index();
  const ids = standing.flatMap(({ contacts, records }) => [...contacts, ...records]);
  const back = new Set(erasedOnFile(index, ids).map(({ id }) => id));
  const again = [
    ...lost.map(({ erasure }) => erasure),
    ...standing.filter(({ contacts, records }) => [...contacts, ...records].some((id) => back.has(id))),
  ];
  await putBack(lost, repository, tools);
  for (const erasure of again) {
    const request = {
      contacts: erasure.contacts,
      keep: (erasure.kept ?? []) as Kind[],
      why: erasure.why,
      purge: false,
      earlier: erasure,
    };
    await erase(request, async () => {}, environment, tools);
    workspace.changed();
  }
  return again.map(({ contacts }) => contacts[0] as string);
}

/** Puts back what an erasure left: that somebody was erased, and hashes of his addresses. */
async function putBack(lost: readonly LostErasure[], repository: Repository, tools: Tools): Promise<void> {
  const { root } = repository;
  const changes: Change[] = [];
  for (const { path, erasure, blob } of lost) {
    changes.push({ op: 'restore', path, content: Buffer.from(await textOf(root, blob)) });
    const suppression = erasureSuppression(erasure, tools.workspace.config.id).path;
    const before = (await lastVersions(repository, suppression)).get(suppression);
    if (before !== undefined && readOrNull(insideWorkspace(root, suppression)) === null)
      changes.push({ op: 'restore', path: suppression, content: Buffer.from(await textOf(root, before)) });
  }
  const records = lost.flatMap(({ erasure }) => erasure.contacts);
  await write(changes, { subject: 'put back erasures', records, whole: true }, tools);
}

/** Paths in the workspace → the last version that the history of the branch has of them. */
async function lastVersions(repository: Repository, place: string): Promise<Map<string, string>> {
  const args = ['log', '--raw', '-m', '--root', '--full-history', '--no-renames', '--no-abbrev', '--format='];
  const found = new Map<string, string>();
  let blob = '';
  for await (const piece of gitPieces(repository.root, [
    ...[...args, '--diff-filter=AM', '-z', 'HEAD', '--', place],
  ])) {
    if (/^\s*:/.test(piece)) blob = piece.split(' ')[3] ?? '';
    else if (piece.trim() !== '') {
      const path = inWorkspace(repository, piece);
      if (!found.has(path)) found.set(path, blob);
    }
  }
  return found;
}

async function textOf(root: string, blob: string): Promise<string> {
  return (await git(root, ['cat-file', 'blob', blob])).stdout;
}
