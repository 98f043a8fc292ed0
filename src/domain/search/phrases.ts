import { foldWord } from './word-forms.js';

/** More of a text is not looked through: what matters to its writer does not come after fifty pages. */
const mostCharacters = 100_000;

/** A phrase, as the words it is made of. */
type Pattern = readonly { stem: string; open: boolean }[];

const patternOf = (phrase: string): Pattern =>
  phrase.split(' ').map((word) => ({ stem: word.replace(/\*$/, ''), open: word.endsWith('*') }));

/**
 * Phrases to be found word by word, without accents and capitals; a `*` ends a word that may go on. They are held by the
 * first three letters of their first word, so that a word of a text is compared with few of them.
 */
export class Phrases {
  readonly #byStart = new Map<string, Pattern[]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of new Set(phrases)) {
      const start = phrase.split(/[ *]/, 1)[0]?.slice(0, 3) ?? '';
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), patternOf(phrase)]);
    }
  }

  /** How many words the phrase has that begins at a word; 0 where none does. */
  at(words: readonly string[], position: number): number {
    const word = words[position] as string;
    const found = this.#byStart.get(word.slice(0, 3))?.find((pattern) =>
      pattern.every(({ stem, open }, offset) => {
        const other = words[position + offset];
        return other !== undefined && (open ? other.startsWith(stem) : other === stem);
      }),
    );
    return found?.length ?? 0;
  }
}

/** Words of a sentence, folded, with where each stands in it. */
export interface Sentence {
  text: string;
  words: string[];
  places: { from: number; to: number }[];
}

/** The sentences of a text, as far as full stops and lines tell. */
export function* sentencesOf(text: string): Generator<Sentence> {
  for (const piece of text.slice(0, mostCharacters).split(/[.!?;\n]+/)) {
    const found = [...piece.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
    if (found.length === 0) continue;
    yield {
      text: piece,
      words: found.map(([word]) => foldWord(word)),
      places: found.map(({ 0: word, index }) => ({ from: index, to: index + word.length })),
    };
  }
}
