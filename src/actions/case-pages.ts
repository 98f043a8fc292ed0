import type { Case } from '../domain/cases/case.js';
import type { Index } from '../workspace/index/index.js';
import { recordPages } from './export/record-pages.js';

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

/** Cases, the earliest opened first, page by page: a helpdesk has hundreds of thousands. */
export function* casePages(index: Index, options: CasePagesOptions): Generator<LoggedCase> {
  const { query, type, since, until } = options;
  const condition = query === undefined ? { sql: '1', params: [] } : index.condition(query);
  const bounds: [sql: string, value: string | number | undefined][] = [
    [`and json_extract(r.data, '$.type') = ?`, type],
    ['and r.at >= ?', since],
    ['and r.at <= ?', until],
  ];
  const given = bounds.filter(([, value]) => value !== undefined) as [string, string | number][];
  const sql = `r.kind = 'case' and ${condition.sql} ${given.map(([sql]) => sql).join(' ')}`;
  const params = [...condition.params, ...given.map(([, value]) => value)];
  for (const { id, ref, data } of recordPages(index, { sql, params }))
    yield { id, ref, data: data as LoggedCase['data'] };
}
