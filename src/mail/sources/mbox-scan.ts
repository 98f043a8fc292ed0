import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { isFromLine } from './from-line.js';

/** Where a message lies in an mbox; all in bytes. */
export interface MboxPart {
  /** Of its From line. */
  start: number;
  /** Of its header, after the From line. */
  bodyStart: number;
  /** After its last byte, without the empty line that parts it from the next. */
  end: number;
  /** Without its line end. */
  fromLine: string;
  /** Of what it begins with. */
  digest: string;
}

const chunkBytes = 1024 * 1024;
/** A From line and the line under it lie within so much. */
const lookahead = 4096;
/** So much of a message's beginning tells it from another one at the same place. */
const headBytes = 512;

/**
 * The messages of an mbox, in one pass and bounded memory. A From line counts where it stands under an empty line or
 * on top, and has a date; what merely begins with "From " does not. `Content-Length` (mboxcl) is not believed: it is
 * what a stranger wrote, and with it he could hide the messages behind his own.
 */
export async function* scanMbox(file: FileHandle): AsyncGenerator<MboxPart> {
  /** What was read and is not judged yet, with some bytes before it. */
  let window = Buffer.alloc(0);
  /** Of the window's first byte. */
  let offset = 0;
  /** Where the search goes on, in the window. */
  let at = 0;
  let open: Omit<MboxPart, 'end' | 'digest'> | undefined;
  let head: Buffer = Buffer.alloc(0);
  let hasEnded = false;
  const part = (end: number): MboxPart => {
    const { start } = open!;
    return { ...open!, end, digest: digestOf(head.subarray(0, end - start)) };
  };
  const begin = (index: number): void => {
    const newline = window.indexOf(10, index);
    const lineEnd = newline < 0 ? window.length : newline + 1;
    const fromLine = window.toString('latin1', index, lineEnd).replace(/\r?\n$/, '');
    open = { start: offset + index, bodyStart: offset + lineEnd, fromLine };
    head = Buffer.from(window.subarray(index, index + headBytes));
    at = lineEnd - 1;
  };
  while (!hasEnded) {
    const { buffer, bytesRead } = await file.read(
      Buffer.allocUnsafe(chunkBytes),
      0,
      chunkBytes,
      offset + window.length,
    );
    hasEnded = bytesRead === 0;
    window = Buffer.concat([window, buffer.subarray(0, bytesRead)]);
    if (!hasEnded && window.length < lookahead) continue;
    if (!open && offset + at === 0 && window.toString('latin1', 0, 5) === 'From ') begin(0);
    const limit = hasEnded ? window.length : window.length - lookahead;
    while (at < limit) {
      const found = window.indexOf('\nFrom ', at);
      if (found < 0 || found >= limit) break;
      const index = found + 1;
      if (isFromLine(window, index)) {
        if (open) yield part(offset + withoutEmptyLine(window, index));
        begin(index);
      } else at = index;
    }
    at = Math.max(at, limit);
    if (hasEnded && open) yield part(offset + withoutEmptyLine(window, window.length));
    const cut = Math.max(0, at - 4);
    offset += cut;
    at -= cut;
    window = window.subarray(cut);
  }
}

/** Of what a message in an mbox begins with, From line and all. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes.subarray(0, headBytes)).digest('hex').slice(0, 16);
}

/** Where a message ends: before the empty line that parts it from what begins at `index`. */
function withoutEmptyLine(window: Buffer, index: number): number {
  if (window[index - 1] !== 10) return index;
  const end = window[index - 2] === 13 ? index - 2 : index - 1;
  return window[end - 1] === 10 ? end : index;
}
