import type { Pattern } from './pattern.js';
import type { Sentence } from './sentences.js';
import type { IntentWords } from './words.js';

/** Tells quickly which of many patterns may stand in a sentence: those of which the first word does. */
class PatternIndex {
  readonly #byWord = new Map<string, Pattern[]>();
  readonly #byBeginning = new Map<string, Pattern[]>();
  readonly #byNumber: Pattern[] = [];
  #longest = 0;

  add(pattern: Pattern): void {
    const first = pattern.slots.find(({ gap }) => !gap);
    if (!first) return;
    for (const word of first.words) put(this.#byWord, word, pattern);
    for (const beginning of first.beginnings) {
      put(this.#byBeginning, beginning, pattern);
      this.#longest = Math.max(this.#longest, beginning.length);
    }
    if (first.number) this.#byNumber.push(pattern);
  }

  candidates({ words }: Sentence): Set<Pattern> {
    const found = new Set(this.#byNumber);
    for (const word of words) {
      for (const pattern of this.#byWord.get(word) ?? []) found.add(pattern);
      for (let end = Math.min(word.length, this.#longest); end > 0; end--)
        for (const pattern of this.#byBeginning.get(word.slice(0, end)) ?? []) found.add(pattern);
    }
    return found;
  }
}

function put(map: Map<string, Pattern[]>, key: string, pattern: Pattern): void {
  const known = map.get(key);
  if (known) known.push(pattern);
  else map.set(key, [pattern]);
}

const indexes = new WeakMap<IntentWords, PatternIndex>();

/** The patterns of a language that may stand in a sentence; no other does. */
export function candidatesIn(sentence: Sentence, words: IntentWords): ReadonlySet<Pattern> {
  let index = indexes.get(words);
  if (!index) {
    index = new PatternIndex();
    const { requests, conditions, past, asking, unsubscribe, phrases } = words;
    for (const pattern of [requests, conditions, past, asking, unsubscribe].flat()) index.add(pattern);
    for (const { pattern } of phrases) index.add(pattern);
    indexes.set(words, index);
  }
  return index.candidates(sentence);
}
