import { git } from './run.js';
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
  const changes: TreeChange[] = [];
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--relative', from, to];
  const id = (text: string) => (/^0+$/.test(text) ? null : text);
  let head: string[] | undefined;
  for await (const piece of gitPieces(root, args)) {
    if (head === undefined) {
      head = piece.replace(/^:/, '').split(' ');
      continue;
    }
    const [modeBefore = '', modeAfter = '', before = '', after = ''] = head;
    changes.push({ path: piece, before: id(before), after: id(after), modes: [modeBefore, modeAfter] });
    head = undefined;
  }
  return changes;
}

/**
 * The files that each of these commits changed, by one git for all of them.
 * @param most so many of each at most
 */
export async function pathsOfCommits(
  root: string,
  commits: readonly string[],
  most: number,
): Promise<Map<string, string[]>> {
  const paths = new Map<string, string[]>();
  if (commits.length === 0) return paths;
  const args = [
    'diff-tree',
    '--stdin',
    '--root',
    '-r',
    '-z',
    '--name-only',
    '--no-renames',
    '--relative',
    '-c',
  ];
  const { stdout } = await git(root, args, commits.map((commit) => `${commit}\n`).join(''));
  let of: string[] = [];
  for (const piece of stdout.split('\0')) {
    if (/^[0-9a-f]{40,64}$/.test(piece)) {
      of = [];
      paths.set(piece, of);
    } else if (piece !== '' && of.length < most) of.push(piece);
  }
  return paths;
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
