/** Where windows-1252 leaves Latin-1: 0x80 to 0x9f (WHATWG Encoding, index windows-1252). */
const differing = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Bytes of windows-1252 as text. TextDecoder takes them for Latin-1 in some versions of Node.
 * @param latin1 a byte a character
 */
export function fromWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (one) => differing[one.charCodeAt(0) - 0x80]!);
}
