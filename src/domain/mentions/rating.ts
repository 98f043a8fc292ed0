/** How many of how many stars. */
export interface Rating {
  value: number;
  best: number;
}

/** As the Google Business Profile API writes stars. */
const words: Record<string, string> = { one: '1', two: '2', three: '3', four: '4', five: '5' };

/**
 * A rating: `4`, `4,5`, `4/5`, `4 of 5`, `FOUR`, `★★★★☆`, `80 %`.
 * @param best what it is out of, where it says so
 * @param scale what ratings of this file are out of, where it does not
 * @returns undefined where nothing was rated
 */
export function readRating(
  text: string | undefined,
  best: string | undefined,
  scale: number,
): Rating | undefined | { wrong: string } {
  // Emoji come with a selector of how they are drawn.
  const plain = (text ?? '').replaceAll('\ufe0f', '').trim().toLowerCase();
  if (plain === '' || plain === 'star_rating_unspecified') return undefined;
  const shown = plain.slice(0, 40);
  if (/^[★⭐☆✩]+$/u.test(plain)) {
    const [full, all] = [/[★⭐]/gu, /[★⭐☆✩]/gu].map((star) => plain.match(star)?.length ?? 0);
    return rated(full ?? 0, Math.max(all ?? 0, scale), shown);
  }
  const found =
    /^(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:(%)|(?:\/|von|of|out of|su|sur|de)\s*(\d{1,3}))?\s*[★⭐\p{L}]{0,12}$/u.exec(
      words[plain] ?? plain,
    );
  if (!found) return { wrong: `"${shown}" is no rating, such as 4 or 4/5` };
  const [, value = '', percent, of] = found;
  const outOf = percent ? 100 : Number(of ?? best?.replace(',', '.') ?? scale);
  return rated(Number(value.replace(',', '.')), outOf, shown);
}

function rated(value: number, best: number, shown: string): Rating | { wrong: string } {
  if (best >= 1 && value >= 0 && value <= best) return { value, best };
  return { wrong: `"${shown}" is no rating out of ${best}` };
}

/** What the ratings of a file are out of: of five, unless one is higher. */
export function scaleOf(ratings: Iterable<string | undefined>): number {
  let highest = 0;
  for (const text of ratings) {
    const value = /^\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*$/.exec(text ?? '')?.[1];
    if (value !== undefined) highest = Math.max(highest, Number(value.replace(',', '.')));
  }
  if (highest <= 5) return 5;
  return highest <= 10 ? 10 : 100;
}
