import { type ContentLine, parseKept, parseLine } from './content-line.js';
import { keptLine } from './kept-line.js';
import { labelOf, namedLabel, preference } from './labels.js';
import type { RawCard } from './raw-cards.js';
import { unfold } from './unfold.js';

/** A card of more lines was not made to be an entry of an address book. */
const mostLines = 5000;
/** More than this of a line that a record has no place for belongs in a file of its own. */
const longestKept = 16_384;
/** Of the card itself, and of the program that wrote it. */
const framing = new Set(['BEGIN', 'END', 'VERSION', 'PRODID', 'REV', 'PROFILE']);
/** What says more about the lines of its group, and nothing alone. */
const describing = new Set(['X-ABLABEL', 'X-ABADR']);

/** The lines of a card, from which those are taken that a record has a place for. */
export class CardLines {
  private readonly byName = new Map<string, ContentLine[]>();
  private readonly taken = new Set<ContentLine>();
  private readonly labels = new Map<string, string>();
  private readonly countries = new Map<string, string>();

  private constructor(private readonly lines: readonly ContentLine[]) {
    for (const line of lines) {
      const same = this.byName.get(line.name);
      if (same) same.push(line);
      else this.byName.set(line.name, [line]);
      if (framing.has(line.name)) this.taken.add(line);
      if (line.group !== undefined) this.describe(line.group, line);
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
    for (const { line, text } of folded) {
      const read = parseLine(text, line);
      if (!read) {
        const shown = JSON.stringify(text.slice(0, 40));
        return { line, refused: `${shown} is no line of a vCard: expected NAME:value` };
      }
      lines.push(read);
    }
    return new CardLines(lines);
  }

  /** Reads `vcard:` of a record, which people may have edited: what is no line of a card is none. */
  static kept(vcard: unknown): CardLines {
    const texts = (Array.isArray(vcard) ? vcard : [vcard]).filter((text) => typeof text === 'string');
    return new CardLines(texts.flatMap((text) => parseKept(text) ?? []));
  }

  private describe(group: string, line: ContentLine): void {
    const label = line.name === 'X-ABLABEL' ? namedLabel(line) : undefined;
    if (label !== undefined) this.labels.set(group, label);
    if (line.name === 'X-ABADR' && /^[a-z]{2}$/i.test(line.value.trim()))
      this.countries.set(group, line.value.trim());
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
  named({ group }: ContentLine): string | undefined {
    return group === undefined ? undefined : this.labels.get(group);
  }

  /** The country of an address, as X-ABADR says it. */
  countryOf({ group }: ContentLine): string | undefined {
    return group === undefined ? undefined : this.countries.get(group);
  }

  /** What is left, without what describes only lines that were taken. */
  left(): ContentLine[] {
    const left = this.lines.filter((line) => !this.taken.has(line));
    const groups = new Set(left.flatMap(({ name, group }) => (describing.has(name) ? [] : [group])));
    return left.filter(({ name, group }) => !describing.has(name) || groups.has(group));
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
