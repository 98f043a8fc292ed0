import { createHash } from 'node:crypto';
import { slug } from '../records/ids.js';

/** Where the texts lie that people were shown when they said yes or no. */
export const wordingFolder = 'wordings';

/**
 * A text as it is kept: without a byte order mark, with LF, and one line break at its end, so that the same words are the
 * same text whoever saved them.
 */
export function wordingText(text: string): string {
  return `${text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd()}\n`;
}

/** SHA-256 of a text as it is kept, in hexadecimal. */
export function wordingSha256(text: string): string {
  return createHash('sha256').update(wordingText(text)).digest('hex');
}

/** Where a text is kept: named by its purpose and the beginning of its hash, so that another text is another file. */
export function wordingPath(purpose: string, sha256: string): string {
  return `${wordingFolder}/${slug(purpose, 'purpose')}-${sha256.slice(0, 12)}.md`;
}

/** The beginning of the hash that the name of a kept text promises; undefined for any other file. */
export function promisedHash(path: string): string | undefined {
  return /^wordings\/(?:[^/]*-)?([0-9a-f]{12})\.md$/.exec(path)?.[1];
}

/** Whether a kept text is no longer the one that its name promises. */
export function isEdited(path: string, text: string): boolean {
  const promised = promisedHash(path);
  return promised !== undefined && !wordingSha256(text).startsWith(promised);
}
