import { decodeWords } from 'postal-mime';
import { decodeCharset } from './charset.js';

/** A value with parameters, such as `text/plain; charset=utf-8` (RFC 2045, 5.1; RFC 2231). */
export interface Parameterised {
  /** In lower case. */
  value: string;
  /** By name in lower case. */
  parameters: ReadonlyMap<string, string>;
}

/** More than a value of any honest message, in characters. */
const longest = 64 * 1024;

const parameter = /;[ \t]*([^\s=;"]{1,100})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;

/** Reads the value of a field such as `Content-Type`. Broken parameters are left out. */
export function readParameters(field: string): Parameterised {
  const text = field.slice(0, longest);
  const semicolon = text.indexOf(';');
  const value = (semicolon < 0 ? text : text.slice(0, semicolon))
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  const raw = new Map<string, string>();
  if (semicolon >= 0)
    for (const [, name, quoted, bare] of text.slice(semicolon).matchAll(parameter)) {
      const key = name!.toLowerCase();
      if (!raw.has(key)) raw.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare!.trim());
    }
  return { value, parameters: joined(raw) };
}

interface Section {
  number: number;
  text: string;
  encoded: boolean;
}

/** Puts together what is laid over several parameters, `name*0*`, `name*1`, … and decodes all. */
function joined(raw: Map<string, string>): Map<string, string> {
  const whole = new Map<string, string>();
  const inSections = new Map<string, Section[]>();
  for (const [key, text] of raw) {
    const match = /^([^*]+)\*(?:(\d{1,4})(\*)?)?$/.exec(key);
    if (!match) whole.set(key, key === 'boundary' ? text : decodeWords(text));
    else {
      const sections = inSections.get(match[1]!) ?? [];
      inSections.set(match[1]!, sections);
      sections.push({
        number: Number(match[2] ?? 0),
        text,
        encoded: match[2] === undefined || match[3] === '*',
      });
    }
  }
  for (const [key, sections] of inSections) {
    sections.sort((a, b) => a.number - b.number);
    const charset = /^([^']*)'[^']*'/.exec(sections[0]!.text);
    if (charset && sections[0]!.encoded) sections[0]!.text = sections[0]!.text.slice(charset[0].length);
    const bytes = Buffer.concat(
      sections.map(({ text, encoded }) => (encoded ? percentDecoded(text) : Buffer.from(text))),
    );
    whole.set(key, decodeCharset(bytes, charset?.[1]));
  }
  return whole;
}

function percentDecoded(text: string): Buffer {
  return Buffer.concat(
    text
      .split(/(%[0-9a-f]{2})/i)
      .map((piece) =>
        /^%[0-9a-f]{2}$/i.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece),
      ),
  );
}
