import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { folders, type Kind, kinds } from '../../domain/records/kind-names.js';
import { insideWorkspace } from '../files.js';
import { recordFiles, type Stamps } from './folders.js';
import { stampOf, unsettled, unsettledMark } from './stamp.js';

/**
 * Files of one folder as the index last saw them, in name order: `name/mtime ctime size inode/` for each. A slash is
 * the one character that no file name holds (SQLite would cut a text at a NUL).
 */
export type Manifests = Map<string, string>;

export interface Scan {
  manifests: Manifests;
  /** Record files that are new or not as they were. */
  changed: [path: string, size: number][];
  /** Record files that are gone. */
  removed: string[];
  /** Folders whose manifest changed or is gone. */
  touched: string[];
  /** Every folder that was looked at, by the stamp it had before. */
  folders: Stamps;
}

/**
 * Walks the folders of all kinds and tells what changed since `known`. Hidden names are passed over. A symbolic link is
 * told but never followed: it could lead out of the workspace, and what it leads to might forbid a message.
 * @param now epoch milliseconds by the machine's clock, as the file system's stamps are
 * @param only the kinds to look at; what is known of the others stays
 * @throws ItacaError `invalid` where the folder of a kind is itself a link, or no folder
 */
export function scan(root: string, known: Manifests, now: number, only: readonly Kind[] = kinds): Scan {
  const manifests: Manifests = new Map();
  const changed: [string, number][] = [];
  const removed: string[] = [];
  const touched: string[] = [];
  const stamps: Stamps = {};
  const visit = (folder: string): void => {
    let entries: Dirent[];
    try {
      stamps[folder] = stampOf(lstatSync(join(root, folder)), now);
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code === 'ENOTDIR')
        throw new ItacaError('invalid', 'expected a folder of records', { path: folder });
      throw error;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    let manifest = '';
    const sizes: [string, number][] = [];
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')))
      visit(`${folder}/${name}`);
    for (const path of recordFiles(folder, entries)) {
      const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
      if (!stat) continue;
      const name = path.slice(folder.length + 1);
      manifest += `${name}/${stampOf(stat, now)}/`;
      sizes.push([name, stat.size]);
    }
    if (manifest === '') return;
    manifests.set(folder, manifest);
    const before = known.get(folder);
    if (before === manifest && !manifest.includes(`${unsettledMark}/`)) return;
    touched.push(folder);
    const old = parse(before ?? '');
    const current = parse(manifest);
    for (const [name, size] of sizes) {
      const stamp = current.get(name);
      if (stamp === undefined || old.get(name) !== stamp || unsettled(stamp))
        changed.push([`${folder}/${name}`, size]);
    }
    for (const name of old.keys()) if (!current.has(name)) removed.push(`${folder}/${name}`);
  };
  for (const kind of only) {
    // A folder of suppressions that is a link must be an answer, not an empty folder.
    insideWorkspace(root, `${folders[kind]}/any`);
    visit(folders[kind]);
  }
  const looked = only.map((kind) => folders[kind]);
  for (const [folder, before] of known) {
    if (manifests.has(folder) || !looked.some((top) => folder === top || folder.startsWith(`${top}/`)))
      continue;
    touched.push(folder);
    for (const name of parse(before).keys()) removed.push(`${folder}/${name}`);
  }
  return { manifests, changed, removed, touched, folders: stamps };
}

/** Record files of all manifests. */
export function filesOf(manifests: Manifests): string[] {
  return [...manifests].flatMap(([folder, manifest]) =>
    [...parse(manifest).keys()].map((name) => `${folder}/${name}`),
  );
}

function parse(manifest: string): Map<string, string> {
  const files = new Map<string, string>();
  const parts = manifest.split('/');
  for (let i = 0; i + 1 < parts.length; i += 2) files.set(parts[i] as string, parts[i + 1] as string);
  return files;
}
