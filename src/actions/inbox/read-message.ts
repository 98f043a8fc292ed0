import { createHash } from 'node:crypto';
import { arrivedAt } from '../../domain/inbox/arrival.js';
import type { Classification } from '../../domain/inbox/classification.js';
import { classifyMessage } from '../../domain/inbox/classify.js';
import { messageKey } from '../../domain/inbox/fingerprint.js';
import { type IntentModel, type ReadIntent, readIntent } from '../../domain/inbox/intent/read-intent.js';
import type { InboundMessage } from '../../domain/inbox/message.js';
import { replyText, signatureOf } from '../../domain/inbox/reply/reply-text.js';
import type { Channel } from '../../domain/interactions/channels.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { isoInstant } from '../../domain/time/clock.js';
import { parseMessage } from '../../mail/parse-message.js';
import type { Arrival } from '../../mail/sources/source.js';
import type { Workspace } from '../../workspace/workspace.js';

/** Where messages come from, as far as it says something of each of them. */
export interface InboxSource {
  name: string;
  channel: Channel;
  /** The firm's address or number that it serves. */
  address?: string | undefined;
  /** What lies there was written by the firm: its folder of sent mail. */
  sent: boolean;
}

/** A message as it came, with all that can be said of it without the workspace. */
export interface ReadMessage {
  /** Derived from the message, so that it is the same in every clone and from every source. */
  id: string;
  source: InboxSource;
  place: string;
  /** As it was named to us. */
  file: string;
  raw: Buffer;
  sha256: string;
  message: InboundMessage;
  /** ISO 8601. */
  receivedAt: string;
  classification: Classification;
  /** What the person wrote, without quotes and signature. */
  text: string;
  signature: string;
  intent: ReadIntent;
}

/** Reads a message and says what it is. */
export async function readMessage(
  arrival: Arrival,
  source: InboxSource,
  model: IntentModel | undefined,
  { config, clock }: Workspace,
): Promise<ReadMessage> {
  const raw = await arrival.read();
  const message = await parseMessage(raw);
  const text = replyText(message.text);
  const { subject, inReplyTo, references } = message;
  const isReply = inReplyTo.length + references.length > 0;
  return {
    id: derivedId(config.id, 'inbox', messageKey(message, raw)),
    source,
    place: arrival.place,
    file: arrival.file,
    raw,
    sha256: createHash('sha256').update(raw).digest('hex'),
    message,
    receivedAt: isoInstant(arrivedAt(message, arrival.receivedAt, clock.now()), clock.timeZone),
    classification: classifyMessage(message),
    text,
    signature: signatureOf(message.text),
    intent: readIntent({ subject, text, isReply, ...(model ? { model } : {}) }),
  };
}
