import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonPiece, JsonValues } from './json-values.js';

/** Reads bytes that come in pieces of these lengths, the last of them again and again. */
function read(bytes: Uint8Array, lengths: readonly number[] = [bytes.length]): JsonPiece[] {
  const values = new JsonValues();
  const found: JsonPiece[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = Math.max(1, lengths[i] ?? lengths.at(-1) ?? 1);
    found.push(...values.push(bytes.subarray(at, at + length)));
    at += length;
  }
  return [...found, ...values.end()];
}

const short = (pieces: readonly JsonPiece[]) =>
  pieces.map((piece) => ('text' in piece ? JSON.parse(piece.text) : `fault ${piece.line}`));
const texts = (text: string) => short(read(Buffer.from(text)));
const objects = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), { maxLength: 8 });

describe('objects of a file', () => {
  it('are found in lists, lines and pages, in any pieces', () => {
    fc.assert(
      fc.property(
        objects,
        fc.constantFrom<(all: object[]) => string>(
          (all) => JSON.stringify(all),
          (all) => JSON.stringify(all, null, 2),
          (all) => all.map((one) => `${JSON.stringify(one)}\r\n`).join(''),
          (all) => all.map((one) => JSON.stringify(one, null, '\t')).join('\n'),
          (all) => `\ufeff${all.map((one) => `${JSON.stringify([one])}\n`).join('')}`,
        ),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (all, written, lengths) => {
          expect(short(read(Buffer.from(written(all)), lengths))).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
    );
  });

  it('that are cut off or broken cost no other', () => {
    expect(texts('{"a":1}\n{"b":\n{"c":3}\n')).toEqual([{ a: 1 }, 'fault 2', { c: 3 }]);
    expect(texts('{"b":12\n{"c":3}\n{"d":4}')).toEqual(['fault 1', { c: 3 }, { d: 4 }]);
    expect(texts('{"b":["x",\n{"c":3}\n{"d":4}\n')).toEqual(['fault 1', { c: 3 }, { d: 4 }]);
    expect(texts('{"b":"x\n{"c":3}')).toEqual(['fault 1', { c: 3 }]);
    expect(texts('{"b":]}\n{"c":3}')).toEqual(['fault 1', { c: 3 }]);
    expect(texts('x\n\n"y"\n{"c":3} z\n{"d":4}')).toEqual([
      'fault 1',
      'fault 3',
      { c: 3 },
      'fault 4',
      { d: 4 },
    ]);
    expect(texts(`${'{"a":'.repeat(200)}\n{"c":3}`)).toEqual(['fault 1', { c: 3 }]);
  });

  it('are found in any bytes without an accident, and the same in any pieces', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ':',
      ',',
      '\n',
      '{"a":1}',
      '\0',
      '\ufeff',
      'ü',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(piece, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
        ),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (bytes, lengths) => {
          const whole = read(bytes);
          expect(read(bytes, lengths)).toEqual(whole);
          const lines = bytes.filter((byte) => byte === 0x0a).length + 1;
          for (const { line } of whole) expect(line).toBeLessThanOrEqual(lines);
        },
      ),
    );
  });
});
