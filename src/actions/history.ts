import { ItacaError } from '../domain/error.js';
import { entryOf, type HistoryEntry, type HistoryFilter, isWanted } from '../domain/history/entry.js';
import { idOfRef, isId } from '../domain/records/ids.js';
import { folders, kindOfPath } from '../domain/records/kind-names.js';
import { type FileStatus, logCommits, patchesOf } from '../git/log.js';
import { findRepository } from '../git/repository.js';
import { pathsOfCommits } from '../git/trees.js';
import type { Workspace } from '../workspace/workspace.js';
import { findRecord } from './find-record.js';

/** A line of `history`, in the keys of `--json`. */
export interface HistoryRow extends Omit<HistoryEntry, 'parents'> {
  /** What became of the record; absent where the whole workspace is asked for. */
  change?: 'added' | 'changed' | 'removed' | 'renamed';
  /** The record's file after the commit. */
  path?: string;
  /** Where it was before a rename. */
  from?: string;
  /** Files of a commit that names no records: at most twenty. */
  paths?: string[];
  /** Line by line, where asked for. */
  diff?: string;
}

export interface HistoryOptions extends HistoryFilter {
  /** Any way of naming a record. */
  ref?: string;
  /** Epoch milliseconds. */
  since?: number;
  until?: number;
  limit?: number;
  diff?: boolean;
}

const shownPaths = 20;

/**
 * Who did what, the newest first, from the commits alone. A record is followed by its id, which its file keeps
 * through every rename.
 * @throws ItacaError `refused` outside git, `not_found` for a record that neither is nor was
 */
export async function history(workspace: Workspace, options: HistoryOptions): Promise<HistoryRow[]> {
  const { root, config } = workspace;
  const repository = await findRepository(root);
  if (!repository) {
    throw new ItacaError('refused', 'there is no history: the workspace is not in a git repository', {
      hint: 'git init, then commit what there is',
    });
  }
  if (!repository.head) return [];
  const paths = options.ref === undefined ? ['.'] : await filesOfRecord(workspace, options.ref);
  const ofRecord = options.ref !== undefined;
  const rows: HistoryRow[] = [];
  const { since, until, limit = Number.POSITIVE_INFINITY } = options;
  const patches = ofRecord && options.diff ? patchesOf(root, paths) : undefined;
  const log = logCommits(root, {
    ...(ofRecord || repository.prefix !== '' ? { paths } : {}),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    files: ofRecord,
  });
  for await (const commit of log) {
    if (rows.length >= limit) break;
    const { parents: _, ...entry } = entryOf(commit, config.members);
    if (!isWanted({ ...entry, parents: [] }, options)) continue;
    const diff = (await patches)?.get(entry.commit);
    rows.push({ ...entry, ...changeOf(commit.files), ...(diff === undefined ? {} : { diff }) });
  }
  if (ofRecord) {
    if (rows.length === 0 && !(await everThere(root, paths)))
      throw new ItacaError('not_found', `no record "${options.ref}" is or was in the history`);
  } else await addPaths(root, rows);
  return rows;
}

/** Where the files of a record, and of those that were merged into it, are or were: their names end in its id. */
async function filesOfRecord(workspace: Workspace, ref: string): Promise<string[]> {
  try {
    const { id, kind } = await findRecord(workspace, ref);
    const merged = (await workspace.index()).merged([kind]).filter(({ survivor }) => survivor === id);
    return [id, ...merged.map((one) => one.id)].flatMap((one) => filesNamedBy(one, [folders[kind]]));
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const text = ref.toLowerCase().replace(/\.md$/, '');
    const id = isId(text) ? text : idOfRef(text);
    if (id === undefined || error.code === 'ambiguous') throw error;
    return filesNamedBy(id, Object.values(folders));
  }
}

function filesNamedBy(id: string, among: readonly string[]): string[] {
  return among.map((folder) =>
    folder === folders.campaign ? `${folder}/*${id}/*.md` : `:(glob)${folder}/**/*${id}.md`,
  );
}

function changeOf(files: readonly FileStatus[]): Pick<HistoryRow, 'change' | 'path' | 'from'> {
  const file = files.find(({ path }) => kindOfPath(path)) ?? files[0];
  if (!file) return {};
  const names: Record<string, HistoryRow['change']> = { A: 'added', D: 'removed', R: 'renamed' };
  return {
    change: names[file.status] ?? 'changed',
    path: file.path,
    ...(file.from === undefined ? {} : { from: file.from }),
  };
}

async function everThere(root: string, paths: readonly string[]): Promise<boolean> {
  for await (const _ of logCommits(root, { paths })) return true;
  return false;
}

/** A commit that names no records, such as one by hand, is told by its files: one more git for all of them. */
async function addPaths(root: string, rows: HistoryRow[]): Promise<void> {
  const mute = rows.filter(({ record_count }) => record_count === 0);
  const paths = await pathsOfCommits(
    root,
    mute.map(({ commit }) => commit),
    shownPaths,
  );
  for (const row of mute) row.paths = paths.get(row.commit) ?? [];
}
