/** Sequences by which a terminal is told what to do (ECMA-48), whole: commands, and strings such as a title of its window. */
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])?/g;

/** Control characters, marks that turn the direction of writing, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * What a stranger wrote as one line that may stand in a record and be shown anywhere: without control and escape
 * characters, each white space one space.
 * @param most so many characters, the last one being `…` where it was longer
 */
export function titleText(text: string, most = 400): string {
  const line = withoutEscapes(text)
    .replace(/\s+/g, ' ')
    .replace(unprintable, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (line.length <= most) return line;
  // Not through the middle of a character.
  return `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text without the sequences that drive a terminal. */
export function withoutEscapes(text: string): string {
  return text.replace(escapes, '');
}
