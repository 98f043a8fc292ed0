/** A text, or one for each language (BCP 47). */
export type Wording = string | Readonly<Record<string, string>>;

/** The text in the first of the languages that it has, or else its first one. */
export function inLanguage(words: Wording, languages: readonly string[]): string {
  if (typeof words === 'string') return words;
  for (const language of languages) {
    const own = words[language] ?? words[language.split('-')[0]!];
    if (own !== undefined) return own;
  }
  return Object.values(words)[0] ?? '';
}
