import { readFileSync } from 'node:fs';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { messageFaults } from '../domain/campaigns/message-faults.js';
import { fillLayout } from './layout.js';
import { compileMessage } from './render.js';

const path = 'templates/mail/layout.html';
const html = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const body = `# Dear {{ contact.name }}

Come **to** the [fair](https://fair.example/).

- one
- two

| lamp | price |
|---|---|
| Giunco | 120 |

![A lamp](lamp.png)

> quoted

    code that is long
`;

async function page(text = body, layout = { html, path }): Promise<string> {
  const pictures = new Map([['lamp.png', 'abc@itaca']]);
  const source = {
    subject: 'For {{ contact.name }}',
    body: text,
    language: 'it',
    path: 'body.md',
    layout,
    pictures,
  };
  const sender = { name: 'Firm', address: 'news@example.it', postal_address: 'Via Roma 1' };
  const values = { contact: { name: 'Zoë <b>' }, unsubscribe: 'mailto:out@example.it', sender };
  return (await compileMessage(source)).render(values, 'Zoë').html;
}

describe('the layout', () => {
  it('makes a page that a parser of HTML takes without a fault', async () => {
    const errors: string[] = [];
    parse(await page(), { onParseError: ({ code, startLine }) => errors.push(`${startLine}: ${code}`) });
    expect(errors).toEqual([]);
  });

  it('says language and title, and carries body, footer and picture', async () => {
    const made = await page();
    expect(made).toContain('<html lang="it">');
    expect(made).toContain('<title>For Zoë &lt;b&gt;</title>');
    expect(made).toContain('<h1>Dear Zoë &lt;b&gt;</h1>');
    expect(made).toContain('<img src="cid:abc@itaca" alt="A lamp">');
    expect(made).toContain('<div class="footer">');
    expect(made).toContain('Via Roma 1');
    expect(made).not.toMatch(/\{\{|\{%/);
  });

  it('loads nothing from elsewhere, and holds nothing a mail program would take out', async () => {
    const made = await page();
    expect(made).not.toMatch(/@import|url\(|<link|<script|src="(?!cid:)/i);
    const text = 'mailto:out@example.it';
    expect(messageFaults({ subject: 's', text, html: made, wayOut: text, fileBytes: 0 })).toEqual([]);
  });

  it('fits 320 and 600 pixels: nothing in it has a width of its own that is larger', () => {
    const css = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    const widths = [...css.matchAll(/[{;]\s*(?:min-)?width:\s*(\d+)px/g)].map(([, width]) => Number(width));
    expect(widths.filter((width) => width > 320)).toEqual([]);
    expect(css).toMatch(/\.page \{[^}]*max-width: 600px;[^}]*overflow-wrap: anywhere/);
    expect(css).toMatch(/\.page img \{[^}]*max-width: 100%/);
    expect(css).toMatch(/\.page pre \{[^}]*white-space: pre-wrap/);
    expect(html).toContain('name="viewport" content="width=device-width, initial-scale=1"');
  });

  it('turns dark where the reader does, and stays readable', () => {
    const [light = '', dark = ''] = html.split('@media (prefers-color-scheme: dark)');
    const colors = (css: string) => {
      const rule = /\bbody \{[^}]*background: (#\w{6}); color: (#\w{6})/.exec(css) ?? [];
      return rule.slice(1) as [string, string];
    };
    for (const css of [light, dark]) {
      const [back, front] = colors(css);
      const link = /\.page a \{ color: (#\w{6})/.exec(css)?.[1] as string;
      const footer = /\.footer \{[^}]*[ ;]color: (#\w{6})/.exec(css)?.[1] as string;
      // WCAG 2.2, 1.4.3
      for (const color of [front, link, footer]) expect(contrast(back, color)).toBeGreaterThan(4.5);
    }
  });

  it('leaves no empty footer where the body says it all', async () => {
    const made = await page('{{ sender.name }} {{ sender.postal_address }} [out]({{ unsubscribe }})');
    expect(made).not.toContain('<div class="footer">');
  });
});

describe('a layout of the house', () => {
  it('is a template like the bodies', async () => {
    const own = '<html lang="{{ language }}"><body>{{ sender.name }}{{body}}{{- footer -}}</body></html>';
    expect(await page('Hi', { html: own, path })).toMatch(
      /^<html lang="it"><body>Firm<p>Hi<\/p>\n<div class="footer">/,
    );
  });

  it.each([
    ['{{ footer }}', /no \{\{ body \}\}/],
    ['{{ body }}', /no \{\{ footer \}\}/],
    ['{{ body }}{{ body }}{{ footer }}', /more than one/],
  ])('%s has no place for everything', (text, why) => {
    expect(() => fillLayout({ html: text, path }, 'b', 'f')).toThrow(why);
  });

  it.each(['{% include "/etc/passwd" %}', '{% render "x" %}', '{{ contact.name | raw }}', '{% if x %}'])(
    'cannot use %s',
    async (text) => {
      const own = { html: `{{ body }}\n\n${text}{{ footer }}`, path };
      await expect(page('Hi', own)).rejects.toMatchObject({ code: 'invalid', path, line: 3 });
    },
  );

  it('names itself where it asks for what a person has not', async () => {
    const own = { html: '{{ body }}{{ contact.zip }}{{ footer }}', path };
    await expect(page('Hi', own)).rejects.toMatchObject({
      code: 'refused',
      path,
      message: expect.stringContaining('contact.zip'),
    });
  });
});

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
