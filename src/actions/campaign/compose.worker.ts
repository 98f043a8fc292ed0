import { parentPort, workerData } from 'node:worker_threads';
import { ItacaError } from '../../domain/error.js';
import { type ComposerSource, composerFrom, type KnownPerson } from './compose.js';
import type { ComposeAnswer, ComposeTask } from './compose-thread.js';
import type { ContentFile } from './content-file.js';

/** Makes messages, batch by batch, while the thread that asked sends others. */
const people = new Map<string, KnownPerson>();
const composer = await composerFrom(
  revived(workerData as ComposerSource),
  ({ contact }) => people.get(contact) ?? { contact: undefined, tracked: false },
);

parentPort?.on('message', async ({ number, messages }: ComposeTask) => {
  people.clear();
  for (const { recipient, person } of messages) people.set(recipient.contact, person);
  let answer: ComposeAnswer;
  try {
    answer = {
      number,
      made: await Promise.all(messages.map(({ recipient, token }) => composer.message(recipient, token))),
    };
  } catch (error) {
    const { message, code, hint, path, line, column } = error as ItacaError;
    const place = { hint, path, line, column };
    answer = { number, failure: error instanceof ItacaError ? { message, code, place } : { message } };
  }
  parentPort?.postMessage(answer);
});

/** A copy for another thread has plain arrays of bytes where there were buffers. */
function revived(source: ComposerSource): ComposerSource {
  const file = (one: ContentFile): ContentFile => ({
    ...one,
    bytes: Buffer.from(one.bytes.buffer, one.bytes.byteOffset, one.bytes.byteLength),
  });
  const { attachments, pictures, ...rest } = source.files;
  const ofBody = (map: ReadonlyMap<string, ContentFile>) =>
    new Map([...map].map(([name, one]) => [name, file(one)]));
  return {
    ...source,
    files: {
      ...rest,
      attachments: attachments.map(file),
      pictures: new Map([...pictures].map(([body, map]) => [body, ofBody(map)])),
    },
  };
}
