import { elementOf, type HtmlElement, linkFault, tagsOf } from './links.js';
import type { Severity } from './ready.js';
import { encodedBytes, mostBytes, mostHtmlBytes, sizeText } from './size.js';

/** What is wrong with a message as a person would get it. */
export interface MessageFault {
  severity: Severity;
  message: string;
  /** The address it is about, as it stands in the message. */
  url?: string;
}

export interface FinishedMessage {
  subject: string;
  text: string;
  html: string;
  /** The link by which this person gets no more. */
  wayOut: string;
  /** How large its attachments and pictures are together, in bytes. */
  fileBytes: number;
}

/** Elements that mail programs take out, with what they hold. */
const forbidden = new Set(['script', 'iframe', 'object', 'embed', 'base']);

/** What one opening tag says about a message. */
interface JudgedTag {
  faults: MessageFault[];
  /** Where it leads. */
  links: string[];
}

/** Tags that were judged: most are the same in everybody's message. */
export type KnownTags = Map<string, JudgedTag>;

const mostKnown = 10_000;

/**
 * Looks a finished message through: an error keeps it from being sent, a warning would mislead who reads it.
 * @param known kept from one message to the next
 */
export function messageFaults(
  { subject, text, html, wayOut, fileBytes }: FinishedMessage,
  known: KnownTags = new Map(),
): MessageFault[] {
  const found = new Map<string, MessageFault>();
  const add = (severity: Severity, message: string, url?: string) => {
    if (!found.has(message)) found.set(message, { severity, message, ...(url === undefined ? {} : { url }) });
  };
  if (subject.trim() === '') add('error', 'the subject is empty');
  let isOut = false;
  for (const tag of tagsOf(html)) {
    let judged = known.get(tag);
    if (!judged) {
      judged = judge(elementOf(tag));
      if (known.size < mostKnown) known.set(tag, judged);
    }
    for (const { severity, message, url } of judged.faults) add(severity, message, url);
    isOut ||= judged.links.includes(wayOut);
  }
  const remote = /(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?\/\/[^"')\s;]+)/i.exec(html)?.[1];
  if (remote) add('warning', `${remote} is loaded from elsewhere, which many mail programs prevent`, remote);
  if (!isOut || !text.includes(wayOut))
    add('error', 'the message shows no way out: write {{ unsubscribe }} where everybody sees it');
  const htmlBytes = Buffer.byteLength(html);
  if (htmlBytes > mostHtmlBytes) {
    add(
      'warning',
      `the HTML is ${sizeText(htmlBytes)}: beyond ${sizeText(mostHtmlBytes)} large providers cut it off, and the way out with it`,
    );
  }
  const bytes = fileBytes + encodedBytes(htmlBytes) + encodedBytes(Buffer.byteLength(text));
  if (bytes > mostBytes) {
    add(
      'error',
      `the message is ${sizeText(bytes)}; of more than ${sizeText(mostBytes)} most mail servers take none`,
    );
  }
  return [...found.values()];
}

function judge({ name, attributes }: HtmlElement): JudgedTag {
  const faults: MessageFault[] = [];
  const links: string[] = [];
  const add = (severity: Severity, message: string, url?: string) =>
    faults.push({ severity, message, ...(url === undefined ? {} : { url }) });
  if (forbidden.has(name)) add('error', `<${name}> does not belong in a mail: mail programs take it out`);
  if (name === 'form') add('warning', 'a form does not work in most mail programs; link to a page with one');
  for (const [key, value] of attributes) {
    if (key.startsWith('on')) add('warning', `mail programs take ${key}= out`);
    else if (key === 'href' && name !== 'link') {
      const fault = linkFault(value);
      // A value that is no address leaves the link empty: it harms one reader, and not the others' mail.
      if (fault) add(/^#?$/.test(value) ? 'warning' : 'error', fault, value);
      links.push(value);
    } else if (key === 'src' || key === 'background' || (key === 'href' && name === 'link')) {
      const [severity, fault] = pictureFault(value) ?? [];
      if (severity && fault) add(severity, fault, value);
    }
  }
  return { faults, links };
}

function pictureFault(url: string): [Severity, string] | undefined {
  if (/^cid:/i.test(url)) return undefined;
  if (/^(?:https?:)?\/\//i.test(url))
    return ['warning', `${url} is loaded from elsewhere, which many mail programs prevent`];
  if (/\{\{|\{%/.test(url)) return ['error', `the picture ${url} still holds a merge tag`];
  if (/^#?$/.test(url)) return ['warning', 'a picture has no address'];
  return ['error', `the picture ${url.slice(0, 100)} is not sent along: write ![…](picture.png) in Markdown`];
}
