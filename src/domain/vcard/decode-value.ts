const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/**
 * Bytes as text: in the character set that the card names, else as UTF-8 if they are, else as windows-1252.
 * @param binary a byte a character
 * @param charset as the card names it; one that nobody knows counts as none
 */
export function decodeBytes(binary: string, charset?: string): string {
  if (!/[^\x00-\x7f]/.test(binary)) return binary;
  const bytes = Buffer.from(binary, 'latin1');
  try {
    return decoderOf(charset).decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

function decoderOf(charset: string | undefined): Pick<typeof utf8, 'decode'> {
  if (charset === undefined || /^utf-?8$/i.test(charset)) return utf8;
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return utf8;
  }
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
