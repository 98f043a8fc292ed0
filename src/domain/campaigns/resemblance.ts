import { plainWords } from './content.js';

/** Words in a row that are compared as one, so that the same words in another order are another text. */
const width = 4;

/**
 * From this share of common shingles on two texts are nearly the same, whatever was added: a letter of 60 words with one
 * sentence more has it. Two letters of one house that share salutation, address and footer, half of their words, have a
 * third.
 */
const surely = 0.7;

/**
 * A short letter loses more by a new date, greeting and subject: down to half of its shingles. So much is enough where
 * nothing longer than a phrase is new; news is longer, be the house's own words around it ever so many.
 */
const perhaps = 0.5;
const phrase = 6;

const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
/** Languages without spaces are read character by character. */
const word = new RegExp(String.raw`[${unspaced}]|[^\s${unspaced}]+`, 'gu');

/** A text as it is compared: its runs of four words (Broder 1997, On the resemblance and containment of documents). */
export interface Shingled {
  /** In the order of the text; a text of fewer words is one shingle, an empty one none. */
  list: readonly string[];
  set: ReadonlySet<string>;
}

/** Reads a text for comparing. All numbers count as the same: a new date alone makes no new text. */
export function shinglesOf(text: string): Shingled {
  const words = (plainWords(text).match(word) ?? []).map((one) => one.replace(/\p{N}+/gu, '0'));
  const list: string[] = [];
  for (let i = 0; i < words.length && (i === 0 || i + width <= words.length); i++)
    list.push(words.slice(i, i + width).join(' '));
  return { list, set: new Set(list) };
}

/**
 * How much of two texts is the same: common shingles of all shingles (Jaccard).
 * @returns whole per cent, at most 99; undefined where it is too little to call them nearly the same
 */
export function nearlySame(a: Shingled, b: Shingled): number | undefined {
  const [fewer, more] = a.set.size < b.set.size ? [a.set, b.set] : [b.set, a.set];
  if (fewer.size === 0 || fewer.size < more.size * perhaps) return undefined;
  let common = 0;
  for (const shingle of fewer) if (more.has(shingle)) common++;
  const share = common / (fewer.size + more.size - common);
  const near = share >= surely || (share >= perhaps && newWords(a, b) <= phrase && newWords(b, a) <= phrase);
  return near ? Math.min(99, Math.floor(share * 100)) : undefined;
}

/** The most words in a row that are in a text and in no shingle of the other. */
function newWords({ list }: Shingled, { set }: Shingled): number {
  let longest = 0;
  let run = 0;
  for (const shingle of list) {
    run = set.has(shingle) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  // A run of shingles between two that are known lacks the words of these.
  return Math.max(0, longest - (width - 1));
}
