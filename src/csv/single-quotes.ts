const backslash = 0x5c;
const single = 0x27;
const double = 0x22;
const newline = 0x0a;

/** Cells from which to tell: what a list of a few thousand bytes has of them. */
const sampleBytes = 64 * 1024;

/**
 * Some programs (Weka's among them) quote cells with `'…'` and write `\'` inside them. Such a file is turned into one
 * that quotes with `"…"`; any other is given back as it is. Line breaks stay where they are.
 * @param bytes UTF-8
 */
export function withDoubleQuotes(bytes: Buffer): Buffer {
  const sample = bytes.subarray(0, sampleBytes).toString('latin1');
  const cells = [...sample.matchAll(/(?:^|[,;\t|\n])[ ]*'(?:[^'\\\n]|\\.)*'[ ]*(?=[,;\t|\r\n]|$)/g)].length;
  if (cells < 3 || !sample.includes("\\'")) return bytes;
  const out: number[] = [];
  let quoted = false;
  let atStart = true;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (quoted) {
      if (byte === backslash && i + 1 < bytes.length) out.push(bytes[++i]!);
      else if (byte === single) {
        quoted = false;
        out.push(double);
      } else {
        if (byte === double) out.push(double);
        out.push(byte);
      }
    } else if (byte === single && atStart) {
      quoted = true;
      atStart = false;
      out.push(double);
    } else {
      atStart = byte === newline || ',;\t|'.includes(String.fromCharCode(byte)) || (atStart && byte === 0x20);
      out.push(byte);
    }
  }
  return Buffer.from(out);
}
