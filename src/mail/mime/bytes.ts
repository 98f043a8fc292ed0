import { isAscii } from 'node:buffer';

/** Bytes of a message, at once or as they come. */
export type RawMail = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Of a message's start, enough to tell which line ends it has, in bytes. */
const sample = 64 * 1024;
const cr = 0x0d;
const lf = 0x0a;
const space = 0x20;

/** All bytes of a message, with nothing before its header and lines that end in LF or CRLF. */
export async function messageBytes(raw: RawMail): Promise<Buffer> {
  let bytes: Buffer;
  if (raw instanceof Uint8Array) bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  else {
    const chunks: Uint8Array[] = [];
    // Streams of the web are iterable in Node.
    for await (const chunk of raw as AsyncIterable<Uint8Array>) chunks.push(chunk);
    bytes = Buffer.concat(chunks);
  }
  return wholeMessage(bytes);
}

/** A message as it lies in a file, with nothing before its header and lines that end in LF or CRLF; a view where it can be. */
export function wholeMessage(bytes: Buffer): Buffer {
  return withoutEnvelope(withLineFeeds(inUtf8(bytes)));
}

/** A message saved as UTF-16, or with a byte order mark, by an editor. */
function inUtf8(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.toString('utf16le', 2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
    return Buffer.from(even.swap16().toString('utf16le'));
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Lines that end in a bare CR, as the old Macintosh wrote them, end in LF. */
function withLineFeeds(bytes: Buffer): Buffer {
  let bare = 0;
  let feeds = 0;
  for (let at = 0; at < Math.min(bytes.length, sample); at++) {
    if (bytes[at] === lf) feeds++;
    else if (bytes[at] === cr && bytes[at + 1] !== lf) bare++;
  }
  if (bare <= feeds) return bytes;
  const lines = Buffer.from(bytes);
  for (let at = lines.indexOf(cr); at >= 0; at = lines.indexOf(cr, at + 1))
    if (lines[at + 1] !== lf) lines[at] = lf;
  return lines;
}

/** Leaves out empty lines in front, and the line that a mailbox (mbox) sets before a message. */
function withoutEnvelope(bytes: Buffer): Buffer {
  let first = 0;
  while (first < bytes.length && bytes[first]! <= space) first++;
  let at = bytes.subarray(0, first).lastIndexOf(lf) + 1;
  const from = bytes[at] === 0x3e ? at + 1 : at;
  if (bytes.toString('latin1', from, from + 5) === 'From ') {
    const end = bytes.indexOf(lf, from);
    at = end < 0 ? bytes.length : end + 1;
  }
  return bytes.subarray(at);
}

/** Text of bytes that should be ASCII or UTF-8, and are in Western Europe's old set where they are not. */
export function looseText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? western.decode(bytes) : text;
}

const western = new TextDecoder('windows-1252');
