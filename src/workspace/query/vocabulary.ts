import { foldWord, stemOf, typosBetween } from '../../domain/search/word-forms.js';
import type { Sqlite } from '../index/database.js';

const mostForms = 24;

/** The words that occur in the records, as the search index keeps them. */
export class Vocabulary {
  constructor(private readonly db: Sqlite) {
    db.exec("create virtual table if not exists temp.vocabulary using fts5vocab('main', 'search', 'row')");
  }

  /** Words that occur and are forms of this one, itself not among them. */
  formsOf(word: string): string[] {
    const stem = stemOf(word);
    const plain = foldWord(word);
    return this.between(stem, `${stem}\u{10ffff}`)
      .filter(({ term }) => term !== plain && stemOf(term) === stem)
      .slice(0, mostForms)
      .map(({ term }) => term);
  }

  /** Whether a word occurs, or is the beginning of one that does. */
  knows(word: string): boolean {
    const plain = foldWord(word);
    return this.between(plain, `${plain}\u{10ffff}`).length > 0;
  }

  /**
   * Words that occur and differ from this one by a typo or two, the nearest and then the most frequent first. Few mistype
   * a first letter: words of another one are looked at only where there is none of the same.
   */
  nearTo(word: string, count: number): string[] {
    const plain = foldWord(word);
    const most = plain.length < 3 ? 0 : plain.length < 6 ? 1 : 2;
    const first = [...plain][0] ?? '';
    const near = (terms: { term: string; doc: number }[]) =>
      terms
        .map(({ term, doc }) => ({ term, doc, typos: typosBetween(plain, term, most) }))
        .filter(({ term, typos }) => typos <= most && !/^\d+$/.test(term))
        .sort((a, b) => a.typos - b.typos || b.doc - a.doc)
        .slice(0, count)
        .map(({ term }) => term);
    const likely = near(this.between(first, `${first}\u{10ffff}`));
    return likely.length > 0 ? likely : near(this.ofLength(plain.length - most, plain.length + most));
  }

  private ofLength(least: number, most: number): { term: string; doc: number }[] {
    return this.db
      .prepare('select term, doc from temp.vocabulary where length(term) between ? and ?')
      .all(least, most) as { term: string; doc: number }[];
  }

  private between(from: string, to: string): { term: string; doc: number }[] {
    return this.db
      .prepare('select term, doc from temp.vocabulary where term >= ? and term <= ?')
      .all(from, to) as { term: string; doc: number }[];
  }
}
