import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../parse-message.js';
import { tnefFiles } from './tnef.js';

const u16 = (n: number) => Buffer.from([n & 255, n >> 8]);
const u32 = (n: number) => Buffer.from([n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]);
const attribute = (number: number, value: Buffer) =>
  Buffer.concat([Buffer.from([2]), u16(number), u16(6), u32(value.length), value, u16(0)]);
const padded = (value: Buffer) => Buffer.concat([value, Buffer.alloc(-value.length & 3)]);

/** Properties of a file: a number, a property by a name of its own, two numbers, and the name in full. */
function properties(name: string): Buffer {
  const own = Buffer.from('x\0', 'utf16le');
  const long = Buffer.from(`${name}\0`, 'utf16le');
  return Buffer.concat([
    u32(4),
    ...[u16(3), u16(0x0e21), u32(7)],
    ...[u16(3), u16(0x8001), Buffer.alloc(16), u32(1), u32(own.length), padded(own), u32(1)],
    ...[u16(0x1003), u16(0x0e22), u32(2), u32(1), u32(2)],
    ...[u16(0x1f), u16(0x3707), u32(1), u32(long.length), padded(long)],
  ]);
}

const winmail = Buffer.concat([
  u32(0x223e9f78),
  u16(1),
  attribute(0x8006, Buffer.alloc(8)),
  attribute(0x9002, Buffer.alloc(14)),
  attribute(0x8010, Buffer.from('ORDINE~1.PDF\0')),
  attribute(0x800f, Buffer.from('one')),
  attribute(0x9005, properties('Ordine – novembre.pdf')),
  attribute(0x9002, Buffer.alloc(14)),
  attribute(0x8010, Buffer.from('two.txt\0')),
  attribute(0x800f, Buffer.from('two')),
]);

/** The content as a property, behind the number of its class. */
const embedded = Buffer.concat([
  u32(1),
  u16(0x0d),
  u16(0x3701),
  u32(1),
  u32(16 + 5),
  Buffer.alloc(16),
  padded(Buffer.from('three')),
]);

describe('a winmail.dat', () => {
  it('may have a content among the properties of a file', () => {
    const bytes = Buffer.concat([winmail, attribute(0x9002, Buffer.alloc(14)), attribute(0x9005, embedded)]);
    const { name, content } = tnefFiles(bytes)[2]!;
    expect([name, Buffer.from(content).toString()]).toEqual([undefined, 'three']);
  });

  it('gives its files', () => {
    expect(tnefFiles(winmail).map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['Ordine – novembre.pdf', 'one'],
      ['two.txt', 'two'],
    ]);
  });

  it('gives the files before a break', () => {
    expect(tnefFiles(winmail.subarray(0, winmail.length - 4)).map(({ name }) => name)).toEqual([
      'Ordine – novembre.pdf',
    ]);
    expect(tnefFiles(Buffer.from('no such file'))).toEqual([]);
  });

  it('stands among the files of its message, before those in it', async () => {
    const raw = `From: ann@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${winmail.toString('base64')}\n--b--`;
    const { files } = await parseMessage(Buffer.from(raw));
    expect(files.map(({ name }) => name)).toEqual(['winmail.dat', 'Ordine – novembre.pdf', 'two.txt']);
  });

  it('of any bytes throws nothing', () => {
    const changed = fc.array(fc.tuple(fc.nat(winmail.length - 1), fc.nat(255)), { maxLength: 20 });
    fc.assert(
      fc.property(changed, (changes) => {
        const bytes = Buffer.from(winmail);
        for (const [at, value] of changes) if (at > 3) bytes[at] = value;
        expect(Array.isArray(tnefFiles(bytes))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
