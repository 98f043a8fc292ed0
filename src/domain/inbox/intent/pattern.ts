import { plainWord, type Sentence, wholeNegations } from './sentences.js';

/** Words in a row that are looked for, such as `vorrei/voglio ordin*` or `not _ arrived`. */
export interface Pattern {
  /** As it is written. */
  source: string;
  slots: readonly Slot[];
  /** Whether a clause begins with it, or ends. */
  first: boolean;
  last: boolean;
  /** None of them may stand in the same sentence. */
  without: readonly Slot[];
}

/** A place of a pattern: any of some words or beginnings of words, a number, or a gap. */
interface Slot {
  words: ReadonlySet<string>;
  beginnings: readonly string[];
  number: boolean;
  gap: boolean;
}

/** Most words that a gap stands for. */
const widestGap = 3;
const mostGaps = 3;

/**
 * Reads a pattern. Words are parted by spaces; `a/b` is one or the other, `word*` any word that begins so, `_` up to
 * three words, `0` a number, `^` and `$` the beginning and the end of a clause, and `-word` behind it forbids a word in
 * the same sentence.
 * @throws Error where a pattern has no word, or more than three gaps
 */
export function readPattern(source: string): Pattern {
  const places = source.trim().split(/\s+/);
  const without = places.filter((place) => /^-./.test(place)).map((place) => slotOf(place.slice(1)));
  const slots = places
    .filter((place) => !/^-.|^[$^]$/.test(place))
    .flatMap((place) => (place === '_' ? [gap] : words(place)));
  if (slots.every((slot) => slot.gap)) throw new Error(`“${source}” has no word in it`);
  if (slots.filter((slot) => slot.gap).length > mostGaps)
    throw new Error(`“${source}” has more than ${mostGaps} gaps`);
  return { source, slots, first: places.includes('^'), last: places.includes('$'), without };
}

const gap: Slot = { words: new Set(), beginnings: [], number: false, gap: true };

/** `l'ordine` is two words, as in a text. */
function words(place: string): Slot[] {
  const whole = wholeNegations(place);
  if (/\/.*['’]|['’].*\//u.test(whole))
    throw new Error(`“${place}”: a word with an apostrophe is two, and no choice`);
  return whole.includes('/') ? [slotOf(whole)] : whole.split(/['’-]/).filter(Boolean).map(slotOf);
}

function slotOf(place: string): Slot {
  const all = place
    .split('/')
    .filter(Boolean)
    .map((word) => plainWord(word));
  return {
    words: new Set(all.filter((word) => word !== '0' && !word.endsWith('*'))),
    beginnings: all.filter((word) => word.endsWith('*') && word.length > 1).map((word) => word.slice(0, -1)),
    number: all.includes('0'),
    gap: false,
  };
}

/**
 * Where a pattern stands in a sentence first.
 * @param numbers words that are numbers
 * @returns index of its first word and of the word behind its last
 */
export function findPattern(
  { slots, first, last, without }: Pattern,
  { words, set, clauses }: Sentence,
  numbers: ReadonlySet<string>,
): [from: number, to: number] | undefined {
  if (!slots.every((slot) => slot.gap || mayFit(slot, set))) return undefined;
  for (let from = 0; from < words.length; from++) {
    if (first && from > 0 && clauses[from] === clauses[from - 1]) continue;
    const to = matchAt(slots, 0, words, from, numbers);
    if (to === undefined || (last && to < words.length && clauses[to] === clauses[to - 1])) continue;
    const forbidden = without.some((slot) => words.some((word) => fits(slot, word, numbers)));
    return forbidden ? undefined : [from, to];
  }
  return undefined;
}

function matchAt(
  slots: readonly Slot[],
  slot: number,
  words: readonly string[],
  at: number,
  numbers: ReadonlySet<string>,
): number | undefined {
  const one = slots[slot];
  if (one === undefined) return at;
  if (!one.gap) {
    if (at >= words.length || !fits(one, words[at]!, numbers)) return undefined;
    return matchAt(slots, slot + 1, words, at + 1, numbers);
  }
  for (let skip = 0; skip <= widestGap; skip++) {
    const end = matchAt(slots, slot + 1, words, at + skip, numbers);
    if (end !== undefined) return end;
  }
  return undefined;
}

function fits(slot: Slot, word: string, numbers: ReadonlySet<string>): boolean {
  if (slot.words.has(word)) return true;
  if (slot.number && (/^\d{1,4}$/.test(word) || numbers.has(word))) return true;
  return slot.beginnings.some((beginning) => word.startsWith(beginning));
}

/** Whether a word of a sentence may fit, quickly: most patterns of a language fail here. */
function mayFit(slot: Slot, set: ReadonlySet<string>): boolean {
  if (slot.number || slot.beginnings.length > 0) return true;
  for (const word of slot.words) if (set.has(word)) return true;
  return false;
}
