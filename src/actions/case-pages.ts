import type { Case } from '../domain/cases/case.js';
import { refOfPath } from '../domain/records/ids.js';
import type { Index } from '../workspace/index/index.js';

/** A case as an event log is made of it. */
export interface LoggedCase {
  id: string;
  ref: string;
  data: Case & Record<string, unknown>;
}

export interface CasePagesOptions {
  /** In the query language. */
  query?: string | undefined;
  type?: string | undefined;
  /** Only cases opened at or after this moment, in epoch milliseconds. */
  since?: number | undefined;
  /** Only cases opened at or before it. */
  until?: number | undefined;
}

const pageSize = 1000;

/** Cases, the earliest opened first. Never more than a page of them is held: a helpdesk has hundreds of thousands. */
export function* casePages(index: Index, options: CasePagesOptions): Generator<LoggedCase> {
  const { query, type, since, until } = options;
  const condition = query === undefined ? { sql: '1', params: [] } : index.condition(query);
  const bounds: [sql: string, value: string | number | undefined][] = [
    [`and json_extract(r.data, '$.type') = ?`, type],
    ['and r.at >= ?', since],
    ['and r.at <= ?', until],
  ];
  const given = bounds.filter(([, value]) => value !== undefined) as [string, string | number][];
  const rids = index.db
    .prepare(
      `select r.rid from records r where r.kind = 'case' and r.data is not null
       and ${condition.sql} ${given.map(([sql]) => sql).join(' ')} order by r.at, r.path`,
    )
    .pluck()
    .all(...condition.params, ...given.map(([, value]) => value)) as number[];
  const rows = index.db
    .prepare(
      `select r.id, r.path, r.data from records r join json_each(?) page on page.value = r.rid order by page.key`,
    )
    .raw();
  for (let at = 0; at < rids.length; at += pageSize) {
    const page = rows.all(JSON.stringify(rids.slice(at, at + pageSize))) as [string, string, string][];
    for (const [id, path, data] of page) yield { id, ref: refOfPath(path), data: JSON.parse(data) };
  }
}
