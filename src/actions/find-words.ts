import { refOfPath } from '../domain/records/ids.js';
import type { Kind } from '../domain/records/kind-names.js';
import { foldWord, stemOf } from '../domain/search/word-forms.js';
import type { Index } from '../workspace/index/index.js';
import { matchExpression } from '../workspace/query/to-sql.js';
import { Vocabulary } from '../workspace/query/vocabulary.js';

export interface FoundRow {
  id: string;
  kind: Kind;
  ref: string;
  path: string;
  title: string;
  /** The words around the first match, in one line. */
  snippet: string;
}

export interface FindOptions {
  limit: number;
  kind?: Kind;
}

/**
 * Records that hold all the words, the best match first (BM25, a title weighing most); after them those that hold other
 * forms of the words, `libro` for `libri`, `order` for `orders`.
 * @returns `near`: where nothing was found, words that occur and are spelled alike, or records that hold some of the words;
 *   `matches`: whether a word of a record is one that was looked for
 */
export function findWords(
  index: Index,
  text: string,
  options: FindOptions,
): { rows: FoundRow[]; near: string[]; matches: (word: string) => boolean } {
  const exact = search(index, matchExpression(text), options);
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const begins = foldWord(words.at(-1) ?? '');
  const stems = new Set(words.map(stemOf));
  const matches = (word: string) => stems.has(stemOf(word)) || foldWord(word).startsWith(begins);
  if (exact.length >= options.limit) return { rows: exact, near: [], matches };
  const vocabulary = new Vocabulary(index.db);
  const found = new Set(exact.map(({ path }) => path));
  const forms = words.map((word) => [word, ...vocabulary.formsOf(word)]);
  const wider = forms.some(({ length }) => length > 1) ? search(index, anyForm(forms), options) : [];
  const rows = [...exact, ...wider.filter(({ path }) => !found.has(path))].slice(0, options.limit);
  return { rows, near: rows.length > 0 ? [] : nearMisses(index, words, vocabulary, options), matches };
}

function nearMisses(index: Index, words: string[], vocabulary: Vocabulary, options: FindOptions): string[] {
  const unknown = words.filter((word) => !vocabulary.knows(word));
  if (unknown.length > 0) return unknown.flatMap((word) => vocabulary.nearTo(word, 3));
  // Each word occurs, but no record holds them all.
  const some = words.map((word) => `"${word}"`).join(' OR ');
  const rows = some === '' ? [] : search(index, some, { ...options, limit: 3 });
  return rows.map(({ title, ref }) => `${title} (${ref})`);
}

/** Records that hold of each word one form; the last word may be the beginning of one. */
function anyForm(forms: string[][]): string {
  return forms
    .map((alike, position) => {
      const last = position === forms.length - 1;
      return `(${alike.map((form, i) => `"${form}"${last && i === 0 ? '*' : ''}`).join(' OR ')})`;
    })
    .join(' AND ');
}

function search(index: Index, match: string, { limit, kind }: FindOptions): FoundRow[] {
  const rows = index.db
    .prepare(
      `select r.id, r.kind, r.path, r.title, r.survivor, snippet(search, -1, '', '', '…', 12) as snippet
       from search join records r on r.rid = search.rowid
       where search match ? and r.data is not null ${kind ? 'and r.kind = ?' : ''}
       order by bm25(search, 8, 2, 1), r.path limit ?`,
    )
    .all(match, ...(kind ? [kind] : []), limit) as (Omit<FoundRow, 'ref'> & { survivor: string | null })[];
  // A record and one that was merged into it are found as one.
  const found = new Map<string, FoundRow>();
  for (const row of rows) {
    const { id, kind, path, title } = (row.survivor === null ? undefined : index.get(row.survivor)) ?? row;
    const snippet = row.snippet.replace(/\s+/g, ' ').trim();
    if (!found.has(path)) found.set(path, { id, kind, ref: refOfPath(path), path, title, snippet });
  }
  return [...found.values()];
}
