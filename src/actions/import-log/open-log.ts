import { ItacaError } from '../../domain/error.js';
import type { RawLog } from '../../domain/eventlog/log.js';
import { atLeast, unpacked } from '../unpacked.js';
import { readCsvLog } from './read-csv-log.js';
import { readXes } from './read-xes.js';

/** Unpacked, a log may come to so many bytes. A list is read whole, XML as a stream. */
const most = { csv: 512 * 1024 * 1024, xes: 8 * 1024 * 1024 * 1024 };

export interface OpenLogOptions {
  /** For messages. */
  path: string;
  /** Names of columns that `--map` gives: they, too, tell the header of a list. */
  mapped: readonly string[];
}

/**
 * Reads an event log: XES (IEEE 1849) or a list (CSV), as it is or packed by gzip. What it is, its first bytes tell.
 * @param input the bytes of the file, in pieces
 * @throws ItacaError `invalid` for what is neither, is cut off or too large
 */
export async function openLog(
  input: AsyncIterable<Uint8Array>,
  { path, mapped }: OpenLogOptions,
): Promise<RawLog> {
  const pieces = unpacked(input, path)[Symbol.asyncIterator]();
  const head = await atLeast(pieces, 64);
  const rest = (async function* () {
    yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  })();
  if (isXml(head)) return readXes(limited(rest, most.xes, path), path);
  const parts: Uint8Array[] = [];
  for await (const part of limited(rest, most.csv, path)) parts.push(part);
  return readCsvLog(Buffer.concat(parts), { path, mapped });
}

async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  bytes: number,
  path: string,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of pieces) {
    read += piece.length;
    if (read > bytes)
      throw new ItacaError('invalid', `the log holds more than ${Math.round(bytes / 1024 / 1024)} MB`, {
        path,
        hint: 'split it by cases, and import the parts one after the other',
      });
    yield piece;
  }
}

/** Whether text begins as XML does, in UTF-8 or UTF-16. */
function isXml(head: Buffer): boolean {
  const text = head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '');
  return /^\s*<[?!a-zA-Z]/.test(text);
}
