import { hasMailboxShape } from './mailbox.js';

const tagPattern = /<[a-z][a-z0-9]*\b(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi;
const attributePattern = /([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

/** An element with its attributes, as a mail program reads them. */
export interface HtmlElement {
  name: string;
  attributes: [string, string][];
}

/** The opening tags of an HTML text, as they stand in it. */
export function tagsOf(html: string): string[] {
  const shown = html.includes('<!--') ? html.replace(/<!--[\s\S]*?-->/g, '') : html;
  return shown.match(tagPattern) ?? [];
}

/** What an opening tag says. */
export function elementOf(tag: string): HtmlElement {
  const [, name = ''] = /^<([a-z0-9]+)/i.exec(tag) ?? [];
  const attributes = [...tag.slice(name.length + 1, -1).matchAll(attributePattern)].map(
    ([, key = '', double, single, bare]): [string, string] => [
      key.toLowerCase(),
      unescapeHtml(double ?? single ?? bare ?? ''),
    ],
  );
  return { name: name.toLowerCase(), attributes };
}

/**
 * Changes where the links of an HTML text lead; all else stays byte for byte.
 * @param change gives another address for one, or undefined to leave it
 */
export function withLinks(html: string, change: (url: string) => string | undefined): string {
  const parts = html.split(/(<!--[\s\S]*?-->)/);
  return parts
    .map((part) =>
      part.startsWith('<!--')
        ? part
        : part.replace(tagPattern, (tag) => {
            const [opening] = /^<(?:a|area)\b/i.exec(tag) ?? [];
            return opening ? opening + withHref(tag.slice(opening.length), change) : tag;
          }),
    )
    .join('');
}

function withHref(attributes: string, change: (url: string) => string | undefined): string {
  let done = false;
  return attributes.replace(
    attributePattern,
    (whole, key: string, double?: string, single?: string, bare?: string) => {
      const value = double ?? single ?? bare;
      if (done || key.toLowerCase() !== 'href' || value === undefined) return whole;
      // A second href counts for nothing in a mail program, either.
      done = true;
      const url = change(unescapeHtml(value));
      return url === undefined ? whole : `${key}="${escapeAttribute(url)}"`;
    },
  );
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * What is wrong with an address that a reader is to follow.
 * @returns undefined where it leads somewhere: by http, https, mailto or tel, or within the message
 */
export function linkFault(link: string): string | undefined {
  // Mail programs overlook what would hide a scheme.
  const url = link.replace(/[\x00-\x20\x7f]/g, (character) => (character === ' ' ? ' ' : '')).trim();
  if (/\{\{|\{%|%7b(?:%7b|%25)/i.test(url)) return `the link ${shown(url)} still holds a merge tag`;
  if (url === '' || url === '#') return 'a link leads nowhere';
  if (url.startsWith('#')) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return `the link ${shown(url)} leads nowhere in a mail: it needs https:// or mailto:`;
    case 'http':
    case 'https':
      return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url)
        ? undefined
        : `${shown(url)} is no address on the web`;
    case 'mailto': {
      const to = decoded(url.slice(7).split('?')[0] ?? '');
      const wrong = to.split(',').find((address) => address !== '' && !hasMailboxShape(address));
      return wrong === undefined ? undefined : `the link ${shown(url)} is to no e-mail address`;
    }
    case 'tel':
      return /^tel:\+?[\d ().-]+(?:;.*)?$/i.test(decoded(url))
        ? undefined
        : `the link ${shown(url)} is to no telephone number`;
    default:
      return `a ${scheme}: link does not belong in a mail: ${shown(url)}`;
  }
}

/**
 * Where a link or picture stands in a text in Markdown, as a line from 1.
 * @returns undefined where merge tags made it
 */
export function lineOfLink(markdown: string, url: string): number | undefined {
  const before = ['](', '](<', ']: ', '="', "='", '<'];
  const places = [url, decoded(url)]
    .filter((one) => one !== '')
    .flatMap((one) => before.map((opening) => markdown.indexOf(opening + one)))
    .filter((at) => at >= 0);
  if (places.length === 0) return undefined;
  return markdown.slice(0, Math.min(...places)).split('\n').length;
}

function shown(url: string): string {
  return url.length > 100 ? `${url.slice(0, 100)}…` : url;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':' };

function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
