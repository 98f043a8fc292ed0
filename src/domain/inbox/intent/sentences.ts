import { foldWord } from '../../search/word-forms.js';

/** A sentence as words are looked for in it. */
export interface Sentence {
  /** In lower case, without accents; at apostrophes and hyphens a new one begins. */
  words: readonly string[];
  /** The same, each once. */
  set: ReadonlySet<string>;
  /** For each word the number of its clause, which commas, colons and brackets part. */
  clauses: readonly number[];
  /** As it stands in the text. */
  text: string;
  /** Whether it ends in a question mark. */
  question: boolean;
}

/** Words that are looked at: who wants something says so by then. */
const mostWords = 1500;
const mostCharacters = 20_000;

/** How words are shortened by those who write on a telephone. */
const shortened = new Map([
  ['nn', 'non'],
  ['xche', 'perche'],
  ['xke', 'perche'],
  ['cmq', 'comunque'],
  ['pls', 'please'],
  ['plz', 'please'],
  ['u', 'you'],
  ['ur', 'your'],
  ['thx', 'thanks'],
]);

/** A word as it is compared: in lower case, without accents, in full. */
export function plainWord(word: string): string {
  const plain = foldWord(word).replace(/ß/g, 'ss');
  return shortened.get(plain) ?? plain;
}

/** `don't` as one word, as many write it. */
export function wholeNegations(text: string): string {
  return text.replace(/(?<=n)['’´`](?=t(?!\p{L}))/giu, '');
}

/** The sentences of a text; lines that are quoted do not count. */
export function sentencesOf(text: string): Sentence[] {
  const own = wholeNegations(text.slice(0, mostCharacters))
    .split(/\r\n?|\n/)
    .filter((line) => !/^\s{0,8}>/.test(line))
    .join('\n');
  const sentences: Sentence[] = [];
  let words: string[] = [];
  let clauses: number[] = [];
  let clause = 0;
  let count = 0;
  const end = (question: boolean) => {
    if (words.length > 0)
      sentences.push({ words, set: new Set(words), clauses, text: own.slice(from, to), question });
    words = [];
    clauses = [];
  };
  // Abbreviations (`art. 52`, `n. 40`) end no sentence: behind its end stands a capital letter, or nothing.
  let [from, to] = [0, 0];
  for (const { 0: piece, index } of own.matchAll(
    /[\p{L}\p{N}\p{M}]+|[!?]+|\.(?=\s+[^\p{Ll}\d\s]|\s*$)|\n\s*(?=\n|[^\p{Ll}\s])|[,;:()–—]/gu,
  )) {
    if (/^[\p{L}\p{N}]/u.test(piece)) {
      if (++count > mostWords) break;
      if (words.length === 0) from = index;
      to = index + piece.length;
      words.push(plainWord(piece));
      clauses.push(clause);
    } else {
      clause++;
      if (!/^[,;:()–—]/u.test(piece)) end(piece.includes('?'));
    }
  }
  end(false);
  return sentences;
}
