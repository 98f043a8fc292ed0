import { join } from 'node:path';
import { commitFiles } from '../git/commit.js';
import { findRepository, type Repository } from '../git/repository.js';
import { git } from '../git/run.js';
import { applyChanges, textAfter } from '../workspace/apply.js';
import { insideWorkspace, readOrNull } from '../workspace/files.js';
import { withLock } from '../workspace/lock.js';
import { finishBulk } from '../workspace/pending.js';
import type { Change } from '../workspace/records.js';
import { commitOptions, repair } from './repair.js';
import type { Tools } from './tools.js';

export interface WriteOptions {
  /** First line of the commit; ids only, no names, so that an erasure reaches everything. */
  subject: string;
  /** Ids of records that the commit is about beside those it writes. */
  records?: string[];
  /** Files that are on disk already, such as ledgers, and belong into the commit. */
  also?: string[];
  /**
   * Puts ledgers in place once the records are on disk, and tells which: what they say is done is then not lost where
   * this breaks off in between.
   */
  ledgers?: () => Promise<string[]>;
  /** Trailers beside command, actor and records. */
  trailers?: [key: string, value: string][];
  /** All or nothing: what a crash leaves of it is put back as the last commit has it. */
  whole?: boolean;
  /** What a crash leaves of it, be it one file, is committed by the next command. */
  kept?: boolean;
}

const shownRecords = 20;

/**
 * Carries out a plan: lock, write, commit. With `dryRun` it stops after everything was checked. One command that
 * writes is one commit; outside git, or with `commit: manual`, only the files are written.
 * @returns the commit, if any; undefined where nothing was written
 */
export async function write(
  changes: Change[],
  options: WriteOptions,
  tools: Tools,
): Promise<{ commit?: string } | undefined> {
  const { root } = tools.workspace;
  if (tools.dryRun) {
    for (const change of changes) if (change.op !== 'restore') textAfter(root, change);
    return undefined;
  }
  if (changes.length === 0 && !options.also?.length && !options.ledgers) return undefined;
  return exclusively(tools, async () => {
    const repository = await findRepository(root);
    const also = repository ? await uncommitted(root, options.also ?? []) : [];
    if (changes.length === 0 && also.length === 0 && !options.ledgers) return undefined;
    const written = applyChanges(
      root,
      changes,
      tools.command,
      options.whole ? 'whole' : options.kept ? 'kept' : 'as is',
    );
    const placed = await options.ledgers?.();
    tools.workspace.changed();
    let commit: string | undefined;
    if (repository && placed) also.push(...(await uncommitted(root, placed)));
    if (repository && tools.commit && written.length + also.length > 0) {
      const files = function* () {
        yield* written;
        // Read one after the other: together they may be large.
        for (const path of also) yield { path, content: readOrNull(insideWorkspace(root, path)) };
      };
      commit = await commitFiles(repository, files(), {
        ...commitOptions(tools),
        subject: options.subject,
        trailers: trailers(changes, options, tools),
      });
    }
    finishBulk(root);
    return commit === undefined ? {} : { commit };
  });
}

/** Workspaces that this process holds the lock of. */
const held = new WeakSet<object>();

/**
 * Runs an action while nobody else writes to the workspace, so that what it read when it planned still holds when it
 * writes. What an earlier crash left is repaired first. A dry run needs no lock.
 * @throws ItacaError `locked` where another process does not give the lock back
 */
export async function exclusively<T>(tools: Tools, action: () => Promise<T>): Promise<T> {
  const { workspace } = tools;
  if (tools.dryRun || held.has(workspace)) return action();
  const repository = await findRepository(workspace.root);
  return withLock(lockFolder(workspace.root, repository), 'write', tools.command, async (before) => {
    held.add(workspace);
    try {
      await repair(workspace.root, repository, tools);
      if (!workspace.stillStands(before)) workspace.changed();
      return await action();
    } finally {
      held.delete(workspace);
    }
  });
}

/** Those of the files that HEAD does not hold as they are. */
async function uncommitted(root: string, paths: string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const { code, stdout } = await git(root, ['status', '--porcelain', '-z', '-uall', '--', ...paths]);
  if (code !== 0) return paths;
  return paths.filter((path) => stdout.split('\0').some((entry) => entry.slice(3).endsWith(path)));
}

/** Where the lock of a workspace lies: in git's own folder, so that it is never copied or committed. */
export function lockFolder(root: string, repository: Repository | undefined): string {
  return repository ? join(repository.commonDir, 'itaca') : join(root, '.itaca');
}

function trailers(changes: Change[], options: WriteOptions, tools: Tools): [string, string][] {
  const written = changes.flatMap((change) => ('id' in change ? [change.id] : []));
  return [...commitTrailers([...written, ...(options.records ?? [])], tools), ...(options.trailers ?? [])];
}

/** Who did what to which records, at the end of a commit's message. */
export function commitTrailers(records: readonly string[], tools: Tools): [string, string][] {
  const ids = [...new Set(records)];
  const shown = ids.slice(0, shownRecords).map((id): [string, string] => ['Itaca-Record', id]);
  if (ids.length > shownRecords) shown.push(['Itaca-Records', String(ids.length)]);
  return [['Itaca-Command', tools.command], ['Itaca-Actor', tools.actor], ...shown];
}
