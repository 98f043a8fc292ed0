/** No marker of a mail program is longer: whatever is longer is text, and is looked at no further. */
export const longestMarker = 400;

/** Characters of a text that are read: more nobody types, and a note of more nobody reads. */
const longestText = 500_000;

/** The lines of a text, whatever ends them; of a text beyond all measure the first ones. */
export function linesOf(text: string): string[] {
  return text.slice(0, longestText).split(/\r\n|\r|\n/);
}

/**
 * A line as markers are looked for in it: without signs of direction and width that are not seen, with plain spaces,
 * trimmed. Empty where the line is too long to be a marker.
 */
export function markerOf(line: string): string {
  if (line.length > longestMarker) return '';
  return line
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u00a0\u202f\t]/g, ' ')
    .trim();
}

/** Whether nothing can be seen on a line. */
export function isBlank(line: string): boolean {
  return line.length <= longestMarker ? markerOf(line) === '' : line.trim() === '';
}

/** Whether a line is quoted, as mail programs do it. */
export function isQuoted(line: string): boolean {
  return /^[ \t]{0,8}>/.test(line);
}
