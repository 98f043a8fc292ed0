import { decodeBytes, isKnownCharset, undoQuotedPrintable } from './decode-value.js';
import { asValue } from './value-text.js';

/** A line of a card, put together where it was folded, in characters. */
export interface ContentLine {
  /** Of the file, from 1. */
  line: number;
  /** What ties it to other lines, such as `item1`. */
  group?: string;
  /** In capitals. */
  name: string;
  /** Names in capitals, values as written; bare ones of vCard 2.1 (`TEL;CELL:`) are of TYPE. */
  params: ReadonlyMap<string, readonly string[]>;
  /** With its escapes; empty where `binary` stands instead. */
  value: string;
  /** Base64 without white space. */
  binary?: string;
  /** A character set that it names and nobody knows. */
  unknownCharset?: string;
}

const encodings: Record<string, 'q' | 'b' | ''> = {
  'QUOTED-PRINTABLE': 'q',
  Q: 'q',
  BASE64: 'b',
  B: 'b',
  '8BIT': '',
  '7BIT': '',
};
const valueKinds = new Set(['INLINE', 'URL', 'URI', 'CONTENT-ID', 'CID']);
const plainHead = /^(?:([\w-]{1,64})\.)?([\w-]{1,200})$/;

/**
 * Reads a line of a card.
 * @param text unfolded, a byte a character; text in characters is read as it is with `decode` absent
 * @returns undefined for what is no `NAME:value`
 */
function contentLine(
  text: string,
  line: number,
  decode: (binary: string, charset?: string) => string = (value) => value,
): ContentLine | undefined {
  const colon = endOfHead(text);
  if (colon < 0) return undefined;
  const head = splitOutside(text.slice(0, colon), ';');
  const named = plainHead.exec(head[0]!.trim());
  if (!named) return undefined;
  const params = new Map<string, string[]>();
  let encoding: 'q' | 'b' | '' = '';
  let charset: string | undefined;
  for (let i = 1; i < head.length; i++) {
    const param = head[i]!.trim();
    if (param === '') continue;
    const [name, written] = nameAndValue(param);
    if (name === 'ENCODING') encoding = encodings[unquoted(written).toUpperCase()] ?? '';
    else if (name === 'CHARSET') charset = unquoted(written);
    else if (name === '' && Object.hasOwn(encodings, written.toUpperCase()))
      encoding = encodings[written.toUpperCase()]!;
    else {
      const key = name !== '' ? name : valueKinds.has(written.toUpperCase()) ? 'VALUE' : 'TYPE';
      const values = splitOutside(decode(written), ',').map(unquoted);
      params.set(key, [...(params.get(key) ?? []), ...values]);
    }
  }
  const raw = text.slice(colon + 1);
  const found: ContentLine = { line, name: named[2]!.toUpperCase(), params, value: '' };
  if (named[1] !== undefined) found.group = named[1];
  if (charset !== undefined && !isKnownCharset(charset)) found.unknownCharset = charset;
  // A data: URI says itself how it is encoded, whatever stands before it.
  if (encoding === 'b' && !/^\s*(?:data|https?):/i.test(raw)) found.binary = raw.replace(/\s+/g, '');
  else found.value = asValue(decode(encoding === 'q' ? undoQuotedPrintable(raw) : raw, charset));
  return found;
}

/** Reads a line that a record keeps, which is text. */
export function parseKept(text: string): ContentLine | undefined {
  return contentLine(text.replace(/\r\n?|\n/g, '\\n'), 0);
}

/** Reads a line of a file, which is bytes. */
export function parseLine(text: string, line: number): ContentLine | undefined {
  return contentLine(text, line, decodeBytes);
}

/** Where the value begins: the first colon outside quotation marks. */
function endOfHead(text: string): number {
  const colon = text.indexOf(':');
  const quote = text.indexOf('"');
  if (quote < 0 || quote > colon) return colon;
  let quoted = false;
  for (let i = quote; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) return i;
  }
  // A quotation mark that nobody closed.
  return colon;
}

function splitOutside(text: string, separator: ';' | ','): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === separator && !quoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function nameAndValue(param: string): [name: string, value: string] {
  const equals = param.indexOf('=');
  if (equals < 0) return ['', param];
  return [param.slice(0, equals).trim().toUpperCase(), param.slice(equals + 1).trim()];
}

/** A parameter's value without quotation marks, its escapes undone (RFC 6868). */
function unquoted(value: string): string {
  const plain = value.trim().replace(/^"|"$/g, '');
  if (!plain.includes('^')) return plain;
  return plain.replace(/\^([n'^])/g, (_, one: string) => (one === 'n' ? '\n' : one === "'" ? '"' : '^'));
}
