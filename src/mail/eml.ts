import { join } from 'node:path';
import { exists, FileDrop, messageFileName } from './file-drop.js';
import type { Transport } from './transport.js';

/**
 * A folder of `.eml` files, for another program to pick up.
 * @param folder created where it is missing
 */
export async function emlTransport(folder: string): Promise<Transport> {
  const drop = new FileDrop(join(folder, '.tmp'), folder);
  await drop.create();
  const fileName = (messageId: string) => `${messageFileName(messageId)}.eml`;
  return {
    name: 'eml',
    concurrency: 16,
    async send(message) {
      const name = fileName(message.messageId);
      try {
        await drop.write(name, message.raw);
      } catch (error) {
        const there = await exists(join(folder, name));
        return { state: there ? 'unknown' : 'deferred', reply: String(error), server: true };
      }
      return { state: 'sent', reply: name };
    },
    async holds(messageId) {
      return (await exists(join(folder, fileName(messageId)))) || undefined;
    },
    async close() {},
  };
}
