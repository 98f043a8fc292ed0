import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { folders, type Kind, kindOfPath, kinds } from '../../domain/records/kind-names.js';
import { insideWorkspace } from '../files.js';

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
}

/**
 * A file whose ctime is this close to the scan may be written again within the same clock tick without a change that
 * stat shows. It is noted as unsettled, so that the next scan reads it again. In milliseconds.
 */
const settleMs = 100;
const unsettled = '?';

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
  const visit = (folder: string): void => {
    let entries: Dirent[];
    try {
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
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if ((entry.isFile() && kindOfPath(path)) || entry.isSymbolicLink()) {
        const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
        if (!stat) continue;
        const mark = stat.ctimeMs > now - settleMs ? unsettled : '';
        manifest += `${entry.name}/${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}${mark}/`;
        sizes.push([entry.name, stat.size]);
      }
    }
    if (manifest === '') return;
    manifests.set(folder, manifest);
    const before = known.get(folder);
    if (before === manifest && !manifest.includes(`${unsettled}/`)) return;
    touched.push(folder);
    const old = parse(before ?? '');
    const current = parse(manifest);
    for (const [name, size] of sizes) {
      const stamp = current.get(name);
      if (old.get(name) !== stamp || stamp?.endsWith(unsettled)) changed.push([`${folder}/${name}`, size]);
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
  return { manifests, changed, removed, touched };
}

function parse(manifest: string): Map<string, string> {
  const files = new Map<string, string>();
  const parts = manifest.split('/');
  for (let i = 0; i + 1 < parts.length; i += 2) files.set(parts[i] as string, parts[i + 1] as string);
  return files;
}
