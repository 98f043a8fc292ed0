import { titleText, withoutEscapes } from '../records/title-text.js';

/** Control characters but tab and line break; marks and halves of characters are the business of who shows a text. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** What may have to be changed in a text that is to be one line. */
const unlikeLine = /[^ -~]| {2}|^ | $/;

/**
 * A value's escapes undone (RFC 6350, 3.4). Backslashes before other characters are undone where some program is known
 * to write them (`http\://`, `\"`), and stand for themselves elsewhere.
 */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\;,:"nN])/g, (_, one: string) => (one === 'n' || one === 'N' ? '\n' : one));
}

/** Cuts a value at a separator that is not escaped; the parts keep their escapes. */
export function splitValue(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === separator) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}

/** A value as one line of text. */
export function lineOf(value: string): string {
  return oneLine(unescapeText(value));
}

/** A text as one line that may be shown anywhere; nothing is cut off. */
export function oneLine(text: string): string {
  // Nearly every text is plain, and is one line already.
  return unlikeLine.test(text) ? titleText(text, Number.POSITIVE_INFINITY) : text;
}

/** A part of a structured value as one line, its list of texts joined: `Richter,James` → `Richter James`. */
export function partOf(parts: readonly string[], at: number, joint: string): string {
  const part = parts[at] ?? '';
  if (part === '') return '';
  return splitValue(part, ',').map(lineOf).filter(Boolean).join(joint);
}

/** A text as a value: no line of it can become a line of the card. */
export function textValue(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(controls, '')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');
}

/** What an encoded value says as it stands in vCard 4: line breaks escaped, control characters gone. */
export function asValue(decoded: string): string {
  if (!/[\u0000-\u001f\u007f-\u009f]/.test(decoded)) return decoded;
  return withoutEscapes(decoded)
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\\n$/, '')
    .replace(controls, '');
}
