import { htmlText } from '../html-text.js';
import { looseText, wholeMessage } from '../mime/bytes.js';
import { decodeCharset } from '../mime/charset.js';
import { readHead } from '../mime/fields.js';
import { contentOf, deepest, type Part, readParts } from '../mime/parts.js';
import { headerWithout, type Recoded } from './header.js';

type Redact = (text: string) => string;

/** A message without what is to go. */
export interface RedactedMail {
  /** The same bytes where nothing in it changes. */
  bytes: Buffer;
  /** Parts that are no text and stay as they are, each by its name or else its type. */
  unread: string[];
}

const telling = /^(?:from|received|message-id|mime-version|content-type|return-path)$/;

/** Whether a file is a message (RFC 5322), by how it begins. */
export function isMail(bytes: Buffer): boolean {
  // The header of a message is found within its beginning, whatever comes after.
  const head = wholeMessage(bytes.subarray(0, 64 * 1024));
  return readHead(head, 0, head.length).fields.some(({ name }) => telling.test(name));
}

/**
 * Takes something out of a message as it lies in a file: out of its header, its texts and the messages and text files
 * within it, however they are encoded. What is changed is put in UTF-8 where it was encoded. Never throws for what a message
 * holds.
 */
export function redactMail(bytes: Buffer, redact: Redact): RedactedMail {
  const unread: string[] = [];
  const message = wholeMessage(bytes);
  const after = messageWithout(message, redact, unread, 0);
  const front = message.buffer === bytes.buffer ? message.byteOffset - bytes.byteOffset : 0;
  const whole = after === message ? bytes : Buffer.concat([bytes.subarray(0, front), after]);
  // What stands between the parts, or before the message, is nobody's and is read by nobody.
  return { bytes: textWithout(whole, redact), unread };
}

/** All that a message says, in whatever encoding, piece by piece; some of it more than once. */
export function mailTexts(bytes: Buffer): string[] {
  const texts = new Set<string>();
  redactMail(bytes, (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}

function messageWithout(message: Buffer, redact: Redact, unread: string[], depth: number): Buffer {
  const eol = message.includes('\r\n') ? '\r\n' : '\n';
  const pieces: Buffer[] = [];
  let at = 0;
  const put = (view: Buffer, instead: Buffer) => {
    if (view === instead) return;
    const from = view.byteOffset - message.byteOffset;
    pieces.push(message.subarray(at, from), instead);
    at = from + view.length;
  };
  const walk = (part: Part) => {
    const leaf = part.body.length > 0 ? leafWithout(part, redact, unread, depth, eol) : undefined;
    put(part.head, headerWithout(part.head, redact, leaf?.recoded));
    if (leaf) put(part.body, leaf.body);
    // Parts of what is encoded as a whole were taken out of its content.
    else if (part.body.length === 0) for (const child of part.children) walk(child);
  };
  walk(readParts(message, depth));
  return pieces.length === 0 ? message : Buffer.concat([...pieces, message.subarray(at)]);
}

/** The body of a leaf; undefined where nothing in it changes. */
function leafWithout(
  part: Part,
  redact: Redact,
  unread: string[],
  depth: number,
  eol: string,
): { body: Buffer; recoded?: Recoded } | undefined {
  const type = part.type.value;
  const name = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? type;
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip)$/.test(type)) {
    unread.push(name);
    return undefined;
  }
  const content = contentOf(part);
  const isEncoded = content !== part.body;
  const recoded = (bytes: Buffer, utf8: boolean) => ({
    body: inBase64(bytes, eol),
    recoded: { base64: true, utf8 },
  });
  const isWhole = isEncoded && type.startsWith('multipart/');
  if ((isWhole || type.startsWith('message/')) && depth < deepest) {
    const inside = isWhole ? Buffer.concat([plainHead(part.head), content]) : content;
    const after = messageWithout(inside, redact, unread, depth + 1);
    if (after === inside) return undefined;
    const body = isWhole ? after.subarray(readHead(after, 0, after.length).bodyAt) : after;
    return isEncoded ? recoded(body, false) : { body };
  }
  const isText = type.startsWith('text/');
  const told = part.type.parameters.get('charset');
  const text = isText || told !== undefined ? decodeCharset(content, told) : content.toString();
  if (!isText && (content.includes(0) || !Buffer.from(text).equals(content))) {
    unread.push(name);
    return undefined;
  }
  const after = type === 'text/html' ? pageWithout(text, redact) : redact(text);
  if (after === text) return undefined;
  const stays = !isEncoded && Buffer.from(text).equals(content);
  return stays ? { body: Buffer.from(after) } : recoded(Buffer.from(after), isText);
}

/** A page; where the person is still to be read in it, for signs or words are marked up, its plain text. */
function pageWithout(page: string, redact: Redact): string {
  const after = redact(page);
  const shown = htmlText(after);
  const left = redact(shown);
  if (left === shown) return after;
  return `<pre>${left.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</pre>`;
}

/** The header of an encoded multipart, as its content is read by: what it says of its encoding is undone. */
function plainHead(head: Buffer): Buffer {
  return Buffer.from(
    head.toString('latin1').replace(/^content-transfer-encoding[ \t]*:.*\r?\n(?:[ \t].*\r?\n)*/gim, ''),
    'latin1',
  );
}

function inBase64(bytes: Buffer, eol: string): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, `$&${eol}`), 'latin1');
}

/** Bytes of which not all may be text. */
function textWithout(bytes: Buffer, redact: Redact): Buffer {
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) {
    const after = redact(text);
    return after === text ? bytes : Buffer.from(after);
  }
  // In mixed character sets, line by line.
  let changed = false;
  const lines = bytes
    .toString('latin1')
    .split(/(?<=\n)/)
    .map((line) => {
      const before = looseText(Buffer.from(line, 'latin1'));
      const after = redact(before);
      if (after === before) return line;
      changed = true;
      return Buffer.from(after).toString('latin1');
    });
  return changed ? Buffer.from(lines.join(''), 'latin1') : bytes;
}
