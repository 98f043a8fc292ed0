import { open, readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fromLineTime } from './from-line.js';
import { orGone } from './of-file.js';
import type { Arrival } from './source.js';
import { refuseTooLarge } from './too-large.js';

/** What a file is: an mbox, one message, a letter or fax that was scanned or typed, or nothing of these. */
export type FileKind = 'mbox' | 'mail' | 'scan' | 'other';

const scans = new Set(['.txt', '.pdf', '.tif', '.tiff', '.jpg', '.jpeg', '.png', '.gif', '.heic', '.webp']);

/** So much of a file tells what it is, in bytes. */
const tellingBytes = 1024;

/**
 * What a file is, by its name where that tells, else by what it begins with. A file named `.eml` is one message, also
 * where it begins as an mbox does.
 */
export async function fileKind(path: string, name: string): Promise<FileKind> {
  const extension = extname(name).toLowerCase();
  if (extension === '.eml') return 'mail';
  if (scans.has(extension)) return 'scan';
  const head = await beginning(path);
  if (head.startsWith('From ')) return 'mbox';
  return /^[!-9;-~]{1,76}:[ \t]*\S/.test(head) ? 'mail' : 'other';
}

async function beginning(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tellingBytes), 0, tellingBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * A file that is one message or one scan. Its place holds size and time of change, so that another one under the same
 * name counts as new.
 * @param name within the source
 * @param label the file as it was named
 * @returns undefined where it has gone
 */
export async function fileArrival(
  path: string,
  name: string,
  label: string,
  isMail: boolean,
): Promise<Arrival | undefined> {
  const place = await filePlace(path, name, label);
  if (!place) return undefined;
  const head = isMail ? await beginning(path).catch(() => '') : '';
  const fromLine = /^From .*/.exec(head)?.[0] ?? '';
  // When a message's file was written says when it was copied; when a scan's was, says when the letter was scanned.
  const receivedAt = isMail ? fromLineTime(fromLine.trimEnd()) : place.changed;
  return {
    place: place.place,
    file: label,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    size: place.size,
    isMail,
    async read() {
      refuseTooLarge(label, place.size);
      const raw = await orGone(label, readFile(path));
      return raw && isMail ? withoutFromLine(raw) : raw;
    },
  };
}

/** The place of such a file, and when it was changed, in milliseconds since 1970. */
export async function filePlace(
  path: string,
  name: string,
  label: string,
): Promise<{ place: string; size: number; changed: number } | undefined> {
  const found = await orGone(label, stat(path));
  if (!found) return undefined;
  const changed = Math.floor(found.mtimeMs);
  return { place: `${name}/${found.size}/${changed}`, size: found.size, changed };
}

/** A message that was cut out of an mbox has its From line still. */
function withoutFromLine(raw: Buffer): Buffer {
  if (raw.toString('latin1', 0, 5) !== 'From ') return raw;
  return raw.subarray(raw.indexOf(10) + 1 || raw.length);
}
