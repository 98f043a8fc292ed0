import { foldPersonName, foldText } from './person-name.js';

/** Words that begin a family name rather than end a given one. */
const particles = new Set(
  `af al am av bin da dal dalla de degli dei del della den der des di do dos du el ibn la las le li lo los mac mc
  san santa st ten ter van ver vom von zu zum zur`.split(/\s+/),
);

/**
 * A whole name as given and family name, without honorifics: `Rossi, Mario`, `ROSSI Mario`, `Dott. Mario de Rossi`. A
 * guess, made for comparing; a single word counts as the given name.
 */
export function splitPersonName(name: string): { given: string; family: string } {
  const kept = new Set(foldPersonName(name).split(' '));
  const wordsOf = (text: string) =>
    text.split(/\s+/).filter((word) =>
      foldText(word)
        .split(' ')
        .some((token) => token !== '' && kept.has(token)),
    );
  const comma = name.indexOf(',');
  if (comma >= 0) {
    const [family, given] = [wordsOf(name.slice(0, comma)), wordsOf(name.slice(comma + 1))];
    // `Mario Rossi, PhD` has nothing but a title behind the comma.
    if (family.length > 0 && given.length > 0) return { given: given.join(' '), family: family.join(' ') };
  }
  const words = wordsOf(name.replaceAll(',', ' '));
  const loud = words.filter((word) => /\p{Lu}.*\p{Lu}/u.test(word) && word === word.toUpperCase());
  if (loud.length > 0 && loud.length < words.length) {
    return { given: words.filter((word) => !loud.includes(word)).join(' '), family: loud.join(' ') };
  }
  if (words.length < 2) return { given: words.join(' '), family: '' };
  let from = words.length - 1;
  while (from > 1 && particles.has(foldText(words[from - 1]!))) from--;
  return { given: words.slice(0, from).join(' '), family: words.slice(from).join(' ') };
}
