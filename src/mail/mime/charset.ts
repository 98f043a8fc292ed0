import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Names that mail uses and the encoding standard of the web does not list, less their punctuation. */
const otherNames: Readonly<Record<string, string>> = {
  '8bit': 'windows-1252',
  ansi: 'windows-1252',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  cp874: 'windows-874',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  iso2022jp: 'iso-2022-jp',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  iso2022jpms: 'iso-2022-jp',
  iso88598e: 'iso-8859-8',
  iso88598i: 'iso-8859-8-i',
  shiftjis: 'shift_jis',
  tis620: 'windows-874',
  uhc: 'euc-kr',
  utf8mb4: 'utf-8',
  windows932: 'shift_jis',
};

const decoders = new Map<string, TextDecoder | undefined>();

/** A decoder by what a message calls its character set; undefined where nobody knows it. */
function decoderOf(label: string): TextDecoder | undefined {
  const name = label.trim().toLowerCase();
  if (decoders.has(name)) return decoders.get(name);
  const plain = name.replace(/^(?:x-|cs)/, '').replace(/[\s._-]+/g, '');
  let decoder: TextDecoder | undefined;
  for (const candidate of [name, otherNames[plain], plain.replace(/^cp/, 'windows-')]) {
    if (candidate === undefined) continue;
    try {
      decoder = new TextDecoder(candidate);
      break;
    } catch {
      // The next name.
    }
  }
  // A stranger makes up as many names as he likes.
  if (decoders.size < 200) decoders.set(name, decoder);
  return decoder;
}

const utf8 = new TextDecoder();
const western = new TextDecoder('windows-1252');
const japanese = new TextDecoder('iso-2022-jp');
const escapeToJapanese = /\x1b\$[@B]/;

/**
 * Text of bytes in a character set that a message names, rightly or not. Never throws: an unknown set is read as UTF-8,
 * and where that is wrong as Western European; characters that cannot be are U+FFFD, and NULs are left out.
 */
export function decodeCharset(bytes: Buffer, label: string | undefined): string {
  const text = decoded(bytes, label ?? '');
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function decoded(bytes: Buffer, label: string): string {
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1');
    if (text.includes('\x1b') && escapeToJapanese.test(text)) return japanese.decode(bytes);
    return /^\s*(?:utf-?(?:16|32)|unicode|ucs)/i.test(label)
      ? (decoderOf(label) ?? utf8).decode(bytes)
      : text;
  }
  const decoder = /^\s*(?:us-?ascii|ascii)?\s*$/i.test(label) ? undefined : decoderOf(label);
  if (decoder && decoder.encoding !== 'utf-8') return decoder.decode(bytes);
  const text = utf8.decode(bytes);
  // Where not one character outside ASCII is valid, it never was UTF-8.
  return text.includes('\ufffd') && !/[^\0-\x7f\ufffd]/.test(text) ? western.decode(bytes) : text;
}
