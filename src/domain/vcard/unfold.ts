/** A line put together where it was folded, a byte a character. */
export interface UnfoldedLine {
  /** Of the file, from 1: where it begins. */
  line: number;
  text: string;
}

/** A line in the making. Its pieces are put together once: it may have a great many. */
interface Pieces {
  line: number;
  pieces: string[];
  /** Known as soon as it was asked for. */
  encoding?: Encoding;
}

type Encoding = 'quoted-printable' | 'base64' | 'none';

/** What stands in front of the colon is not looked for beyond these. */
const piecesOfHead = 20;

/**
 * The lines of a card as they are to be read one by one: unfolded, encoded values put together, a card within the card
 * as the value of the line that holds it.
 * @param first the line of the file that the first one is
 */
export function unfold(lines: readonly string[], first: number): UnfoldedLine[] {
  const found: Pieces[] = [];
  let current: Pieces | undefined;
  let depth = 0;
  for (const [i, text] of lines.entries()) {
    const start = text.charCodeAt(0);
    const folded = start === 32 || start === 9;
    if (current && depth > 0) {
      depth += /^BEGIN:/i.test(text) ? 1 : /^END:/i.test(text) ? -1 : 0;
      current.pieces.push(`\\n${escapedLine(text)}`);
    } else if (current && beginsInner(current.pieces.at(-1)!, text)) {
      depth = 1;
      current.pieces.push(escapedLine(text));
    } else if (current?.pieces.at(-1)?.endsWith('=') && encodingOf(current) === 'quoted-printable') {
      // A soft break; what follows may be an empty line.
      current.pieces.push(current.pieces.pop()!.slice(0, -1), text);
    } else if (current && folded) current.pieces.push(text.slice(1));
    else if (current && !text.includes(':') && encodingOf(current) === 'base64') current.pieces.push(text);
    // Some programs end every line twice.
    else if (text.trim() !== '') {
      current = { line: first + i, pieces: [text] };
      found.push(current);
    }
  }
  return found.map(({ line, pieces }) => ({
    line,
    text: pieces.length === 1 ? pieces[0]! : pieces.join(''),
  }));
}

/** Whether `text` begins a card within the card, as the value of the line before. */
export function beginsInner(before: string, text: string): boolean {
  return /^BEGIN:VCARD\s*$/i.test(text) && /^(?:[\w-]{1,64}\.)?AGENT[^:]{0,200}:\s*$/i.test(before);
}

function encodingOf(line: Pieces): Encoding {
  if (line.encoding !== undefined) return line.encoding;
  const text = line.pieces.slice(0, piecesOfHead).join('');
  const head = text.slice(0, Math.min(text.indexOf(':') + 1, 2000));
  const encoding = /[;=]"?QUOTED-PRINTABLE"?[;:]/i.test(head)
    ? 'quoted-printable'
    : /[;=]"?B(?:ASE64)?"?[;:]/i.test(head)
      ? 'base64'
      : 'none';
  if (head !== '' || line.pieces.length > piecesOfHead) line.encoding = encoding;
  return encoding;
}

function escapedLine(text: string): string {
  return text.replace(/[\\,;]/g, (character) => `\\${character}`);
}
