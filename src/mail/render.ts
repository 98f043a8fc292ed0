import { ItacaError } from '../domain/error.js';
import { footerFor } from './footer.js';
import { htmlLayout } from './layout.js';
import { compile, type Fill, liquidEngine, TemplateValueError } from './liquid.js';
import { markdownTemplate } from './markdown.js';

export interface MessageSource {
  /** With Liquid tags. */
  subject: string;
  /** Markdown with Liquid tags. */
  body: string;
  /** BCP 47; of the body, for the HTML page and the footer's words. */
  language: string;
  /** File of the body, for errors. */
  path: string;
}

/** What merge tags can name. */
export interface MergeValues {
  /** The contact's record: `{{ contact.name }}`. */
  contact: Readonly<Record<string, unknown>>;
  /** Link by which this person gets no more of these messages. */
  unsubscribe: string;
  sender: { name: string; address: string; postal_address: string };
  campaign?: { title: string };
}

export interface RenderedMessage {
  subject: string;
  text: string;
  html: string;
}

/** Renders one message. `who` names the person in errors: name and reference. */
export type RenderMessage = (values: MergeValues, who: string) => RenderedMessage;

/**
 * Prepares subject and body once, to be rendered for many people.
 *
 * Values are escaped in HTML and cannot bring markup, links or tags along. What the law asks of the footer is added
 * where the body lacks it.
 * @returns a function that throws ItacaError `refused`, naming the person and the tag, where a tag has no value and
 * no default, and where a value would break into the headers
 * @throws ItacaError `invalid` for a template that cannot be parsed
 */
export async function compileMessage(source: MessageSource): Promise<RenderMessage> {
  const [htmlEngine, textEngine, headerEngine] = await Promise.all([
    liquidEngine(escapeHtml),
    liquidEngine(plainValue),
    // A line break must come through, to be refused and not mended.
    liquidEngine((value) => String(value ?? '')),
  ]);
  const [body, footer] = await Promise.all([
    markdownTemplate(source.body),
    markdownTemplate(footerFor(source.body, source.language)),
  ]);
  const place = { name: source.path };
  // Parsed as the author wrote it first, so that an error points at his line.
  compile(textEngine, source.body, place);
  const subject = compile(headerEngine, source.subject, { name: 'subject' });
  const page = {
    language: escapeHtml(source.language),
    title: '{{ subject }}',
    body: body.html,
    footer: footer.html,
  };
  const html = compile(htmlEngine, htmlLayout(page), place);
  const text = compile(textEngine, plainPage(body.text, footer.text), place);

  return (values, who) => {
    const scope = { ...values, contact: withoutEmpty(values.contact), sender: withoutEmpty(values.sender) };
    const filledSubject = headerValue(fill(subject, scope, who), 'the subject', who);
    return {
      subject: filledSubject,
      text: fill(text, scope, who),
      html: fill(html, { ...scope, subject: filledSubject }, who),
    };
  };
}

/**
 * A value that may stand in a header.
 * @throws ItacaError `refused` where it holds a line break or another control character (RFC 5322, 2.2): it would
 * write headers of its own
 */
export function headerValue(value: string, name: string, who: string): string {
  if (/[\x00-\x1f\x7f\u2028\u2029]/.test(value)) {
    throw new ItacaError('refused', `${who}: ${name} holds a line break`, {
      hint: 'correct the record; nothing was sent to this person',
    });
  }
  return value;
}

function plainPage(body: string, footer: string): string {
  return footer === '' ? `${body}\n` : `${body}\n\n-- \n${footer}\n`;
}

function fill(template: Fill, values: object, who: string): string {
  try {
    return template(values);
  } catch (error) {
    if (!(error instanceof TemplateValueError)) throw error;
    throw new ItacaError('refused', `${who}: ${error.message}`, {
      hint: `fill it in on the contact, or write {{ ${error.tag} | default: "…" }}`,
      path: error.place,
      cause: error,
    });
  }
}

/** An empty value counts as none, so that `default` speaks and a missing one is noticed. */
function withoutEmpty(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (value === undefined || value === null) continue;
    if (typeof value === 'string' && value.trim() === '') continue;
    kept[key] = value;
  }
  return kept;
}

const htmlEscapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: unknown): string {
  return plainValue(value).replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? '');
}

/** A value as text, without the control characters that would change how the message reads. */
function plainValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(plainValue).join(', ');
  return String(value).replace(/[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '');
}
