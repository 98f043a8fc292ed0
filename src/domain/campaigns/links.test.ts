import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { elementOf, lineOfLink, linkFault, tagsOf } from './links.js';

describe('a link', () => {
  it.each([
    'https://fair.example/?id=a b',
    'http://fair.example',
    'HTTPS://fair.example/x#y',
    'mailto:anna@example.it?subject=hello%20there',
    'mailto:anna@example.it,luca@example.it',
    'mailto:?subject=x',
    'mailto:anna@localhost',
    'tel:+39021234567',
    'tel:+39-02-1234567;ext=3',
    '#below',
  ])('that leads somewhere: %s', (url) => expect(linkFault(url)).toBeUndefined());

  it.each([
    ['', /nowhere/],
    ['#', /nowhere/],
    ['fair.example/a', /leads nowhere in a mail/],
    ['/a', /leads nowhere in a mail/],
    ['//fair.example', /leads nowhere in a mail/],
    ['https://', /no address on the web/],
    ['https:///a', /no address on the web/],
    ['http://a b/', /no address on the web/],
    ['mailto:anna', /no e-mail address/],
    ['mailto:a@b@c', /no e-mail address/],
    ['tel:call me', /no telephone number/],
    ['javascript:alert(1)', /javascript: link/],
    ['JaVaScRiPt:alert(1)', /javascript: link/],
    ['java\tscript:alert(1)', /javascript: link/],
    ['\u0001 javascript:alert(1)', /javascript: link/],
    ['data:text/html,hello', /data: link/],
    ['file:///etc/passwd', /file: link/],
    ['https://fair.example/{{ contact.id }}', /merge tag/],
    ['https://fair.example/%7B%7B%20contact.id%20%7D%7D', /merge tag/],
  ])('that does not: %j', (url, why) => expect(linkFault(url)).toMatch(why));

  it('without a known scheme is never let through, whatever surrounds it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('javascript', 'data', 'vbscript', 'file', 'blob'),
        fc.string(),
        (scheme, rest) => {
          expect(linkFault(`${scheme}:${rest}`)).toBeDefined();
        },
      ),
    );
  });
});

describe('the elements of a page', () => {
  it('are those a browser sees', () => {
    const value = fc.stringMatching(/^[a-z0-9 :/?=;&"'<>#x()]{0,20}$/);
    const attribute = fc.tuple(fc.constantFrom('href', 'src', 'title'), value).map(([key, text]) => {
      const safe = text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
      return `${key}="${safe}"`;
    });
    const element = fc
      .tuple(
        fc.constantFrom('a', 'img', 'p'),
        fc.uniqueArray(attribute, { selector: (one) => one.split('=')[0] }),
      )
      .map(([name, attributes]) => `<${[name, ...attributes].join(' ')}>x`);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 1 }), (elements) => {
        const html = elements.join('');
        const seen = parseFragment(html).childNodes.flatMap((node) =>
          'attrs' in node
            ? [{ name: node.tagName, attributes: node.attrs.map(({ name, value: text }) => [name, text]) }]
            : [],
        );
        expect(tagsOf(html).map(elementOf)).toEqual(seen);
      }),
    );
  });

  it('come with what entities hide', () => {
    const link = elementOf('<a href="&#106;ava&#x73;cript&colon;alert(1)">');
    expect(link.attributes).toEqual([['href', 'javascript:alert(1)']]);
  });
});

describe('the line of a link', () => {
  const text = 'about a\n\n[x](a)\n<a href="b c">\n[r]: https://r.example\n![p](<my pic.png>)\n';

  it.each([
    ['a', 3],
    ['b c', 4],
    ['https://r.example', 5],
    ['my%20pic.png', 6],
    ['', undefined],
    ['nowhere', undefined],
  ])('%j is %s', (url, line) => expect(lineOfLink(text, url)).toBe(line));
});
