import { basename, extname } from 'node:path';
import { decode } from '../../csv/decode.js';
import { ItacaError } from '../../domain/error.js';
import type { InboundFile, InboundMessage } from '../../domain/inbox/message.js';

/** Media types of scans (IANA), by the end of their names. */
const scanTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.heic': 'image/heic',
  '.webp': 'image/webp',
};

/** Ends of the names of scans. */
export const scanEndings = Object.keys(scanTypes);

/** A file that is no message, by its name and what it holds. */
interface NamedFile {
  file: string;
  raw: Buffer;
}

/** Whether a file that is no message is the text of one, typed. */
export function isTyped({ file }: Pick<NamedFile, 'file'>): boolean {
  return extname(file).toLowerCase() === '.txt';
}

/** What somebody typed, in whatever encoding; undefined for what is no text. */
export function typedText(raw: Buffer): string | undefined {
  if (raw.length === 0) return '';
  try {
    return decode(raw).bytes.toString('utf8');
  } catch (error) {
    if (error instanceof ItacaError) return undefined;
    throw error;
  }
}

/** A scan as a file that came. */
export function scanOf({ file, raw }: NamedFile): InboundFile {
  return {
    name: basename(file),
    type: scanTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
    content: raw,
  };
}

/** A letter or a fax as a message: what was typed of it, and its scan. */
export function letterOf(letter: NamedFile & { scan?: InboundFile | undefined }): InboundMessage {
  const { raw, scan } = letter;
  const typed = isTyped(letter) ? typedText(raw) : undefined;
  return {
    headers: [],
    from: [],
    replyTo: [],
    to: [],
    cc: [],
    subject: '',
    inReplyTo: [],
    references: [],
    text: typed ?? '',
    deliveryStatus: [],
    calendars: [],
    files: scan ? [scan] : typed === undefined ? [scanOf(letter)] : [],
  };
}

/** The end of the name under which a file of a letter is kept. */
export function letterEnding(name = ''): string {
  const ending = extname(name).toLowerCase();
  return ending === '.txt' || scanEndings.includes(ending) ? ending : '.bin';
}

/** Ends of the names under which messages and letters are kept. */
export const keptEndings = ['.eml', '.txt', '.bin', ...scanEndings];

/** The name of the file in a place, `scans/fax.pdf/678/1700000000000`; undefined where it holds none. */
export function placeName(place: string): string | undefined {
  const name = /^(.+)\/\d+\/\d+$/s.exec(place)?.[1];
  return name === undefined ? undefined : basename(name);
}
