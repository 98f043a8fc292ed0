import { describe, expect, it } from 'vitest';
import { elementOf, tagsOf } from '../domain/campaigns/links.js';
import { readSignedLink } from '../domain/campaigns/tracking.js';
import { trackedMessage } from './tracking.js';

const out = 'https://example.org/out?a=1&t=tok';
const tracking = {
  url: 'https://go.example.org/r',
  key: 'k',
  token: 'tok',
  keep: [out, undefined],
  pixel: false,
};
const made = (html: string, text = '') => trackedMessage({ subject: 's', html, text }, tracking);
/** Where the links of an HTML text lead in the end. */
const targets = (html: string) =>
  tagsOf(html).flatMap((tag) =>
    elementOf(tag)
      .attributes.filter(([key]) => key === 'href')
      .map(([, url]) => {
        if (!url.startsWith(tracking.url)) return url;
        const link = readSignedLink(new URL(url).searchParams, 'k');
        return link ? `signed ${link.target}` : url;
      }),
  );

describe('links of a tracked message', () => {
  it('are signed where they lead to the web, and stay where they do not', () => {
    const html = `<a class="b" href="https://x.org/?a=1&amp;b=2">x</a><a href='http://y.org/é'>y</a><area href=https://z.org/>
      <a href="mailto:a@x.org">m</a><a href="tel:+39">t</a><a href="#top">u</a><a href="${out.replace('&', '&amp;')}">out</a>
      <a href="https://go.example.org/r?u=1">r</a><link href="https://x.org/s.css"><a href="https://[">bad</a>`;
    const { html: changed } = made(html);
    expect(targets(changed)).toEqual([
      'signed https://x.org/?a=1&b=2',
      'signed http://y.org/%C3%A9',
      'signed https://z.org/',
      'mailto:a@x.org',
      'tel:+39',
      '#top',
      out,
      'https://go.example.org/r?u=1',
      'https://x.org/s.css',
      'https://[',
    ]);
    expect(changed).toContain('<a class="b" href=');
  });

  it('are found where a mail program finds them', () => {
    const html = `<!-- <a href="https://x.org/">x</a> --><a title=' href="https://no.org/"' href="https://x.org/">x</a>`;
    expect(made(html).html).toContain(
      `<!-- <a href="https://x.org/">x</a> --><a title=' href="https://no.org/"' href="https://go`,
    );
    expect(made('<p>https://x.org/</p>').html).toBe('<p>https://x.org/</p>');
  });

  it('are the same in the text, without its punctuation', () => {
    const html = '<a href="https://x.org/a">x</a><a href="https://x.org/ab">x</a>';
    const text = `x (https://x.org/a), https://x.org/ab. https://x.org/abc ${out}`;
    const { text: changed } = made(html, text);
    const links = [...changed.matchAll(/https:\/\/go\S+?s=[\w-]{22}/g)].map(
      ([link]) => readSignedLink(new URL(link).searchParams, 'k')?.target,
    );
    expect(links).toEqual(['https://x.org/a', 'https://x.org/ab']);
    expect(changed).toMatch(
      /^x \(https:\/\/go\S+\), https:\/\/go\S+\. https:\/\/x\.org\/abc https:\/\/example\.org\/out/,
    );
  });

  it('come with a picture only where one is asked for', () => {
    const message = { subject: 's', html: '<body><p>x</p></body>', text: 'x' };
    expect(trackedMessage(message, tracking)).toEqual(message);
    const { html } = trackedMessage(message, { ...tracking, pixel: true });
    expect(html).toMatch(
      /<p>x<\/p><img src="https:\/\/go\.example\.org\/r\?m=tok&amp;s=[\w-]{22}" width="1"[^>]*><\/body>$/,
    );
  });
});
