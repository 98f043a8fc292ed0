/** Value of each base64 digit; 64 for what is none, 65 for padding. */
const digits = new Uint8Array(256).fill(64);
for (const [value, digit] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  digits[digit.charCodeAt(0)] = value;
digits[0x3d] = 65;

/** Undoes a `Content-Transfer-Encoding` (RFC 2045, 6). An unknown one, and what is not encoded, stays as it is. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return fromBase64(bytes);
  return name === 'quoted-printable' ? fromQuotedPrintable(bytes) : bytes;
}

/** Signs that are no digits are passed over, and each padding ends a piece: several pieces may follow each other. */
function fromBase64(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(Math.ceil((bytes.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < bytes.length; at++) {
    const digit = digits[bytes[at]!]!;
    if (digit < 64) {
      bits = ((bits << 6) | digit) & 0xffffff;
      if (++held === 4) {
        out[length++] = bits >> 16;
        out[length++] = (bits >> 8) & 0xff;
        out[length++] = bits & 0xff;
        held = 0;
      }
    } else if (digit === 65) {
      length = rest(out, length, bits, held);
      held = 0;
    }
  }
  return out.subarray(0, rest(out, length, bits, held));
}

function rest(out: Buffer, length: number, bits: number, held: number): number {
  if (held >= 2) out[length++] = held === 2 ? bits >> 4 : bits >> 10;
  if (held === 3) out[length++] = (bits >> 2) & 0xff;
  return length;
}

function fromQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    let end = at + 1;
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end++;
    if (bytes[end] === 0x0d && bytes[end + 1] === 0x0a) end++;
    if (end >= bytes.length || bytes[end] === 0x0a) {
      at = end;
      continue;
    }
    const value = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
    if (/^[0-9a-f]{2}$/i.test(bytes.toString('latin1', at + 1, at + 3))) {
      out[length++] = value;
      at += 2;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}
