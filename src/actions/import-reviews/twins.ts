import { createHash } from 'node:crypto';
import { identityOf, type Mention } from '../../domain/mentions/mention.js';

/** A review that is on file, as far as it tells it from others. */
export interface FiledReview {
  ref: string;
  /** Epoch milliseconds. */
  at: number;
  source: string;
  /** By which its platform knows it, with its source: `google:1`; undefined where it told none. */
  review: string | undefined;
  author: string | undefined;
  url: string | undefined;
  /** What it says, or where that is nothing its title or its rating. */
  words: string;
}

/** A review that is on file already. */
export interface Twin {
  /** By which it is on file. */
  identity: string;
  /** Reference of the one that says the same; undefined where it may say something else now. */
  same?: string;
}

/**
 * Knows reviews that are on file under another source, which is the name of the file where nothing else tells: by their
 * address and number there, by author, number and time, or by author, time and text.
 */
export class Twins {
  readonly #byNumber = new Map<string, string>();
  readonly #byWords = new Map<string, FiledReview[]>();

  add(filed: FiledReview): void {
    const { review, source, words, author, at } = filed;
    if (review?.startsWith(`${source}:`)) {
      const number = review.slice(source.length + 1);
      for (const key of numberKeys({ ...filed, number }))
        if (!this.#byNumber.has(key)) this.#byNumber.set(key, review);
    }
    const key = wordsKey(author, at, words);
    if (key === undefined) return;
    const others = this.#byWords.get(key);
    if (others) others.push(filed);
    else this.#byWords.set(key, [filed]);
  }

  /** @returns undefined for a review of which nothing is known */
  of(mention: Mention): Twin | undefined {
    const { source, review, author, url, at, edited } = mention;
    const number = review?.slice(source.length + 1);
    if (number !== undefined)
      for (const key of numberKeys({ author, url, at, number })) {
        const identity = this.#byNumber.get(key);
        if (identity !== undefined) return { identity };
      }
    for (const time of [at, edited]) {
      const key = wordsKey(author, time, wordsOf(mention));
      // A platform that numbers its reviews tells two of them apart itself.
      const twin = (key === undefined ? [] : (this.#byWords.get(key) ?? [])).find(
        (one) => one.source !== source || one.review === undefined || review === undefined,
      );
      if (twin)
        return { identity: twin.review ?? identityOf({ ...mention, review: undefined }), same: twin.ref };
    }
    return undefined;
  }
}

/** What a review says, or where that is nothing its title or its rating. */
export function wordsOf({ text, title, rating }: Mention): string {
  return text || title || (rating ? `${rating.value} of ${rating.best}` : '');
}

interface Numbered {
  number: string;
  url: string | undefined;
  author: string | undefined;
  at: number;
}

function numberKeys({ number, url, author, at }: Numbered): string[] {
  return [
    ...(url === undefined ? [] : [digest(['url', url, number])]),
    ...(author === undefined ? [] : [digest(['author', author, seconds(at), number])]),
  ];
}

/** Undefined for what many reviews say: a rating of nobody. */
function wordsKey(author: string | undefined, at: number, words: string): string | undefined {
  const said = words.replace(/\s+/g, ' ').trim();
  if (author === undefined && /^(?:[\d.]+ of [\d.]+)?$/.test(said)) return undefined;
  return digest([author ?? '', seconds(at), said]);
}

/** A record's time holds no more. */
const seconds = (at: number) => Math.floor(at / 1000);

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
