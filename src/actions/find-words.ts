import { refOfPath } from '../domain/records/ids.js';
import type { Kind } from '../domain/records/kind-names.js';
import type { Index } from '../workspace/index/index.js';
import { matchExpression } from '../workspace/query/to-sql.js';

export interface FoundRow {
  id: string;
  kind: Kind;
  ref: string;
  path: string;
  title: string;
  /** The words around the first match, in one line. */
  snippet: string;
}

/**
 * Records that hold all the words, the best match first (BM25, a title weighing most).
 * @returns `near`: where nothing was found, titles of records that hold words that begin alike
 */
export function findWords(
  index: Index,
  text: string,
  options: { limit: number; kind?: Kind },
): { rows: FoundRow[]; near: string[] } {
  const rows = search(index, matchExpression(text), options);
  if (rows.length > 0) return { rows, near: [] };
  const starts = text
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word.length > 2)
    .map((word) => `"${word.slice(0, Math.max(2, word.length - 2))}"*`);
  const near = starts.length > 0 ? search(index, starts.join(' OR '), { ...options, limit: 3 }) : [];
  return { rows, near: near.map(({ title, ref }) => `${title} (${ref})`) };
}

function search(index: Index, match: string, { limit, kind }: { limit: number; kind?: Kind }): FoundRow[] {
  const rows = index.db
    .prepare(
      `select r.id, r.kind, r.path, r.title, snippet(search, -1, '', '', '…', 12) as snippet
       from search join records r on r.rid = search.rowid
       where search match ? and r.data is not null ${kind ? 'and r.kind = ?' : ''}
       order by bm25(search, 8, 2, 1), r.path limit ?`,
    )
    .all(...(kind ? [match, kind, limit] : [match, limit])) as Omit<FoundRow, 'ref'>[];
  return rows.map((row) => ({
    ...row,
    ref: refOfPath(row.path),
    snippet: row.snippet.replace(/\s+/g, ' ').trim(),
  }));
}
