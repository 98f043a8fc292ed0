import { looseText } from './bytes.js';

/** A field of a header as it stands there: its name in lower case, its value unfolded and still encoded. */
export interface Field {
  name: string;
  value: string;
}

export interface Head {
  fields: Field[];
  /** Where the body begins, in bytes. */
  bodyAt: number;
}

/** More fields than any honest message has. */
const mostFields = 20_000;

/** Printable ASCII and a colon (RFC 5322, 3.6.8); white space before the colon is the obsolete form. */
const fieldName = /^([!-9;-~]{1,200})[ \t]*:/;

/**
 * The header that begins at a byte.
 * @param stop whether a line, given by where it begins and ends, ends the header though it is not empty
 * @returns no field where the first line is none: all of it is the body then
 */
export function readHead(
  bytes: Buffer,
  start: number,
  end: number,
  stop?: (from: number, to: number) => boolean,
): Head {
  const fields: Field[] = [];
  let name: string | undefined;
  let from = start;
  let at = start;
  const close = (to: number) => {
    if (name !== undefined && fields.length < mostFields)
      fields.push({ name, value: unfolded(bytes, from, to) });
    name = undefined;
  };
  while (at < end) {
    const feed = bytes.indexOf(0x0a, at);
    const next = feed < 0 || feed >= end ? end : feed + 1;
    let to = feed < 0 || feed >= end ? end : feed;
    if (to > at && bytes[to - 1] === 0x0d) to--;
    if (to === at) {
      close(at);
      return { fields, bodyAt: next };
    }
    if (bytes[at] === 0x2d && stop?.(at, to)) {
      close(at);
      return { fields, bodyAt: at };
    }
    const folded = bytes[at] === 0x20 || bytes[at] === 0x09;
    const match = folded ? undefined : fieldName.exec(bytes.toString('latin1', at, Math.min(to, at + 220)));
    if (match) {
      close(at);
      name = match[1]!.toLowerCase();
      from = at + match[0].length;
    } else if (name === undefined && fields.length === 0) return { fields, bodyAt: start };
    // A line of no form amid the header belongs to nobody.
    else if (!folded) close(at);
    at = next;
  }
  close(end);
  return { fields, bodyAt: end };
}

function unfolded(bytes: Buffer, from: number, to: number): string {
  const text = looseText(bytes.subarray(from, to));
  return (/[\r\n\0]/.test(text) ? text.replace(/[\r\n\0]+/g, '') : text).trim();
}

/** The first field of a name; empty where there is none. */
export function fieldOf(fields: readonly Field[], name: string): string {
  return fields.find((field) => field.name === name)?.value ?? '';
}
