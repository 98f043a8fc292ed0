import type { InboundMessage } from '../domain/inbox/message.js';
import { messageBytes, type RawMail } from './mime/bytes.js';
import { fieldOf } from './mime/fields.js';
import { enclosedMessage, gather, rootField } from './mime/gather.js';
import { readParts } from './mime/parts.js';
import { addressesOf, instantOf, messageIdOf, messageIds, plainWords, returnPathOf } from './mime/values.js';

/**
 * Takes a message apart as it came over the wire or lies in a file. Never throws for what a message holds: of a broken one
 * it gives what can be read, of bytes that are no message their text. Only a stream that fails is an error.
 * A message within a certified-mail envelope (PEC) is given as if it had come alone, with `certified` naming the envelope.
 */
export async function parseMessage(raw: RawMail): Promise<InboundMessage> {
  const bytes = await messageBytes(raw);
  const root = readParts(bytes);
  // An ordinary message comes to a certified mailbox in an envelope of its own, `errore`.
  if (/^(?:posta-certificata|errore)$/.test(rootField(root, 'x-trasporto'))) {
    const inside = enclosedMessage(root);
    if (inside)
      return {
        ...messageOf(await messageBytes(inside)),
        certified: messageIdOf(fieldOf(root.fields, 'message-id')) ?? '',
      };
  }
  return messageOf(bytes, root);
}

function messageOf(bytes: Buffer, root = readParts(bytes)): InboundMessage {
  const { fields } = root;
  const field = (name: string) => fieldOf(fields, name);
  const messageId = messageIdOf(field('message-id'));
  const date = instantOf(field('date'));
  const returnPath = returnPathOf(fields);
  return {
    headers: fields.map(({ name, value }) => ({ name, value: plainWords(value) })),
    ...(messageId === undefined ? {} : { messageId }),
    ...(date === undefined ? {} : { date }),
    from: addressesOf(fields, 'from'),
    replyTo: addressesOf(fields, 'reply-to'),
    to: addressesOf(fields, 'to'),
    cc: addressesOf(fields, 'cc'),
    ...(returnPath === undefined ? {} : { returnPath }),
    subject: plainWords(field('subject')),
    inReplyTo: messageIds(field('in-reply-to')),
    references: messageIds(field('references')),
    ...gather(root),
  };
}
