import { createHash, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dkimSigner, signedBy } from './dkim.js';
import { buildMessage } from './message.js';
import type { OutgoingMessage } from './transport.js';
import { unsubscribeLinks } from './unsubscribe.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const domain = { domain: 'example.it', selector: 's1' };

function message(text = 'Ciao  \n\n.punto\n'): Promise<OutgoingMessage> {
  return buildMessage({
    rendered: { subject: 'Grüße', text, html: '<p>Ciao</p>\n' },
    messageId: '<abc@example.it>',
    from: { name: 'Book club', address: 'news@example.it' },
    to: { name: 'Zoë Rossi', address: 'zoe@example.org' },
    date: Date.parse('2026-11-24T10:00:00Z'),
    token: 't0k3n',
    unsubscribe: unsubscribeLinks({ mailto: 'stop@example.it', url: 'https://example.it/stop' }, 't0k3n'),
    purpose: 'newsletter',
    campaign: { id: 'k3f9w2q8ab' },
  });
}

/** Verifies a signature as RFC 6376 says a receiver does (relaxed/relaxed), with nothing of the signer's library. */
function verified(
  raw: Buffer,
  key: KeyObject,
): { tags: Map<string, string>; body: boolean; header: boolean } {
  const text = raw.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, split).split(/\r\n(?![ \t])/);
  const relaxed = (field: string) => {
    const colon = field.indexOf(':');
    const value = field
      .slice(colon + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim();
    return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
  };
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? '';
  const tags = new Map(
    relaxed(signature)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag): [string, string] => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).replace(/\s/g, ''),
      ]),
  );
  const body = text
    .slice(split + 4)
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)*$/, '\r\n');
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const others = fields.filter((field) => field !== signature).reverse();
  const headers = (tags.get('h') ?? '').split(':').map((name) => {
    const at = others.findIndex((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? '' : `${relaxed(others.splice(at, 1)[0] as string)}\r\n`;
  });
  const unsigned = relaxed(signature).replace(/(b=)[^;]*$/, '$1');
  const header = createVerify('RSA-SHA256')
    .update(headers.join('') + unsigned, 'latin1')
    .verify(key, tags.get('b') ?? '', 'base64');
  return { tags, body: bodyHash === tags.get('bh'), header };
}

describe('a signature', () => {
  it('is one that a receiver can verify, and covers what a list is left by', async () => {
    const sign = await dkimSigner(domain, { pem, from: 'test' });
    const { raw } = await message();
    const signed = await sign(raw);
    const { tags, body, header } = verified(signed, publicKey);
    expect({ body, header }).toEqual({ body: true, header: true });
    expect(tags.get('d')).toBe('example.it');
    expect(tags.get('s')).toBe('s1');
    expect(tags.get('a')).toBe('rsa-sha256');
    const covered = tags.get('h')?.split(':');
    for (const name of ['from', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(covered).toContain(name);
    // The message itself is as it was.
    expect(signed.subarray(signed.length - raw.length).equals(raw)).toBe(true);
  });

  it.each([
    ['the subject', 'Subject: ', 'Subject: Re: '],
    ['the way out', 'stop@example.it', 'stop@evil.example'],
    ['the text', 'Ciao', 'Addio'],
  ])('does not stand over another %s', async (_what, was, is) => {
    const sign = await dkimSigner(domain, { pem, from: 'test' });
    const signed = await sign((await message()).raw);
    const text = signed.toString('latin1');
    expect(text).toContain(was);
    const { body, header } = verified(Buffer.from(text.replaceAll(was, is), 'latin1'), publicKey);
    expect(body && header).toBe(false);
  });

  it('of another key is none', async () => {
    const sign = await dkimSigner(domain, { pem, from: 'test' });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(verified(await sign((await message()).raw), other).header).toBe(false);
  });

  it('is given once, also to a message that was signed before it waited', async () => {
    const sign = await dkimSigner(domain, { pem, from: 'test' });
    const signed = await sign((await message()).raw);
    expect((await sign(signed)).equals(signed)).toBe(true);
  });
});

describe('a key that cannot sign', () => {
  const refused = (key: string) => expect(dkimSigner(domain, { pem: key, from: 'dkim.pem' })).rejects;

  it('is told of with where it comes from, and without a piece of it', async () => {
    await refused('-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n').toMatchObject({
      code: 'refused',
      message: 'dkim.pem: this is no private key in PEM',
    });
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await refused(publicPem).toThrow('this is no private key in PEM');
    const ed = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await refused(ed).toThrow('a key of type ed25519 cannot sign');
    const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
    await refused(short.export({ type: 'pkcs8', format: 'pem' }).toString()).toThrow('512 bits is too short');
    const locked = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    await refused(locked.toString()).toThrow('passphrase');
  });

  it('lets no message leave unsigned', async () => {
    const left: OutgoingMessage[] = [];
    const transport = signedBy(
      async () => {
        throw new Error('no entropy');
      },
      {
        name: 'smtp',
        concurrency: 1,
        send: async (one) => {
          left.push(one);
          return { state: 'sent' };
        },
        close: async () => {},
      },
    );
    expect(await transport.send(await message())).toMatchObject({ state: 'deferred', server: true });
    expect(left).toEqual([]);
  });
});
