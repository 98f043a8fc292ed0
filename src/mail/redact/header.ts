import { looseText } from '../mime/bytes.js';
import { readParameters } from '../mime/parameters.js';
import { plainWords } from '../mime/values.js';

/** What a part is encoded in from now on; absent where that stays. */
export interface Recoded {
  base64: boolean;
  utf8: boolean;
}

const words = /=\?[^?\s]+\?[bq]\?[^?]*\?=(?:[ \t\r\n]+=\?[^?\s]+\?[bq]\?[^?]*\?=)*/gi;

/**
 * The header of a part without what `redact` takes out, in encoded words and parameters too.
 * @param head with the empty line that ends it
 * @returns the same bytes where nothing changes
 */
export function headerWithout(
  head: Buffer,
  redact: (text: string) => string,
  recoded: Recoded | undefined,
): Buffer {
  const raw = head.toString('latin1');
  const eol = raw.includes('\r\n') ? '\r\n' : '\n';
  let changed = false;
  let encodingTold = false;
  const lines = raw.split(/(?<=\n)(?![ \t])/).map((line) => {
    const before = looseText(Buffer.from(line, 'latin1'));
    const [, name = '', value = '', end = ''] =
      /^([!-9;-~]{1,200}[ \t]*:)([\s\S]*?)(\r?\n)?$/.exec(before) ?? [];
    if (name === '') {
      const isEnd = /^\r?\n$/.test(line);
      if (isEnd && recoded?.base64 && !encodingTold) return told(eol) + line;
      const after = redact(before);
      if (after === before) return line;
      changed = true;
      return inLatin1(after);
    }
    const key = name.slice(0, -1).trim().toLowerCase();
    if (key === 'content-transfer-encoding' && recoded?.base64) {
      encodingTold = true;
      return told(eol);
    }
    let after = valueWithout(key, value, redact, eol);
    if (key === 'content-type' && recoded?.utf8) after = withUtf8(after);
    if (after === value) return line;
    changed = true;
    return inLatin1(`${name}${after}${end}`);
  });
  return changed || recoded ? Buffer.from(lines.join(''), 'latin1') : head;
}

const told = (eol: string) => `Content-Transfer-Encoding: base64${eol}`;

const inLatin1 = (text: string) => Buffer.from(text).toString('latin1');

function valueWithout(key: string, value: string, redact: (text: string) => string, eol: string): string {
  const plain = (text: string) => plainWords(text.replace(/\r?\n(?=[ \t])/g, ''));
  let after = redact(
    value.replace(words, (run) => {
      const said = plain(run);
      const left = redact(said);
      return left === said ? run : encodedWords(left, eol);
    }),
  );
  if (key === 'content-type' || key === 'content-disposition') after = parametersWithout(after, redact);
  const said = plain(after);
  const left = redact(said);
  // A name may stand half in an encoded word and half beside it.
  if (left !== said) after = ` ${encodedWords(left.trim(), eol)}`;
  return after;
}

/** Parameters such as a file's name, in whatever way they are written (RFC 2231). */
function parametersWithout(value: string, redact: (text: string) => string): string {
  const { value: type, parameters } = readParameters(value.replace(/\r?\n(?=[ \t])/g, '').trim());
  const all = [...parameters].map(([key, text]) => [key, text, redact(text)] as const);
  if (all.every(([, text, left]) => text === left)) return value;
  return ` ${[type, ...all.map(([key, , left]) => parameter(key, left))].join('; ')}`;
}

function parameter(key: string, text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? `${key}="${text.replace(/["\\]/g, '\\$&')}"`
    : `${key}*=utf-8''${encodeURIComponent(text).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}

function withUtf8(value: string): string {
  const rest = value.replace(/;[ \t\r\n]*charset\*?[ \t]*=[ \t]*(?:"[^"]*"|[^;\s]*)/gi, '');
  return `${rest.trimEnd().replace(/;$/, '')}; charset=utf-8`;
}

/** Bytes that a word holds at most, encoded in less than the 75 characters of RFC 2047. */
const wordBytes = 42;

function encodedWords(text: string, eol: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const pieces: string[] = [''];
  for (const sign of text.replace(/[\r\n]+/g, ' ')) {
    const last = pieces.length - 1;
    if (Buffer.byteLength(`${pieces[last]}${sign}`) > wordBytes) pieces.push(sign);
    else pieces[last] += sign;
  }
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join(`${eol} `);
}
