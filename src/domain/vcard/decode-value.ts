import { fromWindows1252 } from '../text/windows-1252.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes as text: in the character set that the card names, else as UTF-8 if they are, else as windows-1252.
 * @param binary a byte a character
 * @param charset as the card names it; one that nobody knows counts as none
 */
export function decodeBytes(binary: string, charset?: string): string {
  if (!/[^\x00-\x7f]/.test(binary)) return binary;
  const decoder = decoderOf(charset);
  try {
    if (decoder.encoding !== 'windows-1252') return decoder.decode(Buffer.from(binary, 'latin1'));
  } catch {
    // It is not what it says.
  }
  return fromWindows1252(binary);
}

function decoderOf(charset: string | undefined): typeof utf8 {
  if (charset === undefined) return utf8;
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = newDecoder(charset) ?? utf8;
    // A file may name any number of them.
    if (decoders.size < 100) decoders.set(charset, decoder);
  }
  return decoder;
}

const decoders = new Map<string, typeof utf8>();

function newDecoder(charset: string): typeof utf8 | undefined {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return undefined;
  }
}

/** Whether a name is that of a character set (WHATWG Encoding). */
export function isKnownCharset(charset: string): boolean {
  return /^(?:utf-?8|us-ascii|iso-8859-1)$/i.test(charset) || newDecoder(charset) !== undefined;
}

/**
 * QUOTED-PRINTABLE undone (RFC 2045, 6.7), its soft breaks being gone already. An encoded semicolon belongs to the
 * text and separates nothing.
 * @returns a byte a character
 */
export function undoQuotedPrintable(value: string): string {
  return value.replace(/(\\?)=([0-9a-f]{2})/gi, (_, before: string, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code === 0x3b ? '\\;' : before + String.fromCharCode(code);
  });
}
