import { attributionStart } from './attribution.js';
import { isDivider } from './divider.js';
import { beginsFooter, isArmour } from './footer.js';
import { headerBlockEnd } from './header-block.js';
import { isBlank, isQuoted, linesOf, markerOf } from './lines.js';
import { closingAt, signedBlock } from './sign-off.js';
import { isDeviceLine, isRule, isSignatureRule } from './signature.js';

/** A message taken apart. */
interface Parts {
  /** What the person wrote himself. */
  own: string[];
  signature: string[];
}

/**
 * What a person wrote himself: without what he quotes or forwards, the notes of who wrote that, his signature and
 * disclaimers. Answers between the lines of a quote stay, without it. A quote at the top that no note introduces stays
 * where an answer follows, which would not be understood without it. Who wrote nothing of his own is taken to mean what
 * he sends along.
 * @returns some lines of the text, in their order, joined by LF; no blank line first or last
 */
export function replyText(text: string): string {
  return partsOf(text).own.join('\n');
}

/** The signature below a message, without what closes a letter: lines in which a name or a number may stand. */
export function signatureOf(text: string): string[] {
  return partsOf(text).signature;
}

function partsOf(text: string): Parts {
  let lines = linesOf(text);
  // Each turn leaves out at least the line that held nothing of the person's own.
  for (let turn = 0; turn < 3; turn++) {
    const { own, signature, old } = walk(lines);
    if (own.length > 0) return signedBlock(own, signature);
    if (old === undefined || old >= lines.length) break;
    lines = lines.slice(old);
  }
  return { own: trimmed(lines), signature: [] };
}

/** @returns `old`: where what was sent along begins */
function walk(lines: readonly string[]): Parts & { old?: number } {
  const own: string[] = [];
  let written = false;
  let attributed = false;
  let fenced = false;
  /** Quotes that no note introduces, kept until it is known whether an answer follows. */
  let held: string[] = [];
  let old: number | undefined;
  const attributions = notesIn(lines);
  let at = 0;
  const cut = (signature: string[] = []) => ({ own: trimmed(own), signature, old });
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const marker = markerOf(line);
    if (marker.startsWith('```')) fenced = !fenced;
    const note = attributions.get(at);
    if (!fenced && note !== undefined) {
      const next = nextSeen(lines, note.end + 1);
      old ??= next;
      if (!note.quoted && written) return cut();
      attributed = true;
      at = note.end;
      continue;
    }
    if ((isQuoted(line) && !isDivider(marker)) || (attributed && /^\s{0,4}\|/.test(line))) {
      if (!attributed) held.push(line);
      continue;
    }
    if (marker === '') {
      (held.length > 0 ? held : own).push(line);
      continue;
    }
    if (!fenced) {
      const armour = isArmour(marker);
      if (armour === 'begin') {
        while (at + 1 < lines.length && !isBlank(lines[at + 1]!)) at++;
        continue;
      }
      const block = headerBlockEnd(lines, at);
      if (block !== undefined || isDivider(marker)) {
        old ??= block ?? at + 1;
        return cut();
      }
      if (armour === 'end') return cut();
      if (written && beginsFooter(marker)) return cut();
      if (isDeviceLine(marker)) {
        if (written) return cut();
        continue;
      }
      if (isSignatureRule(marker) || (isRule(marker) && closes(lines, at))) {
        if (written) return cut(signatureFrom(lines, at + 1, attributions));
        continue;
      }
      const closed = written ? closingAt(lines, at, attributions) : undefined;
      if (closed !== undefined) return cut(closed);
    }
    if (attributed && wraps(lines, at)) continue;
    for (const quote of held) own.push(quote);
    own.push(line);
    held = [];
    written = true;
  }
  return cut();
}

/** Where notes of who wrote what follows begin: their last line, and whether a quote follows. */
export type Notes = ReadonlyMap<number, { end: number; quoted: boolean }>;

function notesIn(lines: readonly string[]): Notes {
  const notes = new Map<number, { end: number; quoted: boolean }>();
  let next = false;
  for (let end = lines.length - 1; end >= 0; end--) {
    const line = lines[end]!;
    if (isBlank(line)) continue;
    // An address in angle brackets may be broken before its last one: `<anna@example.org` and `> wrote:`.
    const broken = isQuoted(line) && !/^>.{0,12}:$/.test(line);
    const start = broken ? undefined : attributionStart(lines, end, next);
    if (start !== undefined && !isQuoted(lines[start]!)) {
      notes.set(start, { end, quoted: next });
      end = start;
      next = false;
    } else next = /^\s{0,8}[>|]/.test(line);
  }
  return notes;
}

/** A rule below which little follows parts a signature from the text; one in the middle parts chapters. */
const littleLines = 12;

function closes(lines: readonly string[], rule: number): boolean {
  if (headerBlockEnd(lines, nextSeen(lines, rule + 1)) !== undefined) return true;
  let seen = 0;
  for (let at = rule + 1; at < lines.length; at++) {
    if (isBlank(lines[at]!) || isQuoted(lines[at]!)) continue;
    if (beginsFooter(markerOf(lines[at]!))) return true;
    if (++seen > littleLines) return false;
  }
  return true;
}

/** A line that a mail program broke off a quoted one: it stands between two and goes on in the middle of a sentence. */
function wraps(lines: readonly string[], at: number): boolean {
  const before = at > 0 ? lines[at - 1]! : '';
  return (
    isQuoted(before) && before.length >= 60 && /^\p{Ll}/u.test(lines[at]!) && isQuoted(lines[at + 1] ?? '')
  );
}

/** Most lines of a signature. */
const longestSignature = 30;

function signatureFrom(lines: readonly string[], from: number, notes: Notes): string[] {
  const signature: string[] = [];
  for (let at = from; at < lines.length && signature.length < longestSignature; at++) {
    const marker = markerOf(lines[at]!);
    if (notes.has(at) || isQuoted(lines[at]!) || isDivider(marker) || headerBlockEnd(lines, at) !== undefined)
      break;
    if (beginsFooter(marker)) break;
    if (marker !== '' && !isRule(marker) && !isDeviceLine(marker)) signature.push(lines[at]!.trim());
  }
  return signature;
}

function nextSeen(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at]!)) at++;
  return at;
}

function trimmed(lines: readonly string[]): string[] {
  let [from, to] = [0, lines.length];
  while (from < to && isBlank(lines[from]!)) from++;
  while (to > from && isBlank(lines[to - 1]!)) to--;
  return lines.slice(from, to);
}
