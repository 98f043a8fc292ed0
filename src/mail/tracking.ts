import { withLinks } from '../domain/campaigns/links.js';
import { type LinkKey, signedLink } from '../domain/campaigns/tracking.js';
import type { RenderedMessage } from './render.js';

export interface Tracking extends LinkKey {
  /** Of the recipient, in the journal. */
  token: string;
  /** Links that stay: the way out must work when the redirector does not. */
  keep: readonly (string | undefined)[];
  /** Whether a picture tells of an opening. */
  pixel: boolean;
}

/**
 * A message whose links to the web go through the redirector, signed for one person, in the HTML and in the text alike.
 * Addresses to write to or to call, the way out, and links to the redirector itself stay as they are.
 */
export function trackedMessage(message: RenderedMessage, tracking: Tracking): RenderedMessage {
  const { url, key, token, keep, pixel } = tracking;
  const kept = new Set(keep.flatMap((link) => (link === undefined ? [] : [spelled(link)])));
  const signed = new Map<string, string>();
  const html = withLinks(message.html, (target) => {
    const plain = target.trim();
    if (!/^https?:\/\/[^/]/i.test(plain) || !URL.canParse(plain)) return undefined;
    const known = spelled(plain);
    if (kept.has(known) || known.split('?')[0] === spelled(url).split('?')[0]) return undefined;
    const link = signedLink({ url, key }, { token, target: known });
    signed.set(known, link);
    return link;
  });
  return {
    ...message,
    html: pixel ? withPicture(html, signedLink({ url, key }, { token })) : html,
    text: withSigned(message.text, signed),
  };
}

/** An address in the one spelling that a browser gives it. */
function spelled(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

/** Replaces the addresses in a text that stand in the HTML, without the punctuation behind them. */
function withSigned(text: string, signed: ReadonlyMap<string, string>): string {
  return text.replace(/https?:\/\/[^\s<>"]+/gi, (found) => {
    for (let end = found.length; end > 0; end--) {
      const link = signed.get(spelled(found.slice(0, end)));
      if (link !== undefined) return link + found.slice(end);
      if (!/[).,;:!?'’”»\]}*_]/.test(found[end - 1] as string)) break;
    }
    return found;
  });
}

function withPicture(html: string, address: string): string {
  const picture = `<img src="${address.replaceAll('&', '&amp;')}" width="1" height="1" alt="">`;
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end < 0 ? html + picture : html.slice(0, end) + picture + html.slice(end);
}
