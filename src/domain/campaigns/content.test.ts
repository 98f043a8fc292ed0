import { describe, expect, it } from 'vitest';
import { contentSha256, messageId, plainWords, rulesSha256, sameTextSha256 } from './content.js';

const content = {
  subject: { it: 'Ciao', de: 'Hallo' },
  bodies: { it: 'Caro {{ contact.name }}\n', de: 'Liebe' },
  from: 'Anna <anna@example.it>',
  purpose: 'newsletter',
  audience: '+fair',
  exclude: ['+staff', '+press'],
};

describe('the hash an approval signs', () => {
  it('ignores the order of languages and excludes, what goes without saying, line endings and spaces at the end of lines', () => {
    const same = {
      ...content,
      channel: 'email' as const,
      exclude: ['+press', '+staff'],
      holds: { late_order: true },
      subject: { de: 'Hallo', it: 'Ciao' },
      bodies: { de: 'Liebe  \r\n', it: 'Caro {{ contact.name }}' },
    };
    expect(contentSha256(same)).toBe(contentSha256(content));
    expect(contentSha256(content)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { subject: 'Ciao' },
    { subject: { it: 'Ciao!', de: 'Hallo' } },
    { bodies: { it: content.bodies.it } },
    { bodies: { ...content.bodies, de: 'Lieber' } },
    { from: 'Bruno <bruno@example.it>' },
    { purpose: 'offers' },
    { reply_to: 'bruno@example.it' },
    { channel: 'letter' as const },
    { audience: '+fair or +press' },
    { exclude: ['+staff'] },
    { holds: { late_order: false } },
    { files: { 'attachment a.pdf': '0'.repeat(64) } },
  ])('changes with %j', (change) => {
    expect(contentSha256({ ...content, ...change })).not.toBe(contentSha256(content));
  });
});

describe('the hash of a campaign with files', () => {
  const files = { 'attachment a.pdf': '0'.repeat(64), 'picture b.png': '1'.repeat(64) };

  it('is blind to their order, and to there being none', () => {
    const turned = Object.fromEntries(Object.entries(files).reverse());
    expect(contentSha256({ ...content, files: turned })).toBe(contentSha256({ ...content, files }));
    expect(contentSha256({ ...content, files: {} })).toBe(contentSha256(content));
  });

  it.each<Record<string, string>>([
    { 'attachment a.pdf': '2'.repeat(64), 'picture b.png': '1'.repeat(64) },
    { 'attachment c.pdf': '0'.repeat(64), 'picture b.png': '1'.repeat(64) },
    { 'picture a.pdf': '0'.repeat(64), 'picture b.png': '1'.repeat(64) },
    { 'picture b.png': '1'.repeat(64) },
  ])('changes with their bytes, names and use: %j', (other) => {
    expect(contentSha256({ ...content, files: other })).not.toBe(contentSha256({ ...content, files }));
  });
});

it('the hash of the rules changes with what the settings add, and not with what the campaign says itself', () => {
  const campaign = { title: 'T', purpose: 'newsletter', audience: 'kind:contact', state: 'draft' as const };
  const config = { version: 1, id: 'x', mail: { from: 'a@example.it' } };
  const base = rulesSha256(campaign, config);
  expect(rulesSha256(campaign, { ...config, purposes: { newsletter: { basis: 'consent' } } })).toBe(base);
  for (const change of [
    { mail: { from: 'b@example.it' } },
    { mail: { ...config.mail, reply_to: 'b@example.it' } },
    { purposes: { newsletter: { basis: 'legitimate_interest' as const } } },
    { limits: { frequency: { messages: 1, within: 'P7D' } } },
  ])
    expect(rulesSha256(campaign, { ...config, ...change })).not.toBe(base);
  const own = { ...campaign, from: 'a@example.it' };
  expect(rulesSha256(own, { ...config, mail: { from: 'b@example.it' } })).toBe(base);
});

describe('the same text from another office', () => {
  it('is known behind markup, case and spacing', () => {
    const a = sameTextSha256(
      'Spring news',
      '# Hello {{ contact.name }}\n\nCome to the **fair**, [here](https://a.example).',
    );
    const b = sameTextSha256(
      'SPRING  NEWS!',
      'Hello {{contact.name}} come to the *fair* [here](https://b.example)',
    );
    expect(a).toBe(b);
    expect(sameTextSha256('Spring news', 'Come to the fare')).not.toBe(
      sameTextSha256('Spring news', 'Come to the fair'),
    );
  });

  it('keeps letters of every script', () => {
    expect(plainWords('Привет, мир! — <b>你好</b>')).toBe('привет мир 你好');
  });
});

it('a Message-ID is the same for the same message, and only for it', () => {
  const id = messageId('ws', 'camp', '', 'a@example.it', 'example.org');
  expect(id).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
  expect(messageId('ws', 'camp', '', 'a@example.it', 'example.org')).toBe(id);
  const others = [
    messageId('ws2', 'camp', '', 'a@example.it', 'example.org'),
    messageId('ws', 'camp2', '', 'a@example.it', 'example.org'),
    messageId('ws', 'camp', '2', 'a@example.it', 'example.org'),
    messageId('ws', 'camp', '', 'b@example.it', 'example.org'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});
