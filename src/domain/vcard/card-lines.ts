import { type ContentLine, parseKept, parseLine } from './content-line.js';
import { keptLine } from './kept-line.js';
import { labelOf, namedLabel, preference } from './labels.js';
import type { RawCard } from './raw-cards.js';
import { unfold } from './unfold.js';
import { lineOf } from './value-text.js';

/** A card of more lines was not made to be an entry of an address book. */
const mostLines = 5000;
/** A record of more than this, pictures apart, could not be read again. */
const longestText = 1_000_000;
/** More than this of a line that a record has no place for belongs in a file of its own. */
const longestKept = 16_384;
/** Of the card itself, and of the program that wrote it. */
const framing = new Set(['BEGIN', 'END', 'VERSION', 'PRODID', 'REV', 'PROFILE']);
/** Apple's words on the other lines of a group: what they are called, and the country of an address. */
const describing = ['X-ABLABEL', 'X-ABADR'] as const;

/** The lines of a card, from which those are taken that a record has a place for. */
export class CardLines {
  private readonly byName = new Map<string, ContentLine[]>();
  private readonly taken = new Set<ContentLine>();
  /** `item1.X-ABLABEL` → what it says. */
  private readonly described = new Map<string, string>();

  private constructor(private readonly lines: readonly ContentLine[]) {
    for (const line of lines) {
      const same = this.byName.get(line.name);
      if (same) same.push(line);
      else this.byName.set(line.name, [line]);
      if (framing.has(line.name)) this.taken.add(line);
      if (line.group === undefined || !describing.some((name) => name === line.name)) continue;
      this.described.set(`${line.group.toLowerCase()}.${line.name}`, lineOf(line.value));
      this.taken.add(line);
    }
  }

  /** @returns the lines, or why the card cannot be read, with the line that says so */
  static of(card: Extract<RawCard, { lines: string[] }>): CardLines | { line: number; refused: string } {
    const folded = unfold(card.lines, card.line + 1);
    if (folded.length > mostLines)
      return {
        line: card.line,
        refused: `the card has ${folded.length} lines; at most ${mostLines} are read`,
      };
    const lines: ContentLine[] = [];
    let size = 0;
    for (const { line, text } of folded) {
      const read = parseLine(text, line);
      if (!read) {
        const shown = JSON.stringify(text.slice(0, 40));
        return { line, refused: `${shown} is no line of a vCard: expected NAME:value` };
      }
      lines.push(read);
      if (read.binary === undefined && read.name !== 'PHOTO' && read.name !== 'LOGO') size += text.length;
      if (size > longestText)
        return { line, refused: `the card says more than ${longestText} characters, pictures apart` };
    }
    return new CardLines(lines);
  }

  /** Reads `vcard:` of a record, which people may have edited: what is no line of a card is none. */
  static kept(vcard: unknown): CardLines {
    const texts = (Array.isArray(vcard) ? vcard : [vcard]).filter((text) => typeof text === 'string');
    const lines = new CardLines(texts.flatMap((text) => parseKept(text) ?? [])).left();
    // A card has one UID, and the record says which.
    return new CardLines(lines.filter(({ name }) => name !== 'UID'));
  }

  /** What names a character set that nobody knows, each set once. */
  charsetProblems(): string[] {
    const named = new Map(
      this.lines.flatMap(({ name, unknownCharset }) =>
        unknownCharset === undefined ? [] : [[unknownCharset, name] as const],
      ),
    );
    return [...named].map(
      ([charset, name]) =>
        `${name} is in ${JSON.stringify(charset)}, a character set that nobody knows; read as UTF-8`,
    );
  }

  all(name: string): readonly ContentLine[] {
    return this.byName.get(name) ?? [];
  }

  /** The line of this name that is preferred, else the first. */
  first(name: string): ContentLine | undefined {
    let best: ContentLine | undefined;
    for (const line of this.all(name))
      if (!best || (preference(line) ?? 101) < (preference(best) ?? 101)) best = line;
    return best;
  }

  /** The record says all that this line says. */
  take(line: ContentLine): void {
    this.taken.add(line);
  }

  /** What a person or a program calls this line. */
  labelOf(line: ContentLine): string | undefined {
    return labelOf(line, this.named(line));
  }

  /** What X-ABLabel calls this line. */
  named(line: ContentLine): string | undefined {
    const text = this.wordOn(line, 'X-ABLABEL');
    return text === undefined ? undefined : namedLabel(text);
  }

  /** The country of an address, as X-ABADR says it. */
  countryOf(line: ContentLine): string | undefined {
    return this.wordOn(line, 'X-ABADR');
  }

  /** In a card another line of the group says it; in a record, where lines come together from several cards, the line itself. */
  private wordOn({ group, params }: ContentLine, name: (typeof describing)[number]): string | undefined {
    return (
      params.get(name)?.[0] ??
      (group === undefined ? undefined : this.described.get(`${group.toLowerCase()}.${name}`))
    );
  }

  /** What is left, each line with what is said of it in its group. */
  left(): ContentLine[] {
    return this.lines
      .filter((line) => !this.taken.has(line))
      .map((line) => {
        if (line.group === undefined) return line;
        const words = describing.flatMap((name) => {
          const word = this.wordOn(line, name);
          return word === undefined ? [] : [[name, [word]] as const];
        });
        const { group: _, ...alone } = line;
        return { ...alone, params: new Map([...line.params, ...words]) };
      });
  }

  /** What is left, as `vcard:` of a record keeps it, and what is too long for that. */
  rest(): { vcard: string[]; problems: string[] } {
    const vcard: string[] = [];
    const problems: string[] = [];
    for (const line of this.left()) {
      const text = keptLine(line);
      if (text.length <= longestKept) vcard.push(text);
      else
        problems.push(`${line.name} is left out: ${text.length} characters, at most ${longestKept} are kept`);
    }
    return { vcard, problems };
  }
}
