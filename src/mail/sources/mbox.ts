import { access, open } from 'node:fs/promises';
import { fromLineTime } from './from-line.js';
import { digestOf, type MboxPart, scanMbox } from './mbox-scan.js';
import { ofFile, orGone } from './of-file.js';
import type { Arrival, Source, Tell } from './source.js';
import { refuseTooLarge } from './too-large.js';

/**
 * An mbox (mboxrd; mboxo and mboxcl are read as well), of any size.
 * @param path of the file
 * @param label the file as it was named
 */
export function mboxSource(path: string, label: string, tell: Tell): Source {
  return {
    label,
    async *arrivals(isKnown) {
      for await (const part of wholeParts(path, label, tell))
        if (!isKnown(placeOf(part))) yield arrivalOf(path, label, part);
    },
    async *places() {
      for await (const part of wholeParts(path, label)) yield placeOf(part);
    },
    async done() {},
    async close() {},
  };
}

/** The messages of the file, without one that is being written just now. */
async function* wholeParts(path: string, label: string, tell?: Tell): AsyncGenerator<MboxPart> {
  const file = await ofFile(label, open(path, 'r'));
  try {
    const { mtimeMs, size } = await file.stat();
    let last: MboxPart | undefined;
    for await (const part of scanMbox(file)) {
      if (last) yield last;
      last = part;
    }
    if (!last) {
      if (size > 0) tell?.({ message: `${label} holds no message: an mbox begins with "From "` });
      return;
    }
    const now = await file.stat();
    if (now.mtimeMs === mtimeMs && now.size === size && !(await isLocked(path))) yield last;
    else {
      const message = `${label} is being written to: its last message waits for the next pull`;
      tell?.({ place: placeOf(last), message });
    }
  } finally {
    await file.close();
  }
}

/** Whether a program has locked the file as mail programs do, to write to it. */
function isLocked(path: string): Promise<boolean> {
  return access(`${path}.lock`).then(
    () => true,
    () => false,
  );
}

function placeOf({ start, end, digest }: MboxPart): string {
  return `${start}/${end - start}/${digest}`;
}

function arrivalOf(path: string, label: string, part: MboxPart): Arrival {
  const receivedAt = fromLineTime(part.fromLine);
  return {
    place: placeOf(part),
    file: label,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    size: part.end - part.bodyStart,
    isMail: true,
    async read() {
      refuseTooLarge(label, part.end - part.start);
      const raw = await orGone(label, bytesOf(path, part.start, part.end));
      // Another program has removed messages from the file: this one has another place now, or none.
      if (!raw || raw.length < part.end - part.start || digestOf(raw) !== part.digest) return undefined;
      return unescaped(raw.subarray(part.bodyStart - part.start));
    },
  };
}

async function bytesOf(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(end - start), 0, end - start, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const escaped = Buffer.from('>From ');

/** Takes one `>` from each line of `>From `, `>>From ` and so on (mboxrd), in place. */
function unescaped(raw: Buffer): Buffer {
  if (!raw.includes(escaped)) return raw;
  let from = 0;
  let to = 0;
  const keep = (end: number) => {
    raw.copyWithin(to, from, end);
    to += end - from;
    from = end;
  };
  for (let found = raw.indexOf(escaped); found >= 0; found = raw.indexOf(escaped, found + 1)) {
    let first = found;
    while (raw[first - 1] === 62) first--;
    if (first > 0 && raw[first - 1] !== 10) continue;
    keep(first);
    from++;
  }
  keep(raw.length);
  return raw.subarray(0, to);
}
