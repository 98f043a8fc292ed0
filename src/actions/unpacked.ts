import { createGunzip } from 'node:zlib';
import { ItacaError } from '../domain/error.js';

/** The pieces of a file; of one that gzip packed those of what it holds. */
export async function* unpacked(input: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
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

/** The first pieces together, until they are so many bytes, or the file ends. */
export async function atLeast(pieces: AsyncIterator<Uint8Array>, bytes: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < bytes) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}
