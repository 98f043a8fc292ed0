/**
 * Puts one record's note under another's text, which stays byte for byte.
 * @param text of the whole file
 */
export function appendNote(text: string, note: string, eol: string): string {
  const body = bare(note, eol);
  return text.endsWith('\n') ? `${text}${eol}${body}${eol}` : `${text}${eol}${eol}${body}`;
}

/**
 * Takes out what `appendNote` put in, wherever in the note it stands by now.
 * @returns undefined where it is not there as it was
 */
export function withoutNote(text: string, note: string, eol: string): string | undefined {
  const body = bare(note, eol);
  const endings = text.endsWith('\n') ? [`${eol}${body}${eol}`] : [`${eol}${eol}${body}`, `${eol}${body}`];
  const ending = endings.find((one) => text.endsWith(one));
  if (ending !== undefined) return text.slice(0, -ending.length);
  const inside = `${eol}${body}${eol}`;
  const at = text.lastIndexOf(inside);
  return at < 0 ? undefined : text.slice(0, at) + text.slice(at + inside.length);
}

function bare(note: string, eol: string): string {
  return note.replace(/^(?:\r?\n)+|\s+$/g, '').replace(/\r?\n/g, eol);
}
