/** Larger messages are refused by most mail servers, and by `campaign send`. */
export const mostBytes = 10 * 1024 * 1024;

/** Larger HTML is cut off by large mail providers, and the way out with it. */
export const mostHtmlBytes = 100 * 1024;

/** How many bytes so many bytes take in a message: base64 in lines of 76 characters. */
export function encodedBytes(bytes: number): number {
  const base64 = Math.ceil(bytes / 3) * 4;
  return base64 + Math.ceil(base64 / 76) * 2;
}

/** A size for people. */
export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
