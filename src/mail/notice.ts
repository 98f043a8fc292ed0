import { ItacaError } from '../domain/error.js';
import { composeMail, type MailParts } from './compose-mail.js';
import { compile, liquidEngine, TemplateValueError } from './liquid.js';
import { headerValue } from './render.js';
import type { OutgoingMessage } from './transport.js';

export interface NoticeParts extends Omit<MailParts, 'headers' | 'sender' | 'html'> {
  /** An answer to somebody's message, to which nobody's machine must answer again. */
  reply: boolean;
}

/**
 * Puts a short automatic message in plain text together: a receipt, a reminder. It says of itself that a machine wrote
 * it, and its answers go to the firm while its bounces go nowhere (RFC 3834).
 * @throws ItacaError `refused` where a value would break into the headers
 */
export async function buildNotice(parts: NoticeParts): Promise<OutgoingMessage> {
  const who = parts.to.address;
  const safe = (value: string, name: string) => headerValue(value, name, who);
  return composeMail({
    messageId: parts.messageId,
    from: { name: safe(parts.from.name, 'from'), address: safe(parts.from.address, 'from') },
    to: { name: safe(parts.to.name, 'the name'), address: safe(parts.to.address, 'the address') },
    ...(parts.replyTo === undefined ? {} : { replyTo: safe(parts.replyTo, 'reply_to') }),
    subject: safe(parts.subject, 'the subject'),
    text: parts.text,
    date: parts.date,
    headers: {
      'Auto-Submitted': parts.reply ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    sender: parts.reply ? '' : parts.from.address,
  });
}

/**
 * Fills the Liquid tags of a subject and a text.
 * @param path of the file they stand in, for errors
 * @throws ItacaError `invalid` for a template that cannot be parsed; `refused` for a tag without value or default
 */
export async function fillNotice(
  { subject, text }: { subject: string; text: string },
  values: object,
  path: string,
): Promise<{ subject: string; text: string }> {
  const engine = await liquidEngine((value) => String(value ?? '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ''));
  const fill = (template: string) => {
    try {
      return compile(engine, template, { name: path })(values);
    } catch (error) {
      if (!(error instanceof TemplateValueError)) throw error;
      throw new ItacaError('refused', error.message, { path, cause: error });
    }
  };
  return { subject: fill(subject), text: fill(text) };
}
