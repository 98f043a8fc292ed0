import { world } from './frequencies.js';
import { editDistance, jaroWinkler } from './similarity.js';
import type { Field } from './table.js';

/** What a text of several words says at most, and costs at least, in bits. */
export interface WordRule {
  most: number;
  least: number;
  /** What each bit of an unmatched word costs. */
  unmatched: number;
  /** What each bit of a matched word beside the rarest counts for. */
  further: number;
  /** What it costs that each text has a number that the other has not, in bits. */
  number: number;
}

export interface WordAgreement {
  /** Evidence in bits, as a match weight. */
  weight: number;
  /** Share of what the words say that both texts say, 0 to 1. */
  share: number;
}

const digits = /^\d/;

/** The share of a word in the world. */
const rare = 0.001;

/**
 * Compares two texts word by word. A word that both have is evidence by its rarity (its share of all texts is how often
 * strangers have it by chance), one that only one of them has is counter-evidence; misspelt, shortened and joined words
 * count for less than equal ones.
 */
export function compareWords(field: Field, a: number, b: number, rule: WordRule): WordAgreement {
  const { filled, counts, wordTexts, wordCounts } = field;
  // Among the distinct texts: a name that a list holds a hundred times is no common word for it.
  const texts = field.values.length;
  if (a === b)
    return {
      weight: Math.min(rule.most, Math.log2((0.9 * (filled + world)) / (counts[a]! + world * rare))),
      share: 1,
    };
  const wordsA = field.words![a]!;
  const wordsB = field.words![b]!;
  const bits = (word: number) =>
    Math.max(0.3, Math.log2((texts + world) / (wordCounts[word]! + world * rare)));
  let said = 0;
  let matched = 0;
  let rarest = 0;
  let lost = 0;
  const usedB = new Uint8Array(wordsB.length);
  const restA: number[] = [];
  for (const word of wordsA) {
    const at = wordsB.indexOf(word);
    if (at >= 0 && usedB[at] === 0) {
      usedB[at] = 1;
      const worth = bits(word);
      matched += worth;
      if (worth > rarest) rarest = worth;
      said += 2 * worth;
    } else restA.push(word);
  }
  let numbersA = 0;
  let numbersB = 0;
  for (const word of restA) {
    const text = wordTexts[word]!;
    let best = 0;
    let bestAt = -1;
    for (let j = 0; j < wordsB.length; j++) {
      if (usedB[j] === 1) continue;
      const alike = wordAlike(text, wordTexts[wordsB[j]!]!);
      if (alike > best) {
        best = alike;
        bestAt = j;
      }
    }
    if (bestAt >= 0) {
      usedB[bestAt] = 1;
      // A misspelling is rare by itself; it says no more than the commoner of the two.
      const worth = Math.min(bits(word), bits(wordsB[bestAt]!));
      matched += worth * best;
      if (worth * best > rarest) rarest = worth * best;
      said += worth * 2;
      continue;
    }
    lost += bits(word);
    said += bits(word);
    if (digits.test(text)) numbersA++;
  }
  for (let j = 0; j < wordsB.length; j++) {
    if (usedB[j] === 1) continue;
    lost += bits(wordsB[j]!);
    said += bits(wordsB[j]!);
    if (digits.test(wordTexts[wordsB[j]!]!)) numbersB++;
  }
  const share = said === 0 ? 0 : (2 * matched) / said;
  // Another number is another house, or another branch.
  const numbers = numbersA > 0 && numbersB > 0 ? rule.number : 0;
  // Words go together: who shares the rarest word of a name mostly shares the others.
  const weight = rarest + (matched - rarest) * rule.further - rule.unmatched * lost - numbers;
  if (matched === 0) return { weight: acronym(field, a, b) ? 4 : rule.least, share };
  return { weight: Math.max(rule.least, Math.min(rule.most, weight)), share };
}

/** How far one word stands for the other: 0 for not at all. */
function wordAlike(a: string, b: string): number {
  if (digits.test(a) || digits.test(b)) return 0;
  const short = Math.min(a.length, b.length);
  if (short === 1) return a[0] === b[0] ? 0.3 : 0;
  if (short > 3 && editDistance(a, b, 1) <= 1) return 0.85;
  if (short > 6 && editDistance(a, b, 2) <= 2) return 0.7;
  if (short >= 3 && (a.startsWith(b) || b.startsWith(a))) return 0.6;
  return short > 3 && a[0] === b[0] && jaroWinkler(a, b) >= 0.92 ? 0.6 : 0;
}

/** `AP` for `Ashcroft Plastics`. */
function acronym(field: Field, a: number, b: number): boolean {
  const [short, long] = field.values[a]!.length < field.values[b]!.length ? [a, b] : [b, a];
  const letters = field.values[short]!.split(' ')[0]!;
  const words = field.values[long]!.split(' ');
  return (
    letters.length >= 2 &&
    letters.length <= words.length &&
    [...letters].every((letter, i) => words[i]?.startsWith(letter))
  );
}
