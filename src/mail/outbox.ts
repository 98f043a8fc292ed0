import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exists, FileDrop, ignoreFolder, messageFileName, takeEnvelope, withEnvelope } from './file-drop.js';
import { readHeader } from './read-header.js';
import type { OutgoingMessage, Transport } from './transport.js';

/**
 * The outbox: a Maildir in the workspace, which git overlooks. Any mail program can open it; `outbox flush` sends on
 * what waits in it.
 * @param folder created where it is missing
 */
export async function outboxTransport(folder: string): Promise<Transport> {
  const waiting = join(folder, 'new');
  const seen = join(folder, 'cur');
  const drop = new FileDrop(join(folder, 'tmp'), waiting);
  await drop.create();
  await mkdir(seen, { recursive: true });
  await ignoreFolder(folder);

  return {
    name: 'outbox',
    concurrency: 16,
    async send(message) {
      try {
        await drop.write(messageFileName(message.messageId), withEnvelope(message));
      } catch (error) {
        // The file is renamed last: until then nothing is in the outbox.
        const there = await exists(join(waiting, messageFileName(message.messageId)));
        return { state: there ? 'unknown' : 'deferred', reply: String(error), server: true };
      }
      return { state: 'sent', reply: 'in the outbox' };
    },
    async holds(messageId) {
      const name = messageFileName(messageId);
      if (await exists(join(waiting, name))) return true;
      // A mail program that showed the message moved it, with its flags behind a colon.
      return (await readdir(seen)).some((file) => file.split(':')[0] === name);
    },
    async close() {},
  };
}

/** A message that waits in the outbox. */
export interface WaitingMessage extends OutgoingMessage {
  /** File, relative to the outbox. */
  path: string;
  /** What a mail program wrote behind its name (Maildir): `S` seen, `T` thrown away. */
  flags: string;
}

/** The flag of what was sent on: "passed" to somebody else. */
const passed = 'P';

/**
 * The messages that wait in an outbox, by name: also those that a mail program showed and so moved. What was sent on
 * lies in `cur/`, too, and does not wait.
 * @param report told of each file that is no message of ours
 */
export async function* waitingMessages(
  folder: string,
  report: (path: string) => void,
): AsyncGenerator<WaitingMessage> {
  for (const place of ['new', 'cur']) {
    const names = await readdir(join(folder, place)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names.sort()) {
      const flags = /:2,([A-Za-z]*)$/.exec(name)?.[1] ?? '';
      if (place === 'cur' && flags.includes(passed)) continue;
      const path = join(place, name);
      const message = await readWaiting(folder, path);
      if (message === undefined) report(path);
      else yield { ...message, path, flags };
    }
  }
}

/** A message of the outbox; undefined for a file that is none of ours, or is gone. */
export async function readWaiting(folder: string, path: string): Promise<OutgoingMessage | undefined> {
  const file = await readFile(join(folder, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  });
  const message = file && takeEnvelope(file);
  const messageId = message && /^<[^<>\s]+>/.exec(readHeader(message.raw, 'Message-ID') ?? '')?.[0];
  return message && messageId !== undefined ? { ...message, messageId } : undefined;
}

/** Puts a message that was sent on aside, where whoever looks for it still finds it. */
export async function passOn(folder: string, path: string): Promise<void> {
  const name = basename(path).split(':')[0] as string;
  await mkdir(join(folder, 'cur'), { recursive: true });
  await rename(join(folder, path), join(folder, 'cur', `${name}:2,${passed}S`)).catch(
    (error: NodeJS.ErrnoException) => {
      // A mail program moved it meanwhile; it is put aside the next time.
      if (error.code !== 'ENOENT') throw error;
    },
  );
}
