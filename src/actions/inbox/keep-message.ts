import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileName } from '../../domain/inbox/file-name.js';
import { slug } from '../../domain/records/ids.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { Change } from '../../workspace/records.js';
import type { Attachment } from '../attach.js';
import { letterEnding } from './letter.js';
import { type ReadMessage, wholeUpTo } from './read-message.js';

/** A file larger than this stays where it came from. */
const largestFile = 50 * 1024 * 1024;

/** Pictures of an HTML page below this many bytes are logos and marks of a signature; they stand in the whole message. */
const smallPicture = 20 * 1024;

/** What is kept of a message. */
export interface KeptMessage {
  changes: Change[];
  /** The message itself. */
  whole: Attachment;
  /** The files that came with it. */
  files: Attachment[];
  /** Files that are not kept, each as a sentence. */
  left: string[];
}

/**
 * Keeps a message below `attachments/`, whole, and the files that came with it; a letter under the ending of its name, and
 * the scan of what was typed beside it.
 */
export function keepMessage(root: string, read: ReadMessage): KeptMessage {
  const { id, raw, size, message, receivedAt, isMail } = read;
  const changes: Change[] = [];
  const files: Attachment[] = [];
  const left: string[] = [];
  const put = (path: string, content: Buffer): Attachment => {
    if (!existsSync(insideWorkspace(root, path))) changes.push({ op: 'restore', path, content });
    return { path, sha256: sha256(content) };
  };
  const folder = `attachments/mail/${receivedAt.slice(0, 4)}/${receivedAt.slice(5, 7)}`;
  for (const file of message.files) {
    const { type, content, inline = false } = file;
    if (content.length === 0 || (inline && type.startsWith('image/') && content.length < smallPicture))
      continue;
    const hash = sha256(content);
    const name = fileName(file);
    if (content.length > largestFile) {
      left.push(
        `${name} (${Math.ceil(content.length / 1048576)} MB, sha256 ${hash}) is not kept: at most 50 MB are`,
      );
      continue;
    }
    // A scan of which nothing was typed is the letter itself.
    if (content === raw) continue;
    const extension = extname(name)
      .toLowerCase()
      .replace(/[^.a-z0-9]/g, '')
      .slice(0, 10);
    const stem = slug(name.slice(0, name.length - extname(name).length), 'file');
    const path = isMail
      ? `attachments/${receivedAt.slice(0, 10)}-${stem}-${hash.slice(0, 8)}${extension}`
      : `${folder}/${id}${letterEnding(name)}`;
    files.push(put(path, Buffer.from(content.buffer, content.byteOffset, content.length)));
  }
  const tooLarge = size > (isMail ? wholeUpTo : largestFile);
  const content = tooLarge ? withoutFiles(read, [...files.map(({ path }) => path), ...left]) : raw;
  const ending = isMail ? '.eml' : tooLarge ? '.txt' : letterEnding(read.file);
  const whole = put(read.keptAt ?? `${folder}/${id}${ending}`, content);
  return { changes, whole, files, left };
}

/** The header of a message with its text, and where its files are. */
function withoutFiles({ raw, message }: ReadMessage, files: readonly string[]): Buffer {
  const head = raw.toString('latin1');
  const end = head.search(/\r?\n\r?\n/);
  const fields = head
    .slice(0, Math.max(end, 0))
    .split(/\r?\n(?![ \t])/)
    .filter((field) => !/^(?:content-|mime-version:)/i.test(field));
  const lines = [
    ...fields,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  return Buffer.concat([
    Buffer.from(`${lines.join('\n')}\n\n`, 'latin1'),
    Buffer.from(`${message.text}\n\n${files.map((file) => `[${file}]`).join('\n')}\n`),
  ]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
