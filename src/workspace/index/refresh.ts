import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { folders, type Kind, kinds } from '../../domain/records/kind-names.js';
import { RowWriter, type Sqlite } from './database.js';
import { lookAtFolders } from './folders.js';
import { type GitAnswers, type GitState, lookByGit, stateAfterWalk } from './look-by-git.js';
import { mayBeMerged, resolveMerges } from './merges.js';
import type { IndexRow } from './row.js';
import { filesOf, type Manifests, type Scan, scan } from './scan.js';

/** From this many changed files on, parsing them is shared among threads. */
const parallelFrom = 2000;

/** Rows that go into the index at once. */
const batchRows = 500;

/** From this many changed files on, the index may be built anew. */
const bulkFrom = 5000;

export interface RefreshOptions {
  country: string | undefined;
  /** What git says about the files; absent or undefined where there is no git, and then all files are looked at. */
  git?: GitAnswers;
  /** Looks at these kinds alone, by the file system. */
  only?: readonly Kind[];
  /** Told how many of the changed files are read. */
  progress?: (done: number, total: number) => void;
}

/** Brings the index up to what the files say now. Reads only files that changed. */
export async function refresh(db: Sqlite, root: string, options: RefreshOptions): Promise<void> {
  const { git } = options;
  const sameCountry = readMeta(db, 'country') === options.country;
  // Asked before any file is looked at, so that what changes meanwhile shows the next time.
  const asked = options.only ? undefined : git?.workingTree();
  const known = asked && sameCountry ? readMeta(db, 'git') : undefined;
  const state = known && (JSON.parse(known) as GitState);
  // While git looks at the files.
  const folders = state && lookAtFolders(root, state.folders, Date.now());
  const tree = await asked;
  if (git && tree && state && folders) {
    const look = await lookByGit(root, state, tree, folders, git, (folder) => indexedIn(db, folder));
    if (look) {
      const learnt = JSON.stringify(look.state);
      if (look.changed.length + look.removed.length === 0 && learnt === known) return;
      const done = await transaction(db, async () => {
        // What another process learnt meanwhile must not be forgotten.
        if (readMeta(db, 'git') !== known) return false;
        await update(db, root, look.changed, look.removed, options, false);
        writeMeta(db, 'git', learnt);
        return true;
      });
      return done ? undefined : refresh(db, root, options);
    }
  }
  if (
    sameCountry &&
    !tree &&
    scan(root, readManifests(db, options.only), Date.now(), options.only).touched.length === 0
  )
    return;
  await transaction(db, async () => {
    if (!sameCountry) {
      clear(db);
      writeMeta(db, 'country', options.country);
    }
    const tracked = tree && (await git?.tracked());
    const { manifests, folders } = await walk(db, root, options);
    if (options.only) return;
    const learnt = tree && tracked && stateAfterWalk(root, tree, tracked, filesOf(manifests), folders);
    writeMeta(db, 'git', learnt && JSON.stringify(learnt));
  });
}

/** Looks at every file, and makes the index right whatever it knew. */
async function walk(db: Sqlite, root: string, options: RefreshOptions): Promise<Scan> {
  // Scanned under the lock: another process may have done the work meanwhile.
  let found = scan(root, readManifests(db, options.only), Date.now(), options.only);
  const bulk = found.changed.length > bulkFrom && found.changed.length * 2 > countRecords(db);
  if (bulk) {
    // When most is new, building anew is quicker than replacing row by row.
    clear(db);
    found = scan(root, new Map(), Date.now());
  }
  const gone = bulk || options.only ? [] : missing(db, found);
  await update(db, root, found.changed, [...found.removed, ...gone], options, bulk);
  const save = db.prepare('insert or replace into folders values (?, ?)');
  const drop = db.prepare('delete from folders where path = ?');
  for (const folder of found.touched) {
    const manifest = found.manifests.get(folder);
    if (manifest === undefined) drop.run(folder);
    else save.run(folder, manifest);
  }
  return found;
}

async function update(
  db: Sqlite,
  root: string,
  changed: [string, number][],
  removed: string[],
  options: RefreshOptions,
  bulk: boolean,
): Promise<void> {
  const writer = new RowWriter(db, bulk);
  for (const path of removed) writer.remove(path);
  await readRows(root, changed, options, (rows) => writer.put(rows));
  if ([...changed.map(([path]) => path), ...removed].some(mayBeMerged)) resolveMerges(db);
  writer.rebuildSearch();
}

/** Rows of files that git told of and that went before any walk saw them. */
function missing(db: Sqlite, { manifests }: Scan): string[] {
  const paths = db.prepare('select path from records').pluck().all() as string[];
  return paths.filter((path) => {
    const slash = path.lastIndexOf('/');
    const manifest = manifests.get(path.slice(0, slash));
    return (
      !manifest ||
      !(manifest.startsWith(`${path.slice(slash + 1)}/`) || manifest.includes(`/${path.slice(slash + 1)}/`))
    );
  });
}

async function transaction<T>(db: Sqlite, work: () => Promise<T>): Promise<T> {
  db.exec('begin immediate');
  try {
    const result = await work();
    db.exec('commit');
    return result;
  } catch (error) {
    // SQLite may have rolled back by itself, on a full disk.
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

function readMeta(db: Sqlite, key: string): string | undefined {
  const row = db.prepare('select value from meta where key = ?').get(key) as
    | { value: string | null }
    | undefined;
  return row?.value ?? undefined;
}

function writeMeta(db: Sqlite, key: string, value: string | undefined): void {
  db.prepare('insert or replace into meta values (?, ?)').run(key, value ?? null);
}

/** Record files of a folder, itself alone, as the index has them. */
function indexedIn(db: Sqlite, folder: string): string[] {
  // A `0` follows the `/`.
  const below = db
    .prepare('select path from records where path > ? and path < ?')
    .pluck()
    .all(`${folder}/`, `${folder}0`) as string[];
  return below.filter((path) => !path.includes('/', folder.length + 1));
}

function countRecords(db: Sqlite): number {
  return (db.prepare('select count(*) as n from records').get() as { n: number }).n;
}

/** Empties the index, for another country's telephone keys or to be built anew. */
function clear(db: Sqlite): void {
  for (const table of ['keys', 'refs', 'problems', 'records', 'folders']) db.exec(`delete from ${table}`);
  db.exec("insert into search(search) values ('delete-all')");
}

function readManifests(db: Sqlite, only: readonly Kind[] = kinds): Manifests {
  const read = db
    .prepare('select path, manifest from folders where path = ? or (path > ? and path < ?)')
    .raw();
  // A `0` follows the `/`.
  return new Map(
    only.flatMap(
      (kind) => read.all(folders[kind], `${folders[kind]}/`, `${folders[kind]}0`) as [string, string][],
    ),
  );
}

async function readRows(
  root: string,
  files: [string, number][],
  { country, progress }: RefreshOptions,
  take: (rows: IndexRow[]) => void,
): Promise<void> {
  if (files.length === 0) return;
  // Next to the bundle's files; absent when the sources run unbuilt, and then one thread does.
  const worker = new URL('./workspace/index/rows.worker.js', import.meta.url);
  const threads = Math.min(8, availableParallelism());
  if (files.length < parallelFrom || threads < 2 || !existsSync(fileURLToPath(worker))) {
    const { readRow } = await import('./row.js');
    for (let at = 0; at < files.length; at += batchRows) {
      take(
        files.slice(at, at + batchRows).flatMap(([path, size]) => readRow(root, path, size, country) ?? []),
      );
      progress?.(Math.min(at + batchRows, files.length), files.length);
    }
    return;
  }
  const { Worker } = await import('node:worker_threads');
  let done = 0;
  await Promise.all(
    Array.from({ length: threads }, (_, share) => {
      const mine = files.filter((_file, position) => position % threads === share);
      return new Promise<void>((resolve, reject) => {
        const thread = new Worker(worker, { workerData: { root, country, files: mine } });
        thread.on('message', (rows: IndexRow[]) => {
          take(rows);
          done += rows.length;
          progress?.(done, files.length);
        });
        thread.on('error', reject);
        thread.on('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`index worker ended with ${code}`)),
        );
      });
    }),
  );
}
