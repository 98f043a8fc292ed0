import { type Field, fieldOf, readHead } from './fields.js';
import { type Parameterised, readParameters } from './parameters.js';
import { decodeTransfer } from './transfer.js';

/** A part of a message (RFC 2045): one with parts of its own, or a leaf. */
export interface Part {
  fields: readonly Field[];
  /** Its header as it stands there, with the empty line that ends it. */
  head: Buffer;
  /** `Content-Type`, `text/plain` where there is none or nonsense. */
  type: Parameterised;
  disposition: Parameterised;
  /** As it stands there, its transfer encoding undone only by `contentOf`. Empty for one with parts. */
  body: Buffer;
  children: Part[];
}

/** Parts within parts, and messages within messages, deeper than this are a leaf. */
export const deepest = 64;
/** Parts of a message beyond this are text of the last one. */
const mostParts = 10_000;
/** Longest boundary that is looked for, in bytes; RFC 2046 allows 70. */
const longestBoundary = 1000;

/** The content of a leaf. */
export function contentOf(part: Part): Buffer {
  return decodeTransfer(part.body, fieldOf(part.fields, 'content-transfer-encoding').replace(/[;(].*$/s, ''));
}

interface Open {
  part: Part;
  boundary: string;
}

/**
 * Takes a message apart. Never throws: what is broken is a leaf as far as it can be read. Contents are views of the bytes.
 * @param depth of messages that this one lies in
 */
export function readParts(bytes: Buffer, depth = 0): Part {
  const open: Open[] = [];
  let count = 0;

  /** Whether a line is a delimiter, of which of the open parts, and whether it is the last of it. */
  const delimiter = (from: number, to: number): { level: number; last: boolean } | undefined => {
    if (bytes[from] !== 0x2d || bytes[from + 1] !== 0x2d || to - from > longestBoundary) return undefined;
    const line = bytes.toString('latin1', from + 2, to).trimEnd();
    for (let level = open.length - 1; level >= 0; level--) {
      const { boundary } = open[level]!;
      if (!line.startsWith(boundary)) continue;
      if (line.length === boundary.length) return { level, last: false };
      if (line.length === boundary.length + 2 && line.endsWith('--')) return { level, last: true };
    }
    return undefined;
  };

  /** Reads the header of a part that begins at a byte, and tells where its body does. */
  const begin = (at: number): { part: Part; bodyAt: number } => {
    count++;
    const { fields, bodyAt } = readHead(
      bytes,
      at,
      bytes.length,
      (from, to) => delimiter(from, to) !== undefined,
    );
    const part: Part = {
      fields,
      head: bytes.subarray(at, bodyAt),
      type: typeOf(fields),
      disposition: readParameters(fieldOf(fields, 'content-disposition')),
      body: bytes.subarray(bodyAt, bodyAt),
      children: [],
    };
    return { part, bodyAt };
  };

  /** Opens a part that has parts, where it says how they are parted. */
  const enter = (part: Part, bodyAt: number) => {
    if (!part.type.value.startsWith('multipart/') || open.length + depth >= deepest) return;
    const named = part.type.parameters.get('boundary')?.trimEnd();
    const boundary = named ? Buffer.from(named).toString('latin1') : firstDelimiter(bytes, bodyAt);
    if (boundary && boundary.length < longestBoundary) open.push({ part, boundary });
  };

  const root = begin(0);
  let leaf = root;
  enter(root.part, root.bodyAt);
  let at = root.bodyAt;
  while (open.length > 0 && count < mostParts) {
    const found = nextDelimiter(bytes, at, delimiter);
    if (!found) break;
    leaf.part.body = bytes.subarray(leaf.bodyAt, Math.max(leaf.bodyAt, beforeLineEnd(bytes, found.from)));
    const { part: parent } = open[found.level]!;
    open.length = found.last ? found.level : found.level + 1;
    at = found.next;
    if (found.last) {
      // What follows the last part is nobody's.
      leaf = { part: { ...parent, children: [] }, bodyAt: at };
      continue;
    }
    leaf = begin(at);
    parent.children.push(leaf.part);
    at = leaf.bodyAt;
    enter(leaf.part, at);
  }
  leaf.part.body = bytes.subarray(leaf.bodyAt);
  return encoded(root.part, depth);
}

/** Parts that are encoded as a whole, which no standard allows and some senders do, are taken apart too. */
function encoded(root: Part, depth: number): Part {
  const waiting = [root];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    waiting.push(...part.children);
    if (!part.type.value.startsWith('multipart/') || part.children.length > 0 || depth >= deepest) continue;
    const content = contentOf(part);
    if (content === part.body) continue;
    const type = Buffer.from(`Content-Type: ${fieldOf(part.fields, 'content-type')}\n\n`, 'latin1');
    part.children = readParts(Buffer.concat([type, content]), depth + 1).children;
  }
  return root;
}

function typeOf(fields: readonly Field[]): Parameterised {
  const type = readParameters(fieldOf(fields, 'content-type'));
  if (/^[^\s/]+\/[^\s/]+$/.test(type.value)) return type;
  return { ...type, value: 'text/plain' };
}

/** Where a line that begins with two hyphens is a delimiter, from a byte on. */
function nextDelimiter(
  bytes: Buffer,
  start: number,
  test: (from: number, to: number) => { level: number; last: boolean } | undefined,
): { from: number; next: number; level: number; last: boolean } | undefined {
  let from = bytes[start] === 0x2d ? start : lineOfHyphens(bytes, start);
  while (from >= 0) {
    const feed = bytes.indexOf(0x0a, from);
    const to = feed < 0 ? bytes.length : feed;
    const found = test(from, to);
    if (found) return { ...found, from, next: feed < 0 ? bytes.length : feed + 1 };
    from = lineOfHyphens(bytes, to);
  }
  return undefined;
}

function lineOfHyphens(bytes: Buffer, start: number): number {
  const at = bytes.indexOf('\n--', start, 'latin1');
  return at < 0 ? -1 : at + 1;
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1). */
function beforeLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at - 1] !== 0x0a) return at;
  return bytes[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** The boundary that a body's first line of hyphens tells, for a part that does not name it. */
function firstDelimiter(bytes: Buffer, start: number): string | undefined {
  const from = bytes[start] === 0x2d && bytes[start + 1] === 0x2d ? start : lineOfHyphens(bytes, start);
  if (from < 0) return undefined;
  const feed = bytes.indexOf(0x0a, from);
  const line = bytes.toString(
    'latin1',
    from + 2,
    Math.min(feed < 0 ? bytes.length : feed, from + longestBoundary),
  );
  return line.trimEnd() || undefined;
}
