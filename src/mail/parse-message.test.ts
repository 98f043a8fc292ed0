import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage } from './parse-message.js';

const parse = (text: string, coding: BufferEncoding = 'utf8') => parseMessage(Buffer.from(text, coding));

const mixed = [
  'Return-Path: <ann@example.org>',
  'From: =?utf-8?q?Ann_B=C3=A8?= <Ann@example.org>',
  'To: "Rossi, Mario" <m@example.it>, team: x@example.it, y@example.it;',
  'Date: Mon, 23 Nov 2026 09:30:00 +0100 (CET)',
  'Message-ID: <1@example.org>',
  'In-Reply-To: <0@example.it>',
  'References: <a@example.it>',
  '\t<0@example.it>',
  'Subject: =?iso-8859-1?Q?perch=E9?=',
  ' =?iso-8859-1?Q?_no?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="one"',
  '',
  'preamble',
  '--one',
  'Content-Type: multipart/alternative; boundary="two"',
  '',
  '--two',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Perch=E9 a l=',
  'ine',
  '--two',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Perché</p>',
  '--two--',
  '--one',
  "Content-Type: application/pdf; name*0*=utf-8''fatt%C3%BC; name*1=ra.pdf",
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--one--',
  'epilogue',
].join('\r\n');

describe('a message', () => {
  it('is taken apart', async () => {
    const message = await parse(mixed);
    expect(message).toMatchObject({
      messageId: '<1@example.org>',
      date: Date.UTC(2026, 10, 23, 8, 30),
      from: [{ name: 'Ann Bè', address: 'Ann@example.org' }],
      to: [
        { name: 'Rossi, Mario', address: 'm@example.it' },
        { name: '', address: 'x@example.it' },
        { name: '', address: 'y@example.it' },
      ],
      returnPath: 'ann@example.org',
      subject: 'perché no',
      inReplyTo: ['<0@example.it>'],
      references: ['<a@example.it>', '<0@example.it>'],
      text: 'Perché a line',
      html: '<p>Perché</p>',
    });
    expect(message.files).toEqual([
      { type: 'application/pdf', name: 'fattüra.pdf', content: Buffer.from('hello') },
    ]);
  });

  it('is the same whatever its line ends, in pieces, in a mailbox and as UTF-16', async () => {
    const whole = await parse(mixed.replaceAll('\r\n', '\n'));
    const same = async (raw: Parameters<typeof parseMessage>[0]) =>
      expect(await parseMessage(raw)).toEqual(whole);
    await same(Buffer.from(mixed));
    await same(Buffer.from(mixed.replaceAll('\r\n', '\r')));
    await same(Buffer.from(`   \r\n\r\n${mixed}`));
    await same(Buffer.from(`From ann@example.org Mon Nov 23 09:30:00 2026\n${mixed}`));
    await same(Buffer.from(`\ufeff${mixed}`, 'utf16le'));
    await same(Buffer.from(`\ufeff${mixed}`));
    await same(Readable.from([Buffer.from(mixed.slice(0, 33)), Buffer.from(mixed.slice(33))]));
    await same(new Blob([mixed]).stream());
  });

  it('may have a null sender, or tell of none', async () => {
    expect((await parse('Return-Path: <>\n\nx')).returnPath).toBe('');
    expect((await parse('From: a@b.c\n\nx')).returnPath).toBeUndefined();
  });

  it('gives its HTML as text where it has no other', async () => {
    const { text } = await parse(
      'Content-Type: text/html\n\n<html><head><title>no</title><style>p{}</style><body><p>One &amp; two<br>three</p><blockquote><p>said</blockquote>' +
        '<ul><li>a<li>b</ul><a href="https://example.org/x">here</a><script>no</script>',
    );
    expect(text).toBe('One & two\nthree\n\n> said\n\n* a\n* b\n\nhere (https://example.org/x)');
  });

  it('flows where it says so', async () => {
    const { text } = await parse(
      'Content-Type: text/plain; format=flowed\n\nOne \nline\n> two \n> lines\n-- \nAnn',
    );
    expect(text).toBe('One line\n> two lines\n-- \nAnn');
  });
});

describe('a broken message', () => {
  it.each([
    ['without a header', 'Good morning,\nplease call.', 'Good morning,\nplease call.'],
    ['of nothing', '', ''],
    ['with a boundary that never comes', 'Content-Type: multipart/mixed; boundary=x\n\nhello', 'hello'],
    ['with no boundary named', 'Content-Type: multipart/mixed\n\n--q\n\nhello\n--q--', 'hello'],
    ['with a part that never ends', 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n', 'hello\n'],
    [
      'with a part without an empty line',
      'Content-Type: multipart/mixed; boundary=x\n\n--x\nhello\n--x--',
      'hello',
    ],
    ['of a type that is none', 'Content-Type: text\n\nhello', 'hello'],
    ['in a set nobody knows', 'Content-Type: text/plain; charset=klingon\n\nperché', 'perché'],
    ['with NULs', 'Content-Type: text/plain\n\nhe\0llo', 'hello'],
    ['with junk in its header', 'Subject: x\njunk\n>From y\nTo: a@b.c\n\nhello', 'hello'],
  ])('%s gives its text', async (_, raw, text) => {
    expect((await parse(raw)).text).toBe(text);
  });

  it('in a set other than it says is read in the likelier one', async () => {
    expect((await parse('Content-Type: text/plain; charset=utf-8\n\nperch\xe9', 'latin1')).text).toBe(
      'perché',
    );
    expect((await parse('Subject: perch\xe9\n\nperch\xe9', 'latin1')).subject).toBe('perché');
    expect((await parse('Subject: x\n\n\x1b$B$"\x1b(B')).text).toBe('あ');
  });

  it('nested beyond measure ends', async () => {
    let deep = 'Subject: deep\n';
    for (let level = 0; level < 10_000; level++)
      deep += `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`;
    expect((await parse(`${deep}\nhello`)).text).toContain('hello');
    const wide = `Subject: wide\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(30_000)}`;
    expect((await parse(wide)).subject).toBe('wide');
  });

  it('with a header of a megabyte and 100,000 recipients is read', async () => {
    const to = Array.from({ length: 100_000 }, (_, n) => `"Name ${n}" <n${n}@example.org>`).join(',\r\n ');
    const message = await parse(`X-Long: ${'x'.repeat(1 << 20)}\r\nTo: ${to}\r\nSubject: long\r\n\r\nhello`);
    expect(message).toMatchObject({ subject: 'long', text: 'hello' });
    expect(message.to).toHaveLength(100_000);
  });
});

describe('a report', () => {
  const status =
    'Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; a@b.c\nAction: failed\nStatus: 5.1.1\n';
  const around = (part: string) =>
    `From: x@example.org\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nNo luck.\n--o\n${part}\n--o--\n`;

  it.each([
    ['of its own type', `Content-Type: message/delivery-status\n\n${status}`],
    [
      'in base64',
      `Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${Buffer.from(status).toString('base64')}`,
    ],
    ['of a wrong type', `Content-Type: text/plain\n\n${status}`],
    [
      'nested',
      `Content-Type: multipart/report; boundary=i\n\n--i\nContent-Type: message/delivery-status\n\n${status}\n--i--`,
    ],
  ])('%s is found', async (_, part) => {
    const message = await parse(around(part));
    expect(message.text.trim()).toBe('No luck.');
    expect(message.deliveryStatus.map((text) => text.trim())).toEqual([status.trim()]);
  });

  it('carries the message that it is about', async () => {
    const returned = 'Message-ID: <1@example.it>\nSubject: x\n\nhello';
    const part = `Content-Type: message/rfc822\n\n${returned}`;
    expect(await parse(around(part))).toMatchObject({ returned });
    expect((await parse(around(part))).files).toHaveLength(1);
  });

  it('is not what a returned message holds', async () => {
    const inner = `Subject: x\nContent-Type: message/delivery-status\n\n${status}`;
    expect((await parse(around(`Content-Type: message/rfc822\n\n${inner}`))).deliveryStatus).toEqual([]);
  });
});

describe('certified mail', () => {
  const inside =
    'From: Ann <ann@pec.example.it>\nMessage-ID: <in@pec.example.it>\nSubject: Reclamo\n\nBuongiorno';
  const envelope = (kind: string) =>
    `From: "Per conto di: ann@pec.example.it" <posta-certificata@pec.example.it>\nMessage-ID: <out@pec.example.it>\n${kind}\n` +
    `Content-Type: multipart/mixed; boundary=p\n\n--p\n\nMessaggio\n--p\nContent-Type: message/rfc822; name=postacert.eml\n\n${inside}\n--p--\n`;

  it('in an envelope is the mail inside', async () => {
    expect(await parse(envelope('X-Trasporto: posta-certificata'))).toMatchObject({
      certified: '<out@pec.example.it>',
      messageId: '<in@pec.example.it>',
      from: [{ name: 'Ann', address: 'ann@pec.example.it' }],
      text: 'Buongiorno',
    });
  });

  it('of a receipt is the receipt', async () => {
    const receipt = await parse(envelope('X-Ricevuta: avvenuta-consegna'));
    expect(receipt).toMatchObject({ messageId: '<out@pec.example.it>', returned: inside });
    expect(receipt.certified).toBeUndefined();
  });
});

describe('any bytes', () => {
  const pieces = fc.constantFrom(
    ...[
      '\n',
      '\r',
      '\r\n',
      '--x',
      '--',
      ':',
      ';',
      'boundary=x',
      'Content-Type: ',
      'multipart/mixed',
      'message/rfc822',
      '<',
    ],
    ...[
      'text/html',
      '=?utf-8?q?',
      '?=',
      '"',
      '\0',
      'To: ',
      'a@b',
      '(',
      'base64',
      'Content-Transfer-Encoding: ',
      '=',
      '\xff',
    ],
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(pieces, { maxLength: 60 }).map((all) => Buffer.from(all.join(''), 'latin1')),
  );

  it('give a message', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (raw) => {
        const message = await parseMessage(raw);
        expect(typeof message.text).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['multipart/mixed; boundary=x\n\n', '--x\n\na\n'],
    ['text/plain\n', 'a:b\n'],
    ['text/plain\nX: ', 'a\n '],
    ['text/html\n\n', '<div>'],
    ['text/html\n\n', '<a href="'],
    ['text/plain; ', 'a*1=b;'],
    ['text/plain\nSubject: ', '=?utf-8?q?a?= '],
    ['text/plain\nTo: ', 'a\\"'],
    ['text/plain\nTo: ', 'a@b,'],
    ['text/plain\nContent-Transfer-Encoding: quoted-printable\n\n', '= '],
  ])('are read in a time that grows with their length alone: %j %j', async (head, piece) => {
    const raw = Buffer.concat([
      Buffer.from(`From: a@b.c\nContent-Type: ${head}`),
      Buffer.alloc(4 << 20, piece),
    ]);
    const began = performance.now();
    await parseMessage(raw);
    // Of the square of it, minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
