import { foldWord, stemOf } from '../search/word-forms.js';

/** Words that say nothing about what a case is about, in the languages people write in most. */
const common = new Set(
  `the and for with that this from have has had not are was were but you your our she his her they them who what when
  where why how all any can will would about again still please dear hello il lo la le gli un una uno di del della dei
  delle dello degli da dal dalla in nel nella con su sul sulla per tra fra che chi non si mi ti ci vi ho ha hanno sono
  era come anche piu ma ed ancora der die das und ist nicht mit von den dem ein eine ich sie wir les des est pas pour
  que qui dans sur avec una los las por para con del re fwd fw`
    .split(/\s+/)
    .map(foldWord),
);

/** How much of the shorter of two texts the other must say too. */
const enough = 0.5;

/** What a text is about: its words by their stems, without those that say nothing. */
export function aboutOf(text: string): ReadonlySet<string> {
  const words = text.split(/[^\p{L}\p{N}]+/u).map(foldWord);
  return new Set(words.filter((word) => word.length > 2 && !common.has(word)).map(stemOf));
}

/**
 * How much two texts are about the same, from 0 to 1: the share of the words of the shorter that the longer has too
 * (Szymkiewicz–Simpson overlap). One word in common is no likeness unless it is all there is.
 */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one];
  if (short.size === 0) return 0;
  const shared = [...short].filter((word) => long.has(word)).length;
  return shared < Math.min(2, short.size) ? 0 : shared / short.size;
}

/** Whether two texts read alike. */
export function readsAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return likeness(one, other) >= enough;
}
