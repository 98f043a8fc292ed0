import type { InboundFile } from '../../domain/inbox/message.js';
import { decodeCharset } from './charset.js';

/** A file of Outlook's own form, `winmail.dat` (MS-OXTNEF), begins so. */
const signature = 0x223e9f78;
/** More files than a message has. */
const mostFiles = 1000;

/** Attributes of a file, by their number without their type. */
const rendData = 0x9002;
const title = 0x8010;
const data = 0x800f;
const properties = 0x9005;

interface Found {
  name?: string;
  longName?: string;
  content?: Buffer;
}

/** The files in a `winmail.dat`; none where it is no such file. Of a broken one those before the break. */
export function tnefFiles(bytes: Buffer): InboundFile[] {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return [];
  const files: Found[] = [];
  let at = 6;
  // Level, number and type, length, then the data and its checksum.
  while (at + 9 <= bytes.length && files.length <= mostFiles) {
    const attribute = bytes.readUInt32LE(at + 1) & 0xffff;
    const length = bytes.readUInt32LE(at + 5);
    const value = bytes.subarray(at + 9, at + 9 + length);
    if (value.length < length) break;
    at += 9 + length + 2;
    const file = files.at(-1);
    if (attribute === rendData) files.push({});
    else if (file === undefined) continue;
    else if (attribute === title) file.name = textOf(value);
    else if (attribute === data) file.content = value;
    else if (attribute === properties) readProperties(value, file);
  }
  return files.flatMap(({ name, longName, content }) => {
    const called = longName || name;
    return content === undefined
      ? []
      : [{ type: 'application/octet-stream', content, ...(called ? { name: called } : {}) }];
  });
}

/** Properties of the name in full (`PidTagAttachLongFilename`), and of the content where it is no attribute (`PidTagAttachDataBinary`). */
const longFileName = 0x3707;
const attachData = 0x3701;
/** Bytes of the types of a property that are always as long, padded. */
const sizes: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const inUtf16 = 0x1f;
/** An object has the number of its class before it. */
const object = 0x0d;
const classLength = 16;
const several = 0x1000;

/** What a file's properties tell of it, as far as they can be reached. */
function readProperties(bytes: Buffer, file: Found): void {
  try {
    let at = 4;
    for (let left = bytes.readUInt32LE(0); left > 0; left--) {
      const type = bytes.readUInt16LE(at);
      const id = bytes.readUInt16LE(at + 2);
      at += 4;
      if (id >= 0x8000) {
        // A property by a name of its own: whose, of which kind, and its number or its name.
        const named = bytes.readUInt32LE(at + 16) === 1;
        at += named ? 24 + padded(bytes.readUInt32LE(at + 20)) : 24;
      }
      const size = sizes[type & ~several];
      let values = 1;
      if (size === undefined || (type & several) !== 0) {
        values = bytes.readUInt32LE(at);
        at += 4;
      }
      for (; values > 0; values--) {
        const length = size ?? bytes.readUInt32LE(at);
        if (size === undefined) at += 4;
        const value = bytes.subarray(at, at + length);
        if (id === longFileName && size === undefined)
          file.longName ??= type === inUtf16 ? value.toString('utf16le').replace(/\0+$/, '') : textOf(value);
        else if (id === attachData && size === undefined)
          file.content = type === object ? value.subarray(classLength) : value;
        at += size ?? padded(length);
        if (at > bytes.length) return;
      }
    }
  } catch {
    // A broken one tells no more.
  }
}

const padded = (length: number) => Math.ceil(length / 4) * 4;
const textOf = (bytes: Buffer) => decodeCharset(bytes, undefined).replace(/\0+$/, '');
