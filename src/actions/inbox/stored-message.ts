import { readFile } from 'node:fs/promises';
import { ItacaError } from '../../domain/error.js';
import type { BookedMessage, InboxBook } from '../../domain/inbox/book.js';
import type { IntentReader } from '../../domain/inbox/intent/read-intent.js';
import type { InboundFile } from '../../domain/inbox/message.js';
import { type Channel, channels } from '../../domain/interactions/channels.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { Workspace } from '../../workspace/workspace.js';
import { isTyped, placeName, scanEndings, scanOf } from './letter.js';
import { type ReadMessage, readMessage } from './read-message.js';

/**
 * The message that a person means: by its id or the beginning of it (4 characters or more), or its Message-ID.
 * @throws ItacaError `not_found`, `ambiguous`
 */
export function messageNamed(book: InboxBook, which: string): BookedMessage {
  const exact = book.get(which);
  if (exact) return exact;
  const bare = which.replace(/^<|>$/g, '');
  const found = [...book.messages()].filter(
    ({ received }) =>
      (which.length >= 4 && received.message.startsWith(which)) ||
      received.message_id?.replace(/^<|>$/g, '') === bare,
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only)
    throw new ItacaError('ambiguous', `"${which}" may be any of ${found.length}`, {
      hint: found
        .slice(0, 8)
        .map(({ received }) => received.message)
        .join(', '),
    });
  throw new ItacaError('not_found', `no message "${which}" came in`, { hint: 'itaca inbox list --all' });
}

/**
 * A message as it was kept, read again.
 * @throws ItacaError `not_found` where its file is gone
 */
export async function storedMessage(
  { received }: BookedMessage,
  reader: IntentReader,
  workspace: Workspace,
): Promise<ReadMessage> {
  const { path, place, source, channel, received_at } = received;
  const raw = await readFile(insideWorkspace(workspace.root, path)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new ItacaError('not_found', 'what was kept of this message is gone', {
      path,
      hint: `restore it from git: git log -- ${path}`,
      cause,
    });
  });
  const known = channels.find((one) => one === channel) ?? ('email' satisfies Channel);
  const about = { name: source, channel: known, sent: false };
  const { sources = {} } = workspace.config.inbox ?? {};
  const { address, sent = false } = sources[source] ?? {};
  const isMail = path.endsWith('.eml') || known === 'email';
  // The name that a letter had tells what it is, where all of it is there.
  const file = isMail || raw.length !== received.size ? path : (placeName(place) ?? path);
  const scan = !isMail && isTyped({ file }) ? await scanBeside(workspace.root, path) : undefined;
  const read = await readMessage(
    { place, file, isMail, raw, scan },
    { ...about, ...(address === undefined ? {} : { address }), sent, received: Date.parse(received_at) },
    reader,
    workspace,
  );
  // Of a message that was too large to be kept whole, the id is not that of what is kept.
  return { ...read, id: received.message, keptAt: path };
}

/** The scan that a typed text is kept beside. */
async function scanBeside(root: string, path: string): Promise<InboundFile | undefined> {
  for (const ending of scanEndings) {
    const file = path.replace(/\.\w+$/, ending);
    const raw = await readFile(insideWorkspace(root, file)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause;
    });
    if (raw) return scanOf({ file, raw });
  }
  return undefined;
}
