import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileMessage, type MergeValues } from './render.js';

const path = 'templates/mail/layout.html';
const layout = { html: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path };

const sender = { name: 'Book club', address: 'news@example.it', postal_address: 'Via Roma 1, Milano' };
const unsubscribe = 'mailto:unsubscribe@example.it?subject=unsubscribe%20t0k3n';

async function render(
  body: string,
  contact: Record<string, unknown>,
  more: { subject?: string; values?: Partial<MergeValues> } = {},
) {
  const message = await compileMessage({
    subject: more.subject ?? 'Hello',
    body,
    language: 'en',
    path: 'body.md',
    layout,
  });
  return message.render(
    { contact, unsubscribe, sender, ...more.values },
    'Mario Rossi (mario-rossi-k3f9w2q8ab)',
  );
}

describe('rendering', () => {
  it('fills in subject, text and HTML', async () => {
    const body =
      '# Dear {{ contact.name }}\n\nCome to **the fair**, [here](https://fair.example/?id={{ contact.id }}).\n\n- one\n- two\n';
    const message = await render(body, { name: 'Zoë', id: 'a b' }, { subject: 'For {{ contact.name }}' });
    expect(message.subject).toBe('For Zoë');
    expect(message.text).toBe(
      'Dear Zoë\n\nCome to the fair, here (https://fair.example/?id=a b).\n\n- one\n- two\n\n-- \n' +
        `Book club · Via Roma 1, Milano\n\nUnsubscribe (${unsubscribe})\n`,
    );
    expect(message.html).toContain('<h1>Dear Zoë</h1>');
    expect(message.html).toContain('<strong>the fair</strong>');
    expect(message.html).toContain(`<a href="${unsubscribe}">Unsubscribe</a>`);
    expect(message.html).toContain('Via Roma 1, Milano');
    expect(message.html).toContain('<title>For Zoë</title>');
  });

  it('adds no second footer where the body has its own', async () => {
    const { text } = await render('Hi\n\n{{ sender.postal_address }}\n\n[Stop]({{ unsubscribe }})', {
      name: 'A',
    });
    expect(text).toBe(`Hi\n\nVia Roma 1, Milano\n\nStop (${unsubscribe})\n`);
    const own = await render('Hi\n\n[Stop]({{unsubscribe}})', { name: 'A' });
    expect(own.text).not.toContain('Unsubscribe');
    expect(own.text).toContain('Via Roma 1');
  });

  it('speaks the language of the body in the footer', async () => {
    const message = await compileMessage({
      subject: 's',
      body: 'Ciao',
      language: 'it-CH',
      path: 'body.it.md',
      layout,
    });
    expect(message.render({ contact: {}, unsubscribe, sender }, 'A').text).toContain('Cancella l’iscrizione');
  });

  it('takes a default for what is missing or empty, and conditions', async () => {
    const body =
      '{{ contact.given_name | default: "friend" }}\n\n{% if contact.title %}\n\nyes\n\n{% else %}\n\nno\n\n{% endif %}';
    expect((await render(body, { given_name: '' })).text).toMatch(/^friend\n\n\s*no\s/);
    expect((await render(body, { given_name: 'Ugo', title: 'Boss' })).text).toMatch(/^Ugo\n\n\s*yes\s/);
    expect((await render(body, { title: 'x' })).html).not.toMatch(/<p>\s*<\/p>/);
  });

  it('names the person and the tag that has no value', async () => {
    for (const contact of [{}, { given_name: '' }, { given_name: null }]) {
      await expect(render('Dear {{ contact.given_name }}', contact)).rejects.toMatchObject({
        code: 'refused',
        message: 'Mario Rossi (mario-rossi-k3f9w2q8ab): {{ contact.given_name }} has no value and no default',
      });
    }
    await expect(render('Hi', {}, { subject: '{{ contact.x.y }}' })).rejects.toThrow('{{ contact.x');
  });
});

describe('what a person lacks', () => {
  const subject = 'For {{ contact.title }}';
  const body =
    'Hi {{ contact.name }}\n\n{{ contact.a.b }} {{ contact.a.c | default: "x" }}\n{{ contact.title }} {{ zip }}';

  it('is named tag by tag, with the line', async () => {
    const place = { path: 'campaign.md', line: 4 };
    const source = { subject, body, language: 'en', path: 'body.md', subjectPlace: place, layout };
    const { missing, render } = await compileMessage(source);
    const contact = Object.freeze({ name: 'A', a: Object.freeze({ d: 1 }) });
    const { tags, filled } = missing({ contact, unsubscribe, sender });
    expect(tags).toEqual([
      { tag: 'contact.title', ...place },
      { tag: 'contact.a.b', path: 'body.md', line: 3 },
      { tag: 'contact.title', path: 'body.md', line: 4 },
      { tag: 'zip', path: 'body.md', line: 4 },
    ]);
    expect(contact).toEqual({ name: 'A', a: { d: 1 } });
    expect(render(filled, 'A').text).toMatch(/^Hi A\n\n- x\n- -\n/);
  });

  it('is nothing where all is there, and cannot be asked for without end', async () => {
    const source = { subject: 's', language: 'en', path: 'body.md', layout };
    const { missing } = await compileMessage({ ...source, body: 'Hi {{ contact.name }}' });
    expect(missing({ contact: { name: 'A' }, unsubscribe, sender }).tags).toEqual([]);
    const odd = await compileMessage({ ...source, body: '{{ contact.__proto__.x }} {{ contact["a b"] }}' });
    expect(odd.missing({ contact: {}, unsubscribe, sender }).tags.length).toBeGreaterThan(0);
  });
});

describe('a value cannot', () => {
  const evil = '<script>alert(1)</script> **bold** [link](https://evil.example) {{ sender.name }} "\'';

  it('bring markup, links or tags into the HTML', async () => {
    const { html, text } = await render('Dear {{ contact.name }}!', { name: evil });
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<strong>');
    expect(html).not.toContain('href="https://evil.example"');
    expect(html).toContain('{{ sender.name }}');
    expect(text).toContain(evil);
  });

  it('break out of an attribute, or put a script behind a link', async () => {
    const { html } = await render(
      '[a]({{ contact.site }}) <a href="{{ contact.site }}">b</a> <img alt="{{ contact.name }}">',
      {
        site: 'javascript:alert(1)',
        name: '"><img src=x onerror=alert(1)>',
      },
    );
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('<img src=x');
    expect(html.match(/href="#"/g)).toHaveLength(2);
  });

  it('write a header through the subject', async () => {
    for (const name of ['A\r\nBcc: all@example.it', 'A\nB', 'A\rB', 'A\0B']) {
      await expect(render('Hi', { name }, { subject: 'For {{ contact.name }}' })).rejects.toMatchObject({
        code: 'refused',
        message: 'Mario Rossi (mario-rossi-k3f9w2q8ab): the subject holds a line break',
      });
    }
  });

  it('turn the direction of the text around', async () => {
    expect((await render('{{ contact.name }}', { name: 'a\u202eb' })).text).toMatch(/^ab\n/);
  });
});

describe('a template cannot', () => {
  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{{ contact.name | raw }}',
    '{% echo contact.name %}',
    '{% liquid echo contact.name %}',
    '{% cycle contact.name %}',
    '{{ contact.name | nonsense }}',
    '{% if contact.name %}',
  ])('use %s', async (body) => {
    await expect(render(`Hi\n\n${body}`, { name: 'A' })).rejects.toMatchObject({
      code: 'invalid',
      line: 3,
      path: 'body.md',
    });
  });

  it('reach what is not data', async () => {
    await expect(render('{{ contact.constructor }}', { name: 'A' })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(render('{{ contact.__proto__.x }}', { name: 'A' })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('run away', async () => {
    await expect(render('{% for i in (1..100000000) %}x{% endfor %}', {})).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

it('keeps raw blocks and code as they are', async () => {
  const { text } = await render('`{{ contact.name }}` {% raw %}{{ literally }}{% endraw %}', { name: 'A' });
  expect(text).toMatch(/^A \{\{ literally \}\}\n/);
});
