import { isUtf8 } from 'node:buffer';
import { ItacaError } from '../domain/error.js';
import { fromWindows1252 } from '../domain/text/windows-1252.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'utf-8 and windows-1252';

export interface DecodedFile {
  /** UTF-8, without byte order mark. */
  bytes: Buffer;
  encoding: Encoding;
  /** Whether the file began with a byte order mark. */
  bom: boolean;
}

/**
 * Finds a file's encoding and turns it into UTF-8: by byte order mark, by the NULs that UTF-16 leaves in Western
 * text, as UTF-8 if it is, else as windows-1252. That last choice is made line by line: a list put together from
 * two sources may hold both.
 * @param path for the message of an error
 * @throws ItacaError `invalid` for an empty file, and for bytes that are no text
 */
export function decode(file: Uint8Array, path?: string): DecodedFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const where = path === undefined ? {} : { path };
  if (bytes.length === 0) {
    throw new ItacaError('invalid', 'the file is empty', {
      ...where,
      hint: 'Export the list again, with its header.',
    });
  }
  const packed = bytes.subarray(0, 4).toString('latin1');
  if (packed === 'PK\u0003\u0004' || packed.startsWith('\u001f\u008b')) {
    throw new ItacaError('invalid', 'the file is packed', {
      ...where,
      hint: 'Unpack it, and give each .csv in it; a spreadsheet (.xlsx, .ods) must be saved as CSV first.',
    });
  }
  const utf16 = fromUtf16(bytes);
  if (utf16 !== undefined) return utf16;
  if (bytes.includes(0)) {
    throw new ItacaError('invalid', 'the file is not text: it holds NUL bytes', {
      ...where,
      line: lineAt(bytes, bytes.indexOf(0)),
      hint: 'A spreadsheet (.xlsx, .ods) must be saved as CSV first.',
    });
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  if (isUtf8(body)) return { bytes: body, encoding: 'utf-8', bom };
  return { ...lineByLine(body), bom };
}

function utf16Order(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 4096 & ~1);
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (sample[i] === 0) even++;
    if (sample[i + 1] === 0) odd++;
  }
  const units = sample.length >> 1;
  if (units > 0 && odd > units * 0.7 && even === 0) return 'utf-16le';
  if (units > 0 && even > units * 0.7 && odd === 0) return 'utf-16be';
  return undefined;
}

/** A file in UTF-16 as UTF-8; undefined for one in another encoding. */
export function fromUtf16(bytes: Buffer): DecodedFile | undefined {
  const encoding = utf16Order(bytes);
  if (encoding === undefined) return undefined;
  const text = new TextDecoder(encoding).decode(bytes);
  const bom = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return { bytes: Buffer.from(text), encoding, bom };
}

function lineByLine(bytes: Buffer): { bytes: Buffer; encoding: Encoding } {
  const parts: Buffer[] = [];
  let utf8Lines = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    start = end;
    if (!isUtf8(line)) {
      parts.push(Buffer.from(fromWindows1252(line.toString('latin1'))));
    } else {
      if (line.some((byte) => byte > 0x7f)) utf8Lines++;
      parts.push(line);
    }
  }
  return {
    bytes: Buffer.concat(parts),
    encoding: utf8Lines > 0 ? 'utf-8 and windows-1252' : 'windows-1252',
  };
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}
