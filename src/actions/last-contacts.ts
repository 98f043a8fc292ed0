import type { LastContact } from '../domain/contacts/rhythm.js';
import type { Index } from '../workspace/index/index.js';

/**
 * When people were last in touch with the firm, by id; none for who never was. Attempts that reached nobody, and what a
 * campaign sent, are no touch.
 */
export function lastContacts(contacts: readonly string[], index: Index): Map<string, LastContact> {
  const rows = index.db
    .prepare(
      `select f.target as id, json_extract(r.data, '$.direction') as direction, max(r.at) as at
       -- In this order: the people, what names each, the records of those.
       from json_each(?) j cross join refs f on f.target = j.value and f.key = 'contacts'
         cross join records r on r.rid = f.rid
       where r.kind = 'interaction' and r.at is not null and json_extract(r.data, '$.campaign') is null
         and coalesce(json_extract(r.data, '$.outcome'), '') not in ('no_answer', 'busy', 'abandoned')
       group by 1, 2`,
    )
    .all(JSON.stringify(contacts)) as { id: string; direction: string | null; at: number }[];
  const found = new Map<string, LastContact>();
  for (const { id, direction, at } of rows) {
    const last = found.get(id) ?? { inbound: null, outbound: null };
    if (direction === 'inbound') last.inbound = at;
    else if (direction === 'outbound') last.outbound = at;
    // A meeting without direction is a word of both.
    else if (direction === null) {
      last.inbound = Math.max(last.inbound ?? at, at);
      last.outbound = Math.max(last.outbound ?? at, at);
    }
    found.set(id, last);
  }
  return found;
}
