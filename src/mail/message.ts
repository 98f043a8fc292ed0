import { ItacaError } from '../domain/error.js';
import { composeMail, type Mailbox, type MailFile } from './compose-mail.js';
import { headerValue, type RenderedMessage } from './render.js';
import type { OutgoingMessage } from './transport.js';
import type { UnsubscribeLinks } from './unsubscribe.js';

export interface MessageParts {
  rendered: RenderedMessage;
  /** Attachments, and the pictures of the HTML. */
  files?: readonly MailFile[];
  messageId: string;
  from: Mailbox;
  to: Mailbox;
  replyTo?: string;
  /** When it is written, milliseconds since 1970. */
  date: number;
  /** Random, per recipient: a bounce that comes back to it is known without reading it. */
  token: string;
  /** `mail.bounce_address`; without it the envelope carries the sender's own address. */
  bounceAddress?: string;
  unsubscribe: UnsubscribeLinks;
  purpose: string;
  campaign: { id: string; office?: string };
}

/**
 * Puts a whole message together: plain text and HTML, with the headers of a message to many. The same parts give the
 * same bytes.
 * @throws ItacaError `refused` where a value would break into the headers, or where there is no way out
 */
export async function buildMessage(parts: MessageParts): Promise<OutgoingMessage> {
  const who = parts.to.name === '' ? parts.to.address : `${parts.to.name} <${parts.to.address}>`;
  const safe = (value: string, name: string) => headerValue(value, name, who);
  return composeMail({
    from: { name: safe(parts.from.name, 'from'), address: safe(parts.from.address, 'from') },
    to: { name: safe(parts.to.name, 'the name'), address: safe(parts.to.address, 'the address') },
    ...(parts.replyTo === undefined ? {} : { replyTo: safe(parts.replyTo, 'reply_to') }),
    subject: safe(parts.rendered.subject, 'the subject'),
    messageId: safe(parts.messageId, 'the Message-ID'),
    date: parts.date,
    text: parts.rendered.text,
    html: parts.rendered.html,
    files: parts.files ?? [],
    headers: Object.fromEntries(
      Object.entries(bulkHeaders(parts, who)).map(([key, value]) => [key, safe(value, key)]),
    ),
    sender: envelopeSender(parts),
  });
}

/** The headers of a message to many: RFC 2369, 2919, 3834, 8058, and the feedback loop's. */
function bulkHeaders(parts: MessageParts, who: string): Record<string, string> {
  const { mailto, url } = parts.unsubscribe;
  const ways = [mailto, url].filter((way) => way !== undefined);
  if (ways.length === 0) {
    throw new ItacaError('refused', `${who}: the message has no way out`, {
      hint: 'set mail.unsubscribe in itaca.yaml: {mailto: unsubscribe@…} or {url: https://…}',
    });
  }
  const domain = parts.from.address.slice(parts.from.address.lastIndexOf('@') + 1);
  const list = parts.purpose.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  return {
    'List-Unsubscribe': ways.map((way) => `<${way}>`).join(', '),
    // One click needs an endpoint that takes a POST, and a connection nobody can read or change.
    ...(url?.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    'List-Id': `<${list}.${domain}>`,
    Precedence: 'bulk',
    'Auto-Submitted': 'auto-generated',
    'Feedback-ID': [parts.campaign.id, list, parts.campaign.office ?? '', domain]
      .map((field) => field.replace(/[^A-Za-z0-9.-]+/g, '-'))
      .join(':'),
  };
}

/** `bounces+<token>@…`, after the variable envelope return path of old. */
function envelopeSender({ bounceAddress, from, token }: MessageParts): string {
  if (bounceAddress === undefined) return headerValue(from.address, 'from', from.address);
  const at = bounceAddress.lastIndexOf('@');
  const sender = `${bounceAddress.slice(0, at)}+${token}${bounceAddress.slice(at)}`;
  return headerValue(sender, 'mail.bounce_address', from.address);
}
