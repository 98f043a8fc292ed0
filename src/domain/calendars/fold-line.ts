/** What a line holds at most, without its end (RFC 5545, 3.1; RFC 6350, 3.2). */
const octets = 75;

/** A line of an iCalendar or vCard file cut into lines of 75 octets, between characters; without the end of the last. */
export function foldLine(line: string): string {
  // A character has three octets at most for each of its UTF-16 units.
  if (line.length * 3 <= octets || Buffer.byteLength(line) <= octets) return line;
  const parts: string[] = [];
  let start = 0;
  let length = 0;
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at)!;
    const more = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length + more > octets) {
      parts.push(line.slice(start, at));
      start = at;
      // The space that begins a line that goes on counts.
      length = 1;
    }
    length += more;
    at += code < 0x10000 ? 1 : 2;
  }
  return [...parts, line.slice(start)].join('\r\n ');
}
