import { lookUp } from '../campaigns/language.js';

/** A text, or one for each language (BCP 47). */
export type Wording = string | Readonly<Record<string, string>>;

/** The text in the first of the languages that it has, or else its first one. */
export function inLanguage(words: Wording, languages: readonly string[]): string {
  if (typeof words === 'string') return words;
  return words[languageOfWording(words, languages) ?? ''] ?? '';
}

/** Which of its languages that is; undefined for a text that is one for all. */
export function languageOfWording(words: Wording, languages: readonly string[]): string | undefined {
  if (typeof words === 'string') return undefined;
  const there = Object.keys(words);
  const find = lookUp(there);
  for (const language of languages) {
    const found = find(language);
    if (found !== undefined) return found;
  }
  return there[0];
}
