/** Longer lines are given in part: no line of a log is. In bytes. */
const longest = 64 * 1024;

/**
 * The lines of a text in UTF-8 that comes in pieces, without their ends, as many at a time as a piece ends; of a line
 * without end only a beginning.
 */
export async function* textLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let rest = Buffer.alloc(0);
  for await (const piece of input) {
    const bytes = Buffer.concat([rest, piece]);
    const lines: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      lines.push(lineIn(bytes, start, end));
      start = end + 1;
    }
    if (lines.length > 0) yield lines;
    // Of a line that never ends the beginning is kept, with a mark that it went on.
    rest = Buffer.from(bytes.subarray(start, Math.min(bytes.length, start + longest + 1)));
  }
  if (rest.length > 0) yield [lineIn(rest, 0, rest.length)];
}

function lineIn(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, Math.min(end, start + longest)).replace(/\r$/, '');
}
