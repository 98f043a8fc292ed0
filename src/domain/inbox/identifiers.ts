/** A word that may be the number of a member, an order, an agreement or a case. */
const word = /[\p{L}\p{N}](?:[\p{L}\p{N}./_#-]{2,38}[\p{L}\p{N}])?/gu;

/** A year, a time or a date says whose message it is as little as a word without digits. */
const common = /^(?:(?:19|20)\d\d|\d{1,2}[.:]\d{2}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})$/;

/** So many are looked up of one message. */
const most = 200;

/**
 * What in a text may be an identifier, in lower case, each once: words of 4 to 40 characters with a digit, whole and, where a
 * sign such as a dot or a colon joins them to others (`n.00184`), in their parts.
 */
export function identifiersIn(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(word)) {
    if (!/\d/.test(match)) continue;
    for (const part of [match, ...match.split(/[./#]/)]) {
      if (part.length < 4 || part.length > 40 || !/\d/.test(part) || common.test(part)) continue;
      found.add(part.toLowerCase());
      if (found.size === most) return [...found];
    }
  }
  return [...found];
}
