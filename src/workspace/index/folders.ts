import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folders as kindFolders, kindOfPath } from '../../domain/records/kind-names.js';
import { stampOf, unsettled } from './stamp.js';

/** Stamps by path. */
export type Stamps = Record<string, string>;

export interface FolderLook {
  /** Every folder of records that is there now. */
  folders: Stamps;
  /** Folders in which names came or went since the known stamps, with the record files that lie in them now. */
  stirred: Map<string, string[]>;
}

/**
 * Which folders had names added or taken away: a folder's mtime changes then, whether git tracks, ignores or does not
 * know the name. It costs one stat a folder where nothing happened, as git's untracked cache does.
 * @returns undefined where the folder of a kind is a link or no folder
 */
export function lookAtFolders(root: string, known: Stamps, now: number): FolderLook | undefined {
  const look: FolderLook = { folders: {}, stirred: new Map() };
  const visit = (folder: string): boolean => {
    if (folder in look.folders) return true;
    const stat = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (!stat?.isDirectory()) {
      if (folder in known) look.stirred.set(folder, []);
      return stat === undefined;
    }
    const stamp = stampOf(stat, now);
    look.folders[folder] = stamp;
    if (stamp === known[folder] && !unsettled(stamp)) return true;
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    look.stirred.set(folder, recordFiles(folder, entries));
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')))
      visit(`${folder}/${name}`);
    return true;
  };
  for (const folder of Object.values(kindFolders)) if (!visit(folder)) return undefined;
  for (const folder of Object.keys(known)) visit(folder);
  return look;
}

/** Paths of what the index takes for records in a folder: files by name, and links, which it tells but never follows. */
export function recordFiles(folder: string, entries: readonly Dirent[]): string[] {
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .filter((entry) => (entry.isFile() && kindOfPath(`${folder}/${entry.name}`)) || entry.isSymbolicLink())
    .map(({ name }) => `${folder}/${name}`);
}
