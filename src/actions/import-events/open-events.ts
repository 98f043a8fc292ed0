import { ItacaError } from '../../domain/error.js';
import type { EventSource, Reading } from '../../domain/events/event.js';
import { readEvents } from '../../domain/events/formats/index.js';
import { textLines } from '../../workspace/text-lines.js';
import { unpacked } from '../unpacked.js';
import { type JsonPiece, JsonValues } from './json-values.js';

/** What one place of a file tells. */
export type PlacedReading = Reading & { line: number; source?: EventSource };

/** Reads a line of the redirector's log; undefined for a request of something else. */
export type ReadRequest = (line: string) => Reading | undefined;

const shownBytes = 64 * 1024;

/**
 * Reads the events of a file, many at a time, in pieces: JSON, JSON Lines or lists of them, of any provider, or an access log; packed by
 * gzip or not. What it is, its first lines tell.
 * @param redirector gives the reader of an access log, once the file is one; throws where no key is set
 * @throws ItacaError `invalid` for what is neither, naming the path; `refused` by `redirector`
 */
export async function* openEvents(
  input: AsyncIterable<Uint8Array>,
  path: string,
  redirector: () => Promise<ReadRequest>,
): AsyncGenerator<PlacedReading[]> {
  const pieces = inUtf8(unpacked(input, path))[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let next = await pieces.next();
  while (!next.done && head.length < shownBytes) {
    head = Buffer.concat([head, next.value]);
    next = await pieces.next();
  }
  const all = (async function* () {
    yield head;
    for (; !next.done; next = await pieces.next()) yield next.value;
  })();
  const kind = kindOf(head);
  if (kind === undefined) throw unknown(head, path);
  if (kind === 'json') yield* jsonEvents(all);
  else yield* logEvents(all, await redirector());
}

async function* jsonEvents(input: AsyncIterable<Uint8Array>): AsyncGenerator<PlacedReading[]> {
  const values = new JsonValues();
  const readings = (pieces: Iterable<JsonPiece>) => [...pieces].flatMap((piece) => [...readingsOf(piece)]);
  for await (const bytes of input) yield readings(values.push(bytes));
  yield readings(values.end());
}

function* readingsOf(piece: JsonPiece): Generator<PlacedReading> {
  const { line } = piece;
  if ('fault' in piece) {
    yield piece;
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(piece.text);
  } catch {
    yield { line, fault: 'this is no JSON' };
    return;
  }
  const { source, readings } = readEvents(value);
  for (const reading of readings) yield { ...reading, line, ...(source ? { source } : {}) };
}

async function* logEvents(
  input: AsyncIterable<Uint8Array>,
  read: ReadRequest,
): AsyncGenerator<PlacedReading[]> {
  let line = 0;
  for await (const texts of textLines(input))
    yield texts.flatMap((text): PlacedReading[] => {
      line++;
      if (text.trim() === '') return [];
      return [{ ...(read(text) ?? { ignored: 'other request' }), line, source: 'redirector' }];
    });
}

/** A text of UTF-16, as some shells write what they redirect, in UTF-8; any other as it is. */
async function* inUtf8(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | null | undefined;
  for await (const bytes of input) {
    if (decoder === undefined) {
      const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
      const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark];
      decoder = encoding === undefined ? null : new TextDecoder(encoding);
    }
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
}

/** JSON where a line begins as an object or a list does, a log where one holds a time as web servers write it. */
function kindOf(head: Buffer): 'json' | 'log' | undefined {
  const lines = head.toString('latin1').split('\n').slice(0, 50);
  for (const line of lines) {
    if (/^(?:\xef\xbb\xbf)?\s*[[{]\s*(?:["{}[\]]|$)/.test(line)) return 'json';
    if (/^\S+ \S+ [^[]*\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/.test(line)) return 'log';
  }
  return undefined;
}

function unknown(head: Buffer, path: string): ItacaError {
  const what = head.length === 0 ? 'the file is empty' : 'this is neither JSON nor an access log';
  return new ItacaError('invalid', what, {
    path,
    hint: 'save the webhooks of SendGrid, Mailgun, Amazon SES, Brevo or Postmark as JSON or JSON Lines, or the redirector’s log in the combined format',
  });
}
