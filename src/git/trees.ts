import { gitPieces } from './stream.js';

/** A path that differs between two commits; an object id is null where the commit has no such file. */
export interface TreeChange {
  /** Relative to the workspace, with `/`. */
  path: string;
  before: string | null;
  after: string | null;
  /** As git writes them: `100644` for a plain file, `120000` for a link. */
  modes: [before: string, after: string];
}

/** What differs between two commits in the workspace's folder. */
export async function changesBetween(root: string, from: string, to: string): Promise<TreeChange[]> {
  if (from === to) return [];
  return readChanges(root, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--relative', from, to]);
}

async function readChanges(root: string, args: string[]): Promise<TreeChange[]> {
  const changes: TreeChange[] = [];
  let head: string[] | undefined;
  for await (const piece of gitPieces(root, args)) {
    if (head === undefined) {
      head = piece.replace(/^:/, '').split(' ');
      continue;
    }
    const [modeBefore = '', modeAfter = '', before = '', after = ''] = head;
    const id = (text: string) => (/^0+$/.test(text) ? null : text);
    changes.push({ path: piece, before: id(before), after: id(after), modes: [modeBefore, modeAfter] });
    head = undefined;
  }
  return changes;
}

/** Every file of the last commit in the workspace's folder: path → object id. */
export async function filesOfHead(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const piece of gitPieces(root, ['ls-tree', '-r', '-z', 'HEAD'])) {
    const tab = piece.indexOf('\t');
    files.set(piece.slice(tab + 1), piece.slice(0, tab).split(' ')[2] as string);
  }
  return files;
}
