import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emlTransport } from './eml.js';
import { buildMessage, type MessageParts } from './message.js';
import { outboxTransport, waitingMessages } from './outbox.js';
import { unsubscribeLinks } from './unsubscribe.js';

const parts: MessageParts = {
  rendered: { subject: 'Grüße', text: 'Ciao\n', html: '<p>Ciao</p>\n' },
  messageId: '<abc@example.it>',
  from: { name: 'Book club', address: 'news@example.it' },
  to: { name: 'Zoë Rossi', address: 'zoe@example.org' },
  replyTo: 'Anna <anna@example.it>',
  date: Date.parse('2026-11-24T10:00:00Z'),
  token: 't0k3n',
  bounceAddress: 'bounces@example.it',
  unsubscribe: unsubscribeLinks({ mailto: 'stop@example.it', url: 'https://example.it/stop' }, 't0k3n'),
  purpose: 'newsletter',
  campaign: { id: 'k3f9w2q8ab', office: 'sales' },
};

/** Headers by lower-case name, unfolded. */
function headersOf(raw: Buffer): Record<string, string> {
  const [head = ''] = raw.toString().split('\r\n\r\n');
  return Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
}

describe('a message to many', () => {
  it('carries what mailbox providers ask for', async () => {
    const { raw, envelope, messageId } = await buildMessage(parts);
    expect(headersOf(raw)).toMatchObject({
      'message-id': '<abc@example.it>',
      date: 'Tue, 24 Nov 2026 10:00:00 +0000',
      from: 'Book club <news@example.it>',
      'reply-to': 'Anna <anna@example.it>',
      subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
      'list-unsubscribe':
        '<mailto:stop@example.it?subject=unsubscribe%20t0k3n>, <https://example.it/stop?t=t0k3n>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'list-id': '<newsletter.example.it>',
      precedence: 'bulk',
      'auto-submitted': 'auto-generated',
      'feedback-id': 'k3f9w2q8ab:newsletter:sales:example.it',
      'mime-version': '1.0',
    });
    expect(envelope).toEqual({ from: 'bounces+t0k3n@example.it', to: 'zoe@example.org' });
    expect(messageId).toBe('<abc@example.it>');
    expect(raw.toString()).toMatch(
      /Content-Type: text\/plain[\s\S]*Ciao[\s\S]*Content-Type: text\/html[\s\S]*<p>Ciao/,
    );
    expect(raw.toString().replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  });

  it('offers one click only over https, and the sender as envelope without a bounce address', async () => {
    const { bounceAddress: _, ...rest } = parts;
    const unsubscribe = unsubscribeLinks({ mailto: 'stop@example.it' }, 't');
    const { raw, envelope } = await buildMessage({ ...rest, unsubscribe });
    expect(headersOf(raw)['list-unsubscribe-post']).toBeUndefined();
    expect(headersOf(raw)['list-unsubscribe']).toBe('<mailto:stop@example.it?subject=unsubscribe%20t>');
    expect(envelope.from).toBe('news@example.it');
  });

  it('is the same bytes for the same parts', async () => {
    expect((await buildMessage(parts)).raw.equals((await buildMessage(parts)).raw)).toBe(true);
  });

  it('does not go out without a way out', async () => {
    await expect(buildMessage({ ...parts, unsubscribe: { link: undefined } })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it.each([
    { to: { name: 'A\r\nBcc: all@example.it', address: 'a@example.it' } },
    { to: { name: 'A', address: 'a@example.it\r\nBcc: all@example.it' } },
    { from: { name: 'A\nB', address: 'a@example.it' } },
    { replyTo: 'a@example.it\nX: y' },
    { rendered: { ...parts.rendered, subject: 'a\rb' } },
    { token: 'a\r\nb' },
  ])('refuses a line break in a header: %j', async (change) => {
    await expect(buildMessage({ ...parts, ...change })).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('folders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mail-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('the outbox is a Maildir that git overlooks, and gives messages back as they were', async () => {
    const outbox = join(folder, 'outbox');
    const transport = await outboxTransport(outbox);
    const messages = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        buildMessage({ ...parts, messageId: `<m${index}@example.it>` }),
      ),
    );
    const outcomes = await Promise.all(messages.map((message) => transport.send(message)));
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['sent']));
    expect(readdirSync(join(outbox, 'new'))).toHaveLength(40);
    expect(readdirSync(join(outbox, 'tmp'))).toEqual([]);
    expect(statSync(join(outbox, 'cur')).isDirectory()).toBe(true);
    expect(readFileSync(join(outbox, '.gitignore'), 'utf8')).toBe('*\n');

    expect((await transport.send(messages[0]!)).state).toBe('sent');
    expect(readdirSync(join(outbox, 'new'))).toHaveLength(40);
    expect(await transport.holds?.('<m0@example.it>')).toBe(true);
    expect(await transport.holds?.('<other@example.it>')).toBe(false);

    writeFileSync(join(outbox, 'new', 'zzz'), 'not ours');
    const strange: string[] = [];
    const back = [];
    for await (const waiting of waitingMessages(outbox, (path) => strange.push(path))) back.push(waiting);
    expect(strange).toEqual([join('new', 'zzz')]);
    expect(
      back
        .map(({ path: _, flags: __, ...message }) => message)
        .sort((a, b) => (a.messageId < b.messageId ? -1 : 1)),
    ).toEqual(messages.sort((a, b) => (a.messageId < b.messageId ? -1 : 1)));
  });

  it('a message that cannot be written did not leave', async () => {
    const outbox = join(folder, 'outbox');
    const transport = await outboxTransport(outbox);
    rmSync(join(outbox, 'tmp'), { recursive: true });
    expect(await transport.send(await buildMessage(parts))).toMatchObject({
      state: 'deferred',
      server: true,
    });
  });

  it('an .eml file is the message itself', async () => {
    const transport = await emlTransport(folder);
    const message = await buildMessage(parts);
    const { reply } = await transport.send(message);
    expect(readFileSync(join(folder, reply!)).equals(message.raw)).toBe(true);
    expect(await transport.holds?.(message.messageId)).toBe(true);
    expect(await transport.holds?.('<other@example.it>')).toBeUndefined();
  });
});
