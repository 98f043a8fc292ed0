import { createHash, type Hash } from 'node:crypto';
import type { InboundMessage } from './message.js';

/**
 * What makes a message the same however often, and by whichever way, it comes: its Message-ID, sender, date, subject and
 * body, without the lines that each server on the way adds to the header. The Message-ID alone does not do: nothing keeps a
 * stranger, or a scanner, from using one again. One without a Message-ID is known by all of its bytes.
 * @param raw as it came; how lines end, and empty lines at the end, make no difference
 */
export function messageKey(
  { messageId, from, date, subject }: Pick<InboundMessage, 'messageId' | 'from' | 'date' | 'subject'>,
  raw: Uint8Array,
): string {
  const hash = createHash('sha256');
  if (messageId === undefined) hashLines(hash, raw, 0);
  else {
    const sender = from.map(({ address }) => address.toLowerCase()).join(',');
    hash.update(`${messageId}\0${sender}\0${date ?? ''}\0${subject}\0`);
    hashLines(hash, raw, bodyStart(raw));
  }
  return hash.digest('hex');
}

const [lf, cr] = [0x0a, 0x0d];

/** Where the body begins: after the first empty line. At the end where there is none. */
function bodyStart(raw: Uint8Array): number {
  let lineLength = 0;
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i];
    if (byte !== lf && byte !== cr) {
      lineLength++;
      continue;
    }
    const end = byte === cr && raw[i + 1] === lf ? i + 1 : i;
    if (lineLength === 0 && i > 0) return end + 1;
    lineLength = 0;
    i = end;
  }
  return raw.length;
}

/** Hashes lines with one LF at the end of each, and none at the end of all. */
function hashLines(hash: Hash, raw: Uint8Array, start: number): void {
  let end = raw.length;
  while (end > start && (raw[end - 1] === lf || raw[end - 1] === cr)) end--;
  const part = new Uint8Array(1 << 16);
  let filled = 0;
  for (let i = start; i < end; i++) {
    const byte = raw[i] as number;
    if (byte === cr && raw[i + 1] === lf) continue;
    part[filled++] = byte === cr ? lf : byte;
    if (filled < part.length) continue;
    hash.update(part);
    filled = 0;
  }
  hash.update(part.subarray(0, filled));
}
