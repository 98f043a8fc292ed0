import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { folders, kinds } from '../../domain/records/kind-names.js';
import { jsonForSqlite } from './json-for-sqlite.js';
import type { IndexRow } from './row.js';

/** Raised whenever the tables or what is derived into them change; an index of another version is built anew. */
const indexVersion = 9;

export type Sqlite = Database.Database;

const tables = `
create table meta(key text primary key, value text) without rowid;
create table folders(path text primary key, manifest text not null) without rowid;
create table records(rid integer primary key, id text not null, kind text not null, path text not null unique,
  title text not null, at integer, data text, note text not null, words text not null, survivor text);
create index records_id on records(id);
create index records_kind on records(kind, at);
create index records_survivor on records(survivor) where survivor is not null;
create index records_case on records(json_extract(data, '$.state')) where kind = 'case';
create index records_promise on records(at) where kind = 'promise' and json_extract(data, '$.kept_at') is null
  and json_extract(data, '$.kept_in') is null and json_extract(data, '$.cancelled_at') is null;
create index records_rhythm on records(rid) where kind = 'contact'
  and json_extract(data, '$.keep_in_touch') is not null;
create index records_ending on records(rid) where kind = 'agreement'
  and json_extract(data, '$.state') = 'active'
  and (json_extract(data, '$.end') is not null or json_extract(data, '$.commitment') is not null);
create index records_cancelled on records(rid) where kind = 'agreement'
  and json_extract(data, '$.state') = 'cancel_acknowledged' and json_extract(data, '$.confirmation') is not null;
create index records_until on records(rid) where kind = 'contact' and instr(data, '"until":') > 0;
create table keys(value text, type text, rid integer, primary key(value, type, rid)) without rowid;
create index keys_rid on keys(rid);
create table refs(target text, rid integer, key text, primary key(target, rid, key)) without rowid;
create index refs_rid on refs(rid);
create index refs_merged on refs(rid, target) where key = 'merged_into';
create table problems(path text, line integer, "column" integer, message text, hint text);
create index problems_path on problems(path);
create virtual table search using fts5(title, words, note, content='records', content_rowid='rid',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
`;

/**
 * Opens the index of a workspace, made anew where it is missing, broken or of another version. It holds nothing that
 * the files do not say, so throwing it away loses nothing. Where it cannot be written (a full disk, a read-only folder)
 * it lives in memory for this command: reading stays open.
 */
export async function openIndex(root: string): Promise<Sqlite> {
  try {
    return await openFile(join(root, '.itaca'));
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    return openInMemory();
  }
}

/** An index for one command. */
export async function openInMemory(): Promise<Sqlite> {
  const db = new Database(':memory:');
  await create(db);
  return db;
}

/** Whether an error says that the index cannot be kept on disk. */
export function isUnwritable(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return /^(?:EROFS|EACCES|EPERM|ENOSPC|EDQUOT|SQLITE_(?:FULL|READONLY|IOERR|CANTOPEN|PERM).*)$/.test(code);
}

async function openFile(folder: string): Promise<Sqlite> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.sqlite');
  let db: Sqlite | undefined;
  try {
    db = open(file);
    const version = (db.prepare('pragma user_version').get() as { user_version: number }).user_version;
    if (version === indexVersion) return db;
    if (version === 0) {
      writeFileSync(join(folder, '.gitignore'), '*\n');
      await create(db);
      return db;
    }
  } catch (error) {
    db?.close();
    if (isUnwritable(error)) throw error;
    // A damaged file is no loss; what follows makes a new one.
  }
  db?.close();
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
  const fresh = open(file);
  await create(fresh);
  return fresh;
}

function open(file: string): Sqlite {
  const db = new Database(file);
  db.pragma('busy_timeout = 10000');
  return db;
}

async function create(db: Sqlite): Promise<void> {
  const { schemaKeys } = await import('../../domain/records/kinds.js');
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = off');
  db.exec('begin immediate');
  const version = (db.prepare('pragma user_version').get() as { user_version: number }).user_version;
  if (version === 0) {
    db.exec(tables);
    for (const kind of kinds) {
      const columns = schemaKeys(kind).map((key) => `json_extract(data, '$.${key}') as "${key}"`);
      db.exec(
        `create view ${folders[kind]} as select id, path, ${columns.join(', ')}, note, data from records ` +
          `where kind = '${kind}' and data is not null and survivor is null`,
      );
    }
    db.exec('create view merges as select id, kind, path, survivor from records where survivor is not null');
    db.exec(`pragma user_version = ${indexVersion}`);
  }
  db.exec('commit');
}

/** Puts rows into the index and takes the old ones of the same files out. Call it inside a transaction. */
export class RowWriter {
  private next: number;
  private readonly insert;
  private readonly find;
  private readonly removals;

  /** @param bulk the index was empty, and the search table is filled afterwards, by `rebuildSearch` */
  constructor(
    private readonly db: Sqlite,
    private readonly bulk: boolean,
  ) {
    this.next = (
      db.prepare('select coalesce(max(rid), 0) + 1 as next from records').get() as { next: number }
    ).next;
    // A call into SQLite costs more than the row it carries: a batch goes over as one JSON text for each table.
    this.insert = {
      records: db.prepare(`insert into records(rid, id, kind, path, title, at, data, note, words)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
        from json_each(?)`),
      keys: db.prepare('insert or ignore into keys select value->>0, value->>1, value->>2 from json_each(?)'),
      refs: db.prepare('insert or ignore into refs select value->>0, value->>1, value->>2 from json_each(?)'),
      problems: db.prepare(`insert into problems
        select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?)`),
      search: db.prepare(`insert into search(rowid, title, words, note)
        select rid, title, words, note from records where rid >= ?`),
    };
    this.find = db.prepare('select rid, title, words, note from records where path = ?');
    this.removals = [
      db.prepare('delete from keys where rid = ?'),
      db.prepare('delete from refs where rid = ?'),
      db.prepare('delete from records where rid = ?'),
    ];
  }

  put(rows: readonly IndexRow[]): void {
    if (!this.bulk) for (const row of rows) this.remove(row.path);
    const first = this.next;
    const records: unknown[] = [];
    const keys: unknown[] = [];
    const refs: unknown[] = [];
    const problems: unknown[] = [];
    for (const row of rows) {
      const rid = this.next++;
      records.push([rid, row.id, row.kind, row.path, row.title, row.at, row.data, row.note, row.words]);
      for (const [type, value] of row.keys) keys.push([value, type, rid]);
      for (const [key, target] of row.refs) refs.push([target, rid, key]);
      for (const { path, line, column, message, hint } of row.problems)
        problems.push([path, line, column, message, hint]);
    }
    for (const [table, values] of Object.entries({ records, keys, refs, problems })) {
      if (values.length > 0) this.insert[table as 'records'].run(jsonForSqlite(values));
    }
    if (!this.bulk) this.insert.search.run(first);
  }

  remove(path: string): void {
    const old = this.find.get(path) as
      | { rid: number; title: string; words: string; note: string }
      | undefined;
    this.db.prepare('delete from problems where path = ?').run(path);
    if (!old) return;
    this.db
      .prepare("insert into search(search, rowid, title, words, note) values ('delete', ?, ?, ?, ?)")
      .run(old.rid, old.title, old.words, old.note);
    for (const removal of this.removals) removal.run(old.rid);
  }

  rebuildSearch(): void {
    if (this.bulk) this.db.exec("insert into search(search) values ('rebuild')");
  }
}
