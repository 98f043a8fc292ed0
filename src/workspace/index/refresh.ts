import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Kind } from '../../domain/records/kind-names.js';
import { RowWriter, type Sqlite } from './database.js';
import type { IndexRow } from './row.js';
import { type Manifests, scan } from './scan.js';

/** From this many changed files on, parsing them is shared among threads. */
const parallelFrom = 2000;

export interface RefreshOptions {
  country: string | undefined;
  /** Looks at these kinds alone. */
  only?: readonly Kind[];
  /** Told how many of the changed files are read. */
  progress?: (done: number, total: number) => void;
}

/** Brings the index up to what the files say now. Reads only files whose stat changed. */
export async function refresh(db: Sqlite, root: string, options: RefreshOptions): Promise<void> {
  const sameCountry = readCountry(db) === options.country;
  if (sameCountry && scan(root, readManifests(db), Date.now(), options.only).touched.length === 0) return;
  db.exec('begin immediate');
  try {
    if (!sameCountry) clear(db, options.country);
    // Scanned again under the lock: another process may have done the work meanwhile.
    const known = readManifests(db);
    const found = scan(root, known, Date.now(), options.only);
    const bulk = known.size === 0;
    const writer = new RowWriter(db, bulk);
    for (const path of found.removed) writer.remove(path);
    await readRows(root, found.changed, options, (row) => writer.put(row));
    writer.rebuildSearch();
    const save = db.prepare('insert or replace into folders values (?, ?)');
    const drop = db.prepare('delete from folders where path = ?');
    for (const folder of found.touched) {
      const manifest = found.manifests.get(folder);
      if (manifest === undefined) drop.run(folder);
      else save.run(folder, manifest);
    }
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}

function readCountry(db: Sqlite): string | undefined {
  const row = db.prepare("select value from meta where key = 'country'").get() as
    | { value: string | null }
    | undefined;
  return row?.value ?? undefined;
}

/** Telephone keys were made for another country: everything is read again. */
function clear(db: Sqlite, country: string | undefined): void {
  for (const table of ['keys', 'refs', 'problems', 'records', 'folders']) db.exec(`delete from ${table}`);
  db.exec("insert into search(search) values ('delete-all')");
  db.prepare("insert or replace into meta values ('country', ?)").run(country ?? null);
}

function readManifests(db: Sqlite): Manifests {
  const rows = db.prepare('select path, manifest from folders').raw().all() as [string, string][];
  return new Map(rows);
}

async function readRows(
  root: string,
  files: [string, number][],
  { country, progress }: RefreshOptions,
  take: (row: IndexRow) => void,
): Promise<void> {
  // Next to the bundle's files; absent when the sources run unbuilt, and then one thread does.
  const worker = new URL('./workspace/index/rows.worker.js', import.meta.url);
  const threads = Math.min(8, availableParallelism());
  if (files.length < parallelFrom || threads < 2 || !existsSync(fileURLToPath(worker))) {
    const { readRow } = await import('./row.js');
    for (const [path, size] of files) {
      const row = readRow(root, path, size, country);
      if (row) take(row);
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
          for (const row of rows) take(row);
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
