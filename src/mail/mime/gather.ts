import type { InboundFile } from '../../domain/inbox/message.js';
import { htmlText } from '../html-text.js';
import { decodeCharset } from './charset.js';
import { fieldOf } from './fields.js';
import { unflowed } from './flowed.js';
import { contentOf, type Part } from './parts.js';
import { tnefFiles } from './tnef.js';

/** Texts beyond this are files, in bytes of all parts together; the whole message is kept anyway. */
const mostText = 4 * 1024 * 1024;
/** Of a message that is returned, in bytes. */
const mostReturned = 1024 * 1024;
/** A report of delivery under another type is no longer than this, in bytes. */
const mostStatus = 256 * 1024;

/** What a message's parts hold. */
export interface Gathered {
  text: string;
  html?: string;
  deliveryStatus: string[];
  feedbackReport?: string;
  disposition?: string;
  returned?: string;
  calendars: string[];
  files: InboundFile[];
}

interface Body {
  text: string;
  html: string;
}

const nothing: Body = { text: '', html: '' };

/** Reads the leaves of a message. */
export function gather(root: Part): Gathered {
  const out: Omit<Gathered, 'text' | 'html'> = { deliveryStatus: [], calendars: [], files: [] };
  let budget = mostText;
  /** The parts of the files that came by themselves. */
  const partOf = new Map<InboundFile, Part>();

  const body = (part: Part): Body => {
    if (part.children.length === 0) return leaf(part);
    const bodies = part.children.map(body);
    if (part.type.value === 'multipart/alternative') {
      const text = bodies.find(({ text }) => text.trim() !== '')?.text ?? '';
      return { text, html: bodies.findLast(({ html }) => html !== '')?.html ?? '' };
    }
    const some = bodies.filter(({ text, html }) => text !== '' || html !== '');
    if (some.length <= 1) return some[0] ?? nothing;
    return {
      text: some.map((one) => one.text || htmlText(one.html)).join('\n'),
      html: some.map(({ html }) => html).join(''),
    };
  };

  const leaf = (part: Part): Body => {
    const type = part.type.value;
    const name = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name');
    const report = reportOf(part, type);
    if (report) {
      const text = textOf(part, mostReturned);
      if (report === 'deliveryStatus') out.deliveryStatus.push(text);
      else out[report] ??= text;
      if (type !== 'message/rfc822' && type !== 'message/global') return nothing;
    }
    const attached = part.disposition.value === 'attachment';
    const isText = type.startsWith('text/') || type.startsWith('multipart/');
    if (type === 'text/calendar' || type === 'application/ics')
      out.calendars.push(textOf(part, mostReturned));
    else if (isText && !attached && (name === undefined || type === 'text/html')) {
      const read = budget;
      budget = Math.max(0, budget - part.body.length);
      if (read > 0) {
        const text = textOf(part, read);
        if (part.body.length <= read)
          return type === 'text/html' ? { text: '', html: text } : { text, html: '' };
        out.files.push({ type, content: contentOf(part), ...(name === undefined ? {} : { name }) });
        return type === 'text/html' ? { text: '', html: text } : { text, html: '' };
      }
    }
    if (part.body.length > 0) {
      const content = contentOf(part);
      const file = { type, content, ...(name === undefined ? {} : { name }) };
      out.files.push(file);
      partOf.set(file, part);
      if (/^application\/(?:vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(name ?? ''))
        out.files.push(...tnefFiles(content));
    }
    return nothing;
  };

  const whole = body(root);
  if (out.deliveryStatus.length > 0 || out.feedbackReport !== undefined || out.disposition !== undefined)
    out.files = out.files.filter(({ type }) => !isMessage(type));
  const shown = shownIn(whole.html);
  for (const [file, part] of partOf) if (whole.html !== '' && isInline(part, file, shown)) file.inline = true;
  return {
    text: whole.text.trim() === '' && whole.html !== '' ? htmlText(whole.html) : whole.text,
    ...(whole.html === '' ? {} : { html: whole.html }),
    ...out,
  };
}

/** What an HTML page shows of the parts of its message, by their Content-ID (RFC 2392). */
function shownIn(html: string): Set<string> {
  const ids = html.matchAll(/\bcid:([^"'\s<>()]{1,500})/gi);
  return new Set(Array.from(ids, ([, id = '']) => percentDecoded(id)));
}

/** Whether a file belongs to the page of its message. */
function isInline({ fields, disposition }: Part, { name }: InboundFile, shown: Set<string>): boolean {
  const id = fieldOf(fields, 'content-id').trim().replace(/^<|>$/g, '');
  return (id !== '' && shown.has(id)) || (disposition.value === 'inline' && name === undefined);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isMessage = (type: string) => type === 'message/rfc822' || type === 'message/global';

/** Which part of a report a leaf is, by its type, or by what it says where the type is a wrong one. */
function reportOf(
  part: Part,
  type: string,
): 'deliveryStatus' | 'feedbackReport' | 'disposition' | 'returned' | undefined {
  switch (type) {
    case 'message/delivery-status':
    case 'message/global-delivery-status':
      return 'deliveryStatus';
    case 'message/feedback-report':
      return 'feedbackReport';
    case 'message/disposition-notification':
    case 'message/global-disposition-notification':
      return 'disposition';
    case 'message/rfc822':
    case 'message/global':
    case 'text/rfc822-headers':
    case 'text/rfc822':
    case 'message/rfc822-headers':
    case 'message/global-headers':
      return 'returned';
    case 'text/html':
      return undefined;
  }
  const small = part.body.length > 0 && part.body.length <= mostStatus;
  if (!small || !/^(?:text\/|message\/|application\/octet-stream$)/.test(type)) return undefined;
  return /^\s*(?:reporting-mta|original-envelope-id|(?:original|final)-recipient|received-from-mta|arrival-date)[ \t]*:/i.test(
    contentOf(part).toString('latin1', 0, 300),
  )
    ? 'deliveryStatus'
    : undefined;
}

/** The text of a leaf, read no further than so many bytes; lines end in LF. */
function textOf(part: Part, most: number): string {
  const bytes =
    part.body.length > most ? contentOf({ ...part, body: part.body.subarray(0, most) }) : contentOf(part);
  const text = decodeCharset(bytes, part.type.parameters.get('charset'));
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (part.type.value !== 'text/plain' || part.type.parameters.get('format')?.toLowerCase() !== 'flowed')
    return lines;
  return unflowed(lines, part.type.parameters.get('delsp')?.toLowerCase() === 'yes');
}

/** The message that a certified-mail envelope carries (`postacert.eml`). */
export function enclosedMessage(root: Part): Buffer | undefined {
  const waiting = [root];
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    if (part.children.length === 0 && isMessage(part.type.value)) return contentOf(part);
    waiting.push(...part.children);
  }
  return undefined;
}

/** Value of a field of the root, in lower case. */
export const rootField = (root: Part, name: string) => fieldOf(root.fields, name).trim().toLowerCase();
