/**
 * Endings by which Italian and English words differ in number and gender, or as verbs do: libro and libri, amica and
 * amiche, order and orders, delivered and delivering. A full stemmer knows more and is wrong more often on names.
 */
const endings = /(?:h[ei]|i[eao]|[aeio]|ies|es|s|ing|ed|y)$/;
const shortestStem = 3;

/**
 * What the forms of a word have in common: the word without its ending, in lower case and without accents. Words of one
 * stem are taken for forms of each other; a word too short to lose its ending is its own.
 */
export function stemOf(word: string): string {
  const plain = foldWord(word);
  const stem = plain.replace(endings, '');
  return stem.length >= shortestStem ? stem : plain;
}

/** A word as the search index keeps it: lower case, without accents. */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * How many letters must be typed otherwise to make one word of another: put in, left out, replaced, or swapped with
 * the next one (optimal string alignment). Stops counting beyond `most`, and answers `most + 1` then.
 */
export function typosBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, before[column - 2]! + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = above;
    above = current;
  }
  return above[other.length]!;
}

/** The one of several words that another is a slip of the fingers from; undefined where none is. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  return words.find((one) => typosBetween(word, one, 2) <= (word.length < 6 ? 1 : 2));
}
