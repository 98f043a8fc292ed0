import { type Merged, survivorsOf } from '../../domain/duplicates/survivors.js';
import type { Sqlite } from './database.js';

/**
 * Notes at every contact and company that was merged which record it leads to, through all merges. Few records are
 * merged, and an index finds those, so that a write pays little for it and a read nothing.
 */
export function resolveMerges(db: Sqlite): void {
  const rows = db
    .prepare(
      `select r.id, f.target as "into", r.survivor from refs f join records r on r.rid = f.rid
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
