import { createHash } from 'node:crypto';
import type { OutgoingMessage } from './transport.js';

export interface Mailbox {
  /** Empty for none. */
  name: string;
  address: string;
}

/** A file that travels with a message. */
export interface MailFile {
  name: string;
  bytes: Buffer;
  /** Content-ID of a picture within the HTML; absent for an attachment. */
  cid?: string;
}

/** A message whose every header is known to be safe. */
export interface MailParts {
  messageId: string;
  from: Mailbox;
  to: Mailbox;
  replyTo?: string;
  subject: string;
  text: string;
  html?: string;
  files?: readonly MailFile[];
  /** When it is written, milliseconds since 1970. */
  date: number;
  headers: Record<string, string>;
  /** Envelope sender; empty for the null sender of automatic replies (RFC 3834, 3.3). */
  sender: string;
}

/** Puts the bytes of a message together. The same parts give the same bytes. Nothing is read from files or addresses. */
export async function composeMail(parts: MailParts): Promise<OutgoingMessage> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: parts.from,
    to: parts.to,
    ...(parts.replyTo === undefined ? {} : { replyTo: parts.replyTo }),
    subject: parts.subject,
    messageId: parts.messageId,
    date: new Date(parts.date),
    text: parts.text,
    ...(parts.html === undefined ? {} : { html: parts.html }),
    attachments: (parts.files ?? []).map(({ name, bytes, cid }) => ({
      filename: name,
      content: bytes,
      ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' as const }),
    })),
    headers: parts.headers,
    newline: 'win',
    baseBoundary: createHash('sha256').update(parts.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    messageId: parts.messageId,
    envelope: { from: parts.sender, to: parts.to.address },
    raw: await composer.compile().build(),
  };
}
