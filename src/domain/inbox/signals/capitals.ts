/** Words shorter than this are left out: AG, SPA, PEC say nothing of the tone. */
const shortest = 4;

/** So many words must be there: URGENTE alone, or a title, is no shouting. */
const fewest = 8;

/** So much of the letters of these words must be capitals. */
const share = 0.6;

const mostCharacters = 100_000;

/** Letters without a capital of their own (ß, ŉ) say nothing of a writer who has only capitals. */
const letters = /[\p{Lu}\p{Ll}]/gu;

/**
 * Whether somebody shouts: how much of the letters of longer words is capital. A number of an order, and a word with
 * digits in it, is no word; scripts without capitals never shout.
 * @returns the share from 0 to 1; undefined where nobody shouts
 */
export function shoutedShare(text: string): number | undefined {
  let words = 0;
  let upper = 0;
  let all = 0;
  for (const [word] of text.slice(0, mostCharacters).matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (/\p{N}/u.test(word)) continue;
    const cased = [...(word.match(letters) ?? [])].filter((letter) => letter.toUpperCase().length === 1);
    if (cased.length < shortest) continue;
    words++;
    all += cased.length;
    upper += cased.filter((letter) => letter !== letter.toLowerCase()).length;
  }
  return words >= fewest && upper >= share * all ? upper / all : undefined;
}
