import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, FileDrop, ignoreFolder, messageFileName, takeEnvelope, withEnvelope } from './file-drop.js';
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
}

/**
 * The messages that wait in an outbox, by name.
 * @param report told of each file that is no message of ours
 */
export async function* waitingMessages(
  folder: string,
  report: (path: string) => void,
): AsyncGenerator<WaitingMessage> {
  const names = await readdir(join(folder, 'new')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.sort()) {
    const path = join('new', name);
    const message = takeEnvelope(await readFile(join(folder, path)));
    const messageId = message && /^message-id:\s*(<[^<>\s]+>)/im.exec(message.raw.toString('latin1'))?.[1];
    if (message === undefined || messageId === undefined) report(path);
    else yield { ...message, messageId, path };
  }
}
