import { createGunzip } from 'node:zlib';
import { ItacaError } from '../../domain/error.js';
import type { RawLog } from '../../domain/eventlog/log.js';
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

/** The pieces of a file; of one that gzip packed those of what it holds. */
async function* unpacked(input: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const pieces = input[Symbol.asyncIterator]();
  const head = await atLeast(pieces, 2);
  const whole = (async function* () {
    yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const { Readable } = await import('node:stream');
  const source = Readable.from(whole);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) yield piece as Uint8Array;
  } catch (cause) {
    if (cause instanceof ItacaError || !String((cause as { code?: string }).code).startsWith('Z_'))
      throw cause;
    throw new ItacaError('invalid', `the packed file is broken or cut off: ${(cause as Error).message}`, {
      path,
      hint: 'fetch it again',
      cause,
    });
  }
}

async function atLeast(pieces: AsyncIterator<Uint8Array>, bytes: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < bytes) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
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
