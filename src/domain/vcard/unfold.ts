/** A line put together where it was folded, a byte a character. */
export interface UnfoldedLine {
  /** Of the file, from 1: where it begins. */
  line: number;
  text: string;
}

/**
 * The lines of a card as they are to be read one by one: unfolded, encoded values put together, a card within the card
 * as the value of the line that holds it.
 * @param first the line of the file that the first one is
 */
export function unfold(lines: readonly string[], first: number): UnfoldedLine[] {
  const found: UnfoldedLine[] = [];
  let current: UnfoldedLine | undefined;
  let depth = 0;
  for (const [i, text] of lines.entries()) {
    const start = text.charCodeAt(0);
    const folded = start === 32 || start === 9;
    if (current && depth > 0) {
      depth += /^BEGIN:/i.test(text) ? 1 : /^END:/i.test(text) ? -1 : 0;
      current.text += `\\n${escapedLine(text)}`;
    } else if (current && beginsInner(current.text, text)) {
      depth = 1;
      current.text = current.text.trimEnd() + escapedLine(text);
    } else if (current?.text.endsWith('=') && isEncoded(current.text, 'QUOTED-PRINTABLE')) {
      // A soft break; what follows may be an empty line.
      current.text = current.text.slice(0, -1) + text;
    } else if (current && folded) current.text += text.slice(1);
    else if (current && !text.includes(':') && isEncoded(current.text, 'B(?:ASE64)?')) current.text += text;
    // Some programs end every line twice.
    else if (text.trim() !== '') {
      current = { line: first + i, text };
      found.push(current);
    }
  }
  return found;
}

/** Whether `text` begins a card within the card, as the value of the line before. */
export function beginsInner(before: string, text: string): boolean {
  return /^BEGIN:VCARD\s*$/i.test(text) && /^(?:[\w-]{1,64}\.)?AGENT[^:]{0,200}:\s*$/i.test(before);
}

function isEncoded(text: string, encoding: string): boolean {
  return new RegExp(`^[^:]{0,1000}[;=]"?${encoding}"?(?:;|:)`, 'i').test(text);
}

function escapedLine(text: string): string {
  return text.replace(/[\\,;]/g, (character) => `\\${character}`);
}
