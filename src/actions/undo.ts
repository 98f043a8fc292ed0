import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { entryOf, type HistoryEntry } from '../domain/history/entry.js';
import { planUndo, type UndoPlan } from '../domain/history/undo-plan.js';
import { findUndoTarget, refuseUndo, short } from '../domain/history/undo-target.js';
import { idOfPath } from '../domain/records/ids.js';
import { kindOfPath } from '../domain/records/kind-names.js';
import { logCommits } from '../git/log.js';
import { findRepository, operationUnderWay } from '../git/repository.js';
import { git } from '../git/run.js';
import { readBlobs } from '../git/stream.js';
import { changesBetween, type TreeChange } from '../git/trees.js';
import { insideWorkspace } from '../workspace/files.js';
import type { Change } from '../workspace/records.js';
import type { Tools } from './tools.js';
import { dependents, editedByHand, laterCommits } from './undo/blockers.js';
import { write } from './write.js';

export interface PlannedUndo {
  target: HistoryEntry;
  plan: UndoPlan;
  /** What happens to each file: it comes back, goes away, or is as it was. */
  files: { path: string; change: 'restored' | 'removed' | 'reverted' }[];
}

const shownPaths = 3;

/**
 * Works out what taking back a command means, and writes nothing.
 * @param named a commit; the last command that is not undone where absent
 * @throws ItacaError `refused` for what must not be undone, `conflict` where later work depends on it
 */
export async function planUndoOf(named: string | undefined, tools: Tools): Promise<PlannedUndo> {
  const { root } = tools.workspace;
  const target = await findTarget(named, tools);
  refuseUndo(target);
  const [parent = ''] = target.parents;
  const [changed, since] = await Promise.all([
    changesBetween(root, parent, target.commit),
    changesBetween(root, target.commit, 'HEAD'),
  ]);
  refuseLinks(changed);
  const moved = new Map(since.map(({ path, after }) => [path, after]));
  const plan = planUndo(
    changed.map(({ path, before, after }) => {
      const now = moved.get(path);
      return { path, before, after, now: now === undefined ? after : now };
    }),
  );
  await refuseDependedUpon(target, plan, tools);
  if (plan.restore.length === 0) {
    throw plan.ledgers.length > 0
      ? new ItacaError('refused', `"${target.command}" wrote only to ledgers, which are never taken back`, {
          path: plan.ledgers[0] as string,
        })
      : new ItacaError('refused', `"${target.command}" (${short(target.commit)}) left nothing to take back`);
  }
  const files = plan.restore.map(({ path, before, now }) => ({
    path,
    change:
      before === null ? ('removed' as const) : now === null ? ('restored' as const) : ('reverted' as const),
  }));
  return { target, plan, files };
}

/**
 * Takes a command back, as a new commit: of exactly the files it changed, and of all of them or none.
 * @returns the new commit, if any
 */
export async function applyUndo({ target, plan }: PlannedUndo, tools: Tools): Promise<string | undefined> {
  const { root } = tools.workspace;
  const changes: Change[] = [];
  const back = plan.restore.filter(({ before }) => before !== null);
  let next = 0;
  for await (const content of readBlobs(
    root,
    back.map(({ before }) => before as string),
  ))
    changes.push({ op: 'restore', path: back[next++]?.path as string, content });
  const away = plan.restore.filter(({ before }) => before === null).map(({ path }) => path);
  for (const path of away) changes.push({ op: 'restore', path, content: null });
  const ids = plan.restore.flatMap(({ path }) => (kindOfPath(path) && idOfPath(path)) || []);
  const subject = `undo ${short(target.commit)}: ${target.command}`;
  const trailers: [string, string][] = [['Itaca-Undoes', target.commit]];
  const done = await write(changes, { subject, records: ids, trailers, whole: true }, tools);
  if (!tools.dryRun) removeEmptyFolders(root, away);
  for (const path of plan.ledgers) tools.warn(`${path} stays as it is: a ledger is never taken back`);
  const freed = away.filter((path) => kindOfPath(path) === 'suppression').length;
  if (freed > 0) tools.warn(`${freed} suppressions are taken back: these addresses may be written to again`);
  return done?.commit;
}

async function findTarget(named: string | undefined, tools: Tools): Promise<HistoryEntry> {
  const { root, config } = tools.workspace;
  const repository = await findRepository(root);
  if (!repository?.head) {
    throw new ItacaError('refused', 'undo needs the history that git keeps, and there is none here', {
      hint: `git init, then commit what there is; files that Itaca writes from then on can be undone`,
    });
  }
  const busy = operationUnderWay(repository);
  if (busy) throw new ItacaError('conflict', `a ${busy} is under way`, { hint: 'finish it first' });
  if (named === undefined && config.commit === 'manual') {
    throw new ItacaError('refused', 'with commit: manual the last command need not be in the history', {
      hint: 'git restore takes back what is not committed; or name a commit: itaca history, itaca undo <commit>',
    });
  }
  return findUndoTarget(
    entries(),
    named === undefined ? undefined : await fullId(root, named),
    async (one) => {
      const [parent, ...others] = one.parents;
      return (
        parent !== undefined &&
        others.length === 0 &&
        (await changesBetween(root, parent, one.commit)).length === 0
      );
    },
  );

  async function* entries() {
    for await (const commit of logCommits(root)) yield entryOf(commit, config.members);
  }
}

async function fullId(root: string, named: string): Promise<string> {
  const { code, stdout } = await git(root, [
    'rev-parse',
    '-q',
    '--verify',
    '--end-of-options',
    `${named}^{commit}`,
  ]);
  if (code === 0) return stdout.trim();
  throw new ItacaError('not_found', `there is no commit ${named}`, { hint: 'itaca history' });
}

function refuseLinks(changed: readonly TreeChange[]): void {
  const other = changed.find(({ modes }) => modes.some((mode) => !/^(?:000000|100644|100755)$/.test(mode)));
  if (other)
    throw new ItacaError('refused', 'this is no plain file; undo leaves it alone', { path: other.path });
}

async function refuseDependedUpon(target: HistoryEntry, plan: UndoPlan, tools: Tools): Promise<void> {
  const { workspace } = tools;
  const what = `"${target.command}" (${short(target.commit)}) cannot be undone`;
  if (plan.changedLater.length > 0) {
    const later = await laterCommits(workspace, target.commit, plan.changedLater);
    throw new ItacaError(
      'conflict',
      `${what}: later work changed ${listed(plan.changedLater)}: ${later.join('; ')}`,
      {
        path: plan.changedLater[0] as string,
        hint: later.some((one) => /\berase\b/.test(one))
          ? 'an erasure is for good, and so is what it changed; correct the records themselves'
          : 'undo the later ones first, the newest first; or correct the records themselves',
      },
    );
  }
  const edited = editedByHand(workspace.root, plan.restore);
  if (edited.length > 0) {
    throw new ItacaError('conflict', `${what}: ${listed(edited)} has changes that are not committed`, {
      path: edited[0] as string,
      hint: 'commit them, or take them back with git restore',
    });
  }
  const removed = plan.restore.filter(({ before }) => before === null).map(({ path }) => path);
  const touched = new Set(plan.restore.map(({ path }) => path));
  const naming = await dependents(workspace, removed, touched);
  if (naming.length > 0) {
    throw new ItacaError('conflict', `${what}: what it made is referred to by ${listed(naming)}`, {
      path: naming[0] as string,
      hint: 'undo or remove what refers to it first',
    });
  }
}

function listed(paths: readonly string[]): string {
  const more = paths.length - shownPaths;
  return paths.slice(0, shownPaths).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Folders that only held what an undo took away; git knows no empty ones. */
function removeEmptyFolders(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      try {
        rmdirSync(insideWorkspace(root, folder));
      } catch {
        break;
      }
    }
  }
}
