import type { InboxDraft } from '../../domain/inbox/ledger.js';
import type { Attachment } from '../attach.js';
import type { Tools } from '../tools.js';
import type { PulledMessage } from './pulled.js';
import type { ReadMessage } from './read-message.js';

/** That a message on file lies at another place, too. */
export function againLine(
  { id, source, place }: Pick<ReadMessage, 'id' | 'source' | 'place'>,
  { clock }: Tools,
): InboxDraft {
  const at = new Date(clock.now()).toISOString();
  return { event: 'again', at, message: id, source: source.name, place };
}

/** That a message came in, with what it was taken for. */
export function receivedLine(
  { id, source, place, receivedAt, sha256, size, message }: ReadMessage,
  whole: Attachment,
  { kind, intent, confidence, why }: PulledMessage,
  { clock }: Tools,
): InboxDraft {
  return {
    event: 'received',
    at: new Date(clock.now()).toISOString(),
    // Counted when it is written.
    n: 0,
    message: id,
    source: source.name,
    place,
    received_at: receivedAt,
    channel: source.channel,
    sha256,
    size,
    path: whole.path,
    kept_sha256: whole.sha256,
    ...(message.messageId === undefined ? {} : { message_id: message.messageId }),
    kind,
    ...(intent === null ? {} : { intent }),
    confidence,
    why,
  };
}
