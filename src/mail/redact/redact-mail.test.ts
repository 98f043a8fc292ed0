import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textRedactor } from '../../domain/erasure/redact-text.js';
import { parseMessage } from '../parse-message.js';
import { isMail, mailTexts, redactMail } from './redact-mail.js';

const { redact } = textRedactor(
  { emails: ['mario@example.it'], phones: ['+390255501234'], names: ['Màrio Rossi'] },
  (key) => ({ code: '39', national: key.slice(3) }),
);
const said = 'Scrivete a Màrio Rossi, mario@example.it, tel 02 5550 1234. Quanto costa?\n';
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const head = 'From: Ada Neri <ada@example.it>\nMIME-Version: 1.0\n';
const without = (mail: string | Buffer) => redactMail(Buffer.from(mail), redact);

describe('a message without a person', () => {
  it.each([
    [
      'base64',
      `Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n${base64(said)}\n`,
    ],
    [
      'base64 of another character set',
      `Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset="iso-8859-1"\n\n${base64(Buffer.from(said, 'latin1'))}\n`,
    ],
    [
      'quoted-printable',
      'Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nScrivete a M=C3=A0rio Ro=\nssi, mario=40example.it, tel 02 5550 1=\n234. Quanto costa?\n',
    ],
    ['plain words', `Content-Type: text/plain; charset=utf-8\n\n${said}`],
  ])('in %s says all else', async (_, body) => {
    const { bytes } = without(head + body);
    const { text, from } = await parseMessage(bytes);
    expect(text.trim()).toBe('Scrivete a (erased), (erased), tel (erased). Quanto costa?');
    expect(from[0]?.address).toBe('ada@example.it');
    expect(redactMail(bytes, redact).bytes).toBe(bytes);
  });

  it('is without him in its header and in the names of its files', async () => {
    const { bytes } = without(
      `${head}Subject: =?utf-8?B?${base64('Offerta per Màrio Rossi è pronta')}?=\nTo: =?utf-8?Q?M=C3=A0rio?= Rossi <mario@example.it>, Anna <anna@example.it>\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''M%C3%A0rio%20Rossi%20%C3%A8.vcf\nContent-Transfer-Encoding: base64\n\n${base64('BEGIN:VCARD\nFN:Màrio Rossi\nEMAIL:mario@example.it\n')}\n`,
    );
    const { subject, files, headers } = await parseMessage(bytes);
    expect(subject).toBe('Offerta per (erased) è pronta');
    expect(files).toMatchObject([{ name: '(erased) è.vcf' }]);
    expect(Buffer.from(files[0]?.content as Uint8Array).toString()).toBe(
      'BEGIN:VCARD\nFN:(erased)\nEMAIL:(erased)\n',
    );
    expect(headers.find(({ name }) => name === 'to')?.value).toBe(
      '(erased) <(erased)>, Anna <anna@example.it>',
    );
    expect(redactMail(bytes, redact).bytes).toBe(bytes);
  });

  it('is taken apart: pages, messages within, and what is no text is named', async () => {
    const inner = `${head}Subject: x\nContent-Transfer-Encoding: base64\n\n${base64(said)}\n`;
    const part = (fields: string, body: string) => `--b\n${fields}\n\n${body}\n`;
    const { bytes, unread } = without(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n${part('Content-Type: text/html', '<b>M&agrave;rio</b> <i>Rossi</i> &amp; Ada')}${part('Content-Type: message/rfc822', inner)}${part('Content-Type: application/pdf; name="scan.pdf"\nContent-Transfer-Encoding: base64', base64('%PDF'))}--b--\nMàrio Rossi\n`,
    );
    expect(unread).toEqual(['scan.pdf']);
    const { html, files } = await parseMessage(bytes);
    expect(html).toContain('(erased) &amp; Ada');
    const enclosed = await parseMessage(files[0]?.content as Uint8Array);
    expect(enclosed.text).toContain('Quanto costa?');
    expect(enclosed.text).not.toContain('Rossi');
    expect(bytes.toString()).toContain('--b--\n(erased)\n');
    expect(redactMail(bytes, redact).bytes).toBe(bytes);
  });

  it('is what it was where he is not in it, and no message is none', () => {
    const bytes = Buffer.from(`\ufeff${head}\n${base64('nothing')}\n`);
    expect(redactMail(bytes, redact).bytes).toBe(bytes);
    expect(isMail(bytes)).toBe(true);
    expect(isMail(Buffer.from('---\nname: x\nfrom: y\n---\n'))).toBe(false);
  });
});

describe('whatever a message is', () => {
  const wraps: ((text: string) => string)[] = [
    (text) => `Subject: =?utf-8?B?${base64(text)}?=\n\nx`,
    (text) => `From: =?utf-8?Q?${encodeURIComponent(text).replaceAll('%', '=')}?= <a@b.it>\n\nx`,
    (text) => `Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n${base64(text)}`,
    (text) => `Content-Type: multipart/mixed; boundary=q\n\n--q\n\n${text}\n--q--\n${text}`,
    (text) => `Content-Type: message/rfc822\n\nFrom: x\n\n${text}`,
    (text) =>
      `Content-Type: multipart/mixed; boundary=z\nContent-Transfer-Encoding: base64\n\n${base64(`--z\n\n${text}\n--z--`)}`,
    (text) => `Content-Type: text/html\n\n<p>${text}`,
    (text) => text,
  ];
  const wrapped = fc
    .tuple(
      fc.oneof(fc.string(), fc.constant(said), fc.string({ unit: 'binary' })),
      fc.array(fc.constantFrom(...wraps), { maxLength: 4 }),
    )
    .map(([text, around]) => around.reduce((inside, wrap) => wrap(inside), text));

  it('he is gone after one time, and it is read without an error', () => {
    fc.assert(
      fc.property(wrapped, (text) => {
        const once = redactMail(Buffer.from(text), redact).bytes;
        expect(redactMail(once, redact).bytes.equals(once)).toBe(true);
        expect(mailTexts(once).filter((one) => redact(one) !== one)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => void without(Buffer.from(bytes))));
  });
});
