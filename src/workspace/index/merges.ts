import { type Merged, survivorsOf } from '../../domain/duplicates/survivors.js';
import { kindOfFolder } from '../../domain/records/kind-names.js';
import type { Sqlite } from './database.js';

/** Whether a file may hold a record of a kind that is merged. */
export function mayBeMerged(path: string): boolean {
  const kind = kindOfFolder(path);
  return kind === 'contact' || kind === 'company';
}

/**
 * Notes at every contact and company that was merged which record it leads to, through all merges. Few records are
 * merged, and an index finds those, so that a write pays little for it and a read nothing.
 */
export function resolveMerges(db: Sqlite): void {
  const rows = db
    .prepare(
      // Read in this order: the merges, then the record of each. The other way round is by all contacts.
      `select r.id, f.target as "into", r.survivor
       from refs f indexed by refs_merged cross join records r on r.rid = f.rid
       where f.key = 'merged_into' and r.kind in ('contact', 'company') order by r.path`,
    )
    .all() as (Merged & { survivor: string | null })[];
  if (rows.length === 0) return;
  const survivors = survivorsOf(rows);
  const update = db.prepare('update records set survivor = ? where id = ?');
  for (const { id, survivor } of rows) {
    const now = survivors.get(id) ?? null;
    if (now !== survivor) update.run(now, id);
  }
}
