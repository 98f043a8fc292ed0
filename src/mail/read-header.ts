/** Beyond this a header is nobody's, in bytes. */
const mostBytes = 64 * 1024;

/**
 * A field of a message's header, unfolded and in plain words (RFC 5322, 2.2.3; RFC 2047); undefined where it has none.
 * Only the first of its name is read.
 */
export function readHeader(raw: Buffer, name: string): string | undefined {
  const head =
    raw
      .subarray(0, mostBytes)
      .toString('utf8')
      .split(/\r?\n\r?\n/)[0] ?? '';
  const field = head
    .split(/\r?\n(?![ \t])/)
    .find((one) => one.slice(0, name.length + 1).toLowerCase() === `${name.toLowerCase()}:`);
  if (field === undefined) return undefined;
  const value = field
    .slice(name.length + 1)
    .replace(/\r?\n/g, '')
    .trim();
  return value
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi, (word, charset, coding, text) =>
      decoded(word, charset, coding, text),
    );
}

function decoded(word: string, charset: string, coding: string, text: string): string {
  const bytes = /b/i.test(coding)
    ? Buffer.from(text, 'base64')
    : Buffer.from(
        text
          .replaceAll('_', ' ')
          .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return word;
  }
}
