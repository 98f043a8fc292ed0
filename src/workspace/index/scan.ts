import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folders, type Kind, kindOfPath, kinds } from '../../domain/records/kind-names.js';

/** Files of one folder as the index last saw them: a line `name␀mtime ctime size inode` for each, in name order. */
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
 * Walks the folders of all kinds and tells what changed since `known`. Hidden names and symbolic links are passed
 * over: a link could lead out of the workspace.
 * @param now epoch milliseconds by the machine's clock, as the file system's stamps are
 * @param only the kinds to look at; what is known of the others stays
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
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    let manifest = '';
    const sizes: [string, number][] = [];
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && kindOfPath(path)) {
        const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
        if (!stat) continue;
        const mark = stat.ctimeMs > now - settleMs ? unsettled : '';
        manifest += `${entry.name}\0${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}${mark}\n`;
        sizes.push([entry.name, stat.size]);
      }
    }
    if (manifest === '') return;
    manifests.set(folder, manifest);
    const before = known.get(folder);
    if (before === manifest && !manifest.includes(`${unsettled}\n`)) return;
    touched.push(folder);
    const old = parse(before ?? '');
    const current = parse(manifest);
    for (const [name, size] of sizes) {
      const stamp = current.get(name);
      if (old.get(name) !== stamp || stamp?.endsWith(unsettled)) changed.push([`${folder}/${name}`, size]);
    }
    for (const name of old.keys()) if (!current.has(name)) removed.push(`${folder}/${name}`);
  };
  for (const kind of only) visit(folders[kind]);
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
  for (const line of manifest.split('\n')) {
    const nul = line.indexOf('\0');
    if (nul > 0) files.set(line.slice(0, nul), line.slice(nul + 1));
  }
  return files;
}
