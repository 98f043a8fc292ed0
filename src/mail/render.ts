import { ItacaError } from '../domain/error.js';
import { footerFor } from './footer.js';
import { fillLayout, type Layout } from './layout.js';
import { compile, type Fill, liquidEngine, TemplateValueError } from './liquid.js';
import { standIn } from './local-filters.js';
import { localeFor } from './local-values.js';
import { markdownTemplate } from './markdown.js';

export interface MessageSource {
  /** With Liquid tags. */
  subject: string;
  /** Markdown with Liquid tags. */
  body: string;
  /** BCP 47; of the body, for the HTML page, the footer's words, dates and amounts. */
  language: string;
  /** IANA, of the workspace: for the dates of whoever has none of his own on file; UTC where absent. */
  timeZone?: string;
  /** File of the body, for errors. */
  path: string;
  /** Where the subject stands, for errors. */
  subjectPlace?: { path: string; line?: number };
  layout: Layout;
  /** Markdown with Liquid tags, instead of what a mail must say at its end. */
  footer?: string;
  /** Content-IDs of the pictures that travel along, by how the body names them. */
  pictures?: ReadonlyMap<string, string>;
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

/** A merge tag that has no value for somebody, and no default. */
export interface MissingValue {
  tag: string;
  path: string;
  line?: number;
}

/** The message of a campaign in one language, for many people. */
export interface CompiledMessage {
  /**
   * The message of one person.
   * @param who names the person in errors: name and reference
   * @throws ItacaError `refused`, naming the person and the tag, where a tag has no value and no default, and where a
   * value would break into the headers
   */
  render(values: MergeValues, who: string): RenderedMessage;
  /**
   * All tags of subject and body that stop the message of one person, each once, in their order; and the values with
   * something in their places, to see what else there is to say.
   */
  missing(values: MergeValues): { tags: MissingValue[]; filled: MergeValues };
}

/**
 * Prepares subject and body once, to be rendered for many people.
 *
 * Values are escaped in HTML and cannot bring markup, links or tags along. What the law asks of the footer is added
 * where the body lacks it.
 * @throws ItacaError `invalid` for a template that cannot be parsed
 */
export async function compileMessage(source: MessageSource): Promise<CompiledMessage> {
  const [htmlEngine, textEngine, headerEngine] = await Promise.all([
    liquidEngine(escapeHtml),
    liquidEngine(plainValue),
    // A line break must come through, to be refused and not mended.
    liquidEngine((value) => String(value ?? '')),
  ]);
  const { layout, subjectPlace = { path: 'subject' } } = source;
  const [body, footer] = await Promise.all([
    markdownTemplate(source.body, source.pictures),
    markdownTemplate(source.footer ?? footerFor(source.body, source.language)),
  ]);
  const place = { name: source.path };
  // Parsed as they were written first, so that an error points at the line of who wrote them.
  const written = compile(textEngine, source.body, place);
  compile(htmlEngine, layout.html, { name: layout.path });
  const subject = compile(headerEngine, source.subject, { name: subjectPlace.path });
  const page = fillLayout(layout, body.html, footer.html);
  const html = compile(htmlEngine, page, { name: layout.path });
  const rule = source.footer === undefined ? '-- \n' : '';
  const text = compile(textEngine, plainPage(body.text, footer.text, rule), place);
  const scopeOf = ({ contact, sender, ...values }: MergeValues) => ({
    ...values,
    language: source.language,
    locale: localeFor(contact, source.language, source.timeZone ?? 'UTC'),
    contact: withoutEmpty(contact),
    sender: withoutEmpty(sender),
  });

  function missing(values: MergeValues): { tags: MissingValue[]; filled: MergeValues } {
    const scope = { ...scopeOf(values), subject: '' };
    const tags: MissingValue[] = [
      ...missingIn(subject, scope).map(({ tag }) => ({ tag, ...subjectPlace })),
      ...missingIn(written, scope).map(({ tag, line }) => ({
        tag,
        path: source.path,
        ...(line === undefined ? {} : { line }),
      })),
    ];
    return { tags, filled: tags.reduce((filled, { tag }) => withValue(filled, tag.split('.')), values) };
  }

  function render(values: MergeValues, who: string): RenderedMessage {
    const scope = scopeOf(values);
    try {
      const filledSubject = headerValue(subject(scope), 'the subject', who);
      const whole = { ...scope, subject: filledSubject };
      return { subject: filledSubject, text: text(whole), html: html(whole) };
    } catch (error) {
      if (!(error instanceof TemplateValueError)) throw error;
      const first: MissingValue = missing(values).tags[0] ?? { tag: error.tag, path: error.place };
      const { tag, path, line } = first;
      throw new ItacaError('refused', `${who}: ${missingText(tag)}`, {
        hint: missingHint(tag),
        path,
        ...(line === undefined ? {} : { line }),
        cause: error,
      });
    }
  }
  return { render, missing };
}

/** What is wrong with a tag, for people. */
export function missingText(tag: string): string {
  return `{{ ${tag} }} has no value and no default`;
}

/** What to do about it. */
export function missingHint(tag: string): string {
  return `fill it in on the contact, or write {{ ${tag} | default: "…" }}`;
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

/** @param rule what mail programs know a signature by (RFC 3676, 4.3) */
function plainPage(body: string, footer: string, rule: string): string {
  return footer === '' ? `${body}\n` : `${body}\n\n${rule}${footer}\n`;
}

/** Every tag of a template without value, found by giving each a value in turn. */
function missingIn(template: Fill, scope: object): TemplateValueError[] {
  const found = new Map<string, TemplateValueError>();
  for (let values = scope; ; ) {
    try {
      template(values);
      break;
    } catch (error) {
      // Any other fault is told where the message is made.
      if (!(error instanceof TemplateValueError) || found.has(error.tag)) break;
      found.set(error.tag, error);
      values = withValue(values, error.tag.split('.'));
    }
  }
  // What was asked for is the innermost.
  return [...found.values()].filter(
    ({ tag }) => ![...found.keys()].some((other) => other.startsWith(`${tag}.`)),
  );
}

/** The values with one more, which were left as they are. */
function withValue<T extends object>(values: T, [key = '', ...rest]: string[]): T {
  const inner = (values as Record<string, unknown>)[key];
  const value =
    rest.length === 0 ? standIn : withValue(typeof inner === 'object' && inner ? inner : {}, rest);
  return { ...values, [key]: value };
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
