import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

const fileOf = (root: string) => join(root, '.itaca', 'index.sqlite');

/** What is wrong with the index file, in SQLite's words; undefined where it is whole or missing. */
export function indexDamage(root: string): string | undefined {
  if (!existsSync(fileOf(root))) return undefined;
  let db: Database.Database | undefined;
  try {
    db = new Database(fileOf(root), { readonly: true });
    const rows = db.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    const [first] = rows;
    return first === undefined || first.quick_check === 'ok' ? undefined : first.quick_check;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    db?.close();
  }
}

/** Throws the index away; it holds nothing that the files do not say. */
export function dropIndex(root: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(fileOf(root) + suffix, { force: true });
}
