import { namesKind, parseQuery } from '../../domain/query/query.js';
import { refOfPath } from '../../domain/records/ids.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';
import type { Condition } from '../../workspace/query/to-sql.js';
import type { StoredRecord } from '../../workspace/records.js';

const pageSize = 1000;

/**
 * The records that a query selects, by kind and then the oldest first: people, where the query names no kind.
 * @param query in the query language; all people where absent
 * @throws ItacaError `usage` for a query that is none
 */
export function selectedRecords(index: Index, query: string | undefined): Generator<StoredRecord> {
  const condition = query === undefined ? { sql: '1', params: [] } : index.condition(query);
  const kinds = query !== undefined && namesKind(parseQuery(query)) ? '1' : `r.kind = 'contact'`;
  return recordPages(index, { ...condition, sql: `r.survivor is null and ${kinds} and ${condition.sql}` });
}

/**
 * Records that meet a condition, by kind and then the earliest first. Never more than a page of them is held, however
 * many there are.
 */
export function* recordPages(index: Index, { sql, params }: Condition): Generator<StoredRecord> {
  const rids = index.db
    .prepare(`select r.rid from records r where r.data is not null and ${sql} order by r.kind, r.at, r.path`)
    .pluck()
    .all(...params) as number[];
  const rows = index.db
    .prepare(
      `select r.id, r.kind, r.path, r.title, r.at, r.data, r.note
       from records r join json_each(?) page on page.value = r.rid order by page.key`,
    )
    .raw();
  for (let start = 0; start < rids.length; start += pageSize) {
    const page = rows.all(JSON.stringify(rids.slice(start, start + pageSize))) as PageRow[];
    for (const [id, kind, path, title, at, data, note] of page)
      yield { id, kind, ref: refOfPath(path), path, title, at, data: JSON.parse(data), note };
  }
}

type PageRow = [
  id: string,
  kind: Kind,
  path: string,
  title: string,
  at: number | null,
  data: string,
  note: string,
];
