import { describe, expect, it } from 'vitest';
import { contentSha256, messageId, plainWords, sameTextSha256 } from './content.js';

const content = {
  subject: { it: 'Ciao', de: 'Hallo' },
  bodies: { it: 'Caro {{ contact.name }}\n', de: 'Liebe' },
  from: 'Anna <anna@example.it>',
  purpose: 'newsletter',
};

describe('the hash an approval signs', () => {
  it('ignores the order of languages, line endings and spaces at the end of lines', () => {
    const same = {
      ...content,
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
  ])('changes with %j', (change) => {
    expect(contentSha256({ ...content, ...change })).not.toBe(contentSha256(content));
  });
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
