import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../mail/parse-message.js';
import { classifyMessage } from './classify.js';

const read = async (raw: string) => classifyMessage(await parseMessage(Buffer.from(raw)));

const sent =
  'Message-ID: <c1.tok@studio.example>\nFrom: club@studio.example\nTo: ann@example.org\nSubject: News\n\nHello';

function report(status: string, text = 'Your message could not be delivered.', extra = ''): string {
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.org',
    'To: bounces+tok@studio.example',
    'Subject: Undelivered Mail Returned to Sender',
    extra || 'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    text,
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    status,
    '--b',
    'Content-Type: message/rfc822',
    '',
    sent,
    '--b--',
  ].join('\n');
}

const plain = (from: string, subject: string, text: string, extra = '') =>
  `${extra}From: ${from}\nTo: bounces+tok@studio.example\nSubject: ${subject}\n\n${text}`;

describe('a report of delivery', () => {
  it('names several recipients, the failed ones only, by the address that was written to', async () => {
    const found = await read(
      report(
        [
          'Original-Recipient: rfc822;Ann@example.org',
          'Final-Recipient: rfc822; a.rossi@inner.example.org',
          'Action: failed',
          'Status: 5.1.1',
          'Diagnostic-Code: smtp; 550 5.1.1 <a.rossi@inner.example.org>... User unknown',
          '',
          'Final-Recipient: rfc822; <bob@example.org>',
          'Action: failed',
          'Status: 5.2.2 (mailbox full)',
          '',
          'Final-Recipient: rfc822; carl@example.org',
          'Action: delayed',
          'Status: 4.4.1',
          '',
          'Final-Recipient: rfc822; dan@example.org',
          'Action: relayed',
          'Status: 2.0.0',
        ].join('\n'),
      ),
    );
    expect(found).toMatchObject({ kind: 'bounce', about: '<c1.tok@studio.example>' });
    expect(
      found.bounces.map(({ recipient, hard, status, reason }) => [recipient, hard, status, reason]),
    ).toEqual([
      ['ann@example.org', true, '5.1.1', 'user_unknown'],
      ['bob@example.org', false, '5.2.2', 'mailbox_full'],
    ]);
  });

  it('that says "delayed" alone is no bounce, and one that says "delivered" is a receipt', async () => {
    const of = (action: string) =>
      read(report(`Final-Recipient: rfc822; ann@example.org\nAction: ${action}\nStatus: 4.4.1`));
    expect(await of('delayed')).toMatchObject({
      kind: 'delayed',
      bounces: [{ recipient: 'ann@example.org', hard: false }],
    });
    expect(await of('delivered')).toMatchObject({ kind: 'receipt', bounces: [] });
  });

  it('may be within another one', async () => {
    const inner = report('Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1');
    const raw = `From: MAILER-DAEMON@scan.example.org\nSubject: Returned mail\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nThe following addresses had permanent delivery errors\n--o\nContent-Type: message/rfc822\n\n${inner}\n--o--`;
    expect(await read(raw)).toMatchObject({
      kind: 'bounce',
      bounces: [{ recipient: 'ann@example.org', hard: true }],
    });
  });

  it.each([
    [
      'qmail',
      plain(
        'MAILER-DAEMON@mx.example.org',
        'failure notice',
        "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\nTo: other@example.org",
      ),
      [['ann@example.org', true]],
    ],
    [
      'Exim, to two',
      plain(
        'Mailer-Daemon@mx.example.org',
        'Mail delivery failed: returning message to sender',
        'A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  ann@example.org\n    SMTP error from remote mail server after RCPT TO:<ann@example.org>:\n    host mx.example.org: 550 No such user here\n  bob@example.org\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message ------\n\nReturn-path: <club@studio.example>',
      ),
      [
        ['ann@example.org', true],
        ['bob@example.org', false],
      ],
    ],
    [
      'Sendmail of old',
      plain(
        'MAILER-DAEMON@mx.example.org',
        'Returned mail: User unknown',
        '   ----- Transcript of session follows -----\n>>> RCPT To:<ann@example.org>\n<<< 550 ann\n550 <ann@example.org>... User unknown\n\n   ----- Unsent message follows -----\nReceived: by mx; x\nTo: zoe@example.org',
      ),
      [['ann@example.org', true]],
    ],
    [
      'Exchange',
      plain(
        'postmaster@example.org',
        'Undeliverable: News',
        'Your message\n\n  To:      zoe@studio.example\n  Subject: News\n\ndid not reach the following recipient(s):\n\nann@example.org on Thu, 29 Apr 2010\n    The recipient name is not recognized\n',
      ),
      [['ann@example.org', true]],
    ],
    [
      'Domino',
      plain(
        'Postmaster@example.org',
        'DELIVERY FAILURE: User ann not listed in Domino Directory',
        'Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  ann@example.org\n\nbecause:\n\n  User ann (ann@example.org) not listed in Domino Directory\n',
      ),
      [['ann@example.org', true]],
    ],
    [
      'a telephone in Japan',
      plain(
        'Postmaster@phone.example.jp',
        'Mail System Error - Returned Mail',
        'あなたのメールは送信できませんでした。\nThe user(s) account is disabled.\n\n<ann@phone.example.jp>\n',
        'Return-Path: <>\n',
      ),
      [['ann@phone.example.jp', false]],
    ],
    [
      'Google, by its field',
      plain(
        'mailer-daemon@googlemail.com',
        'Delivery Status Notification (Failure)',
        'Die Gruppe ist möglicherweise nicht vorhanden, oder Sie haben keine Berechtigung.',
        'X-Failed-Recipients: ann@example.org\n',
      ),
      [['ann@example.org', false]],
    ],
    [
      'one who names nobody, by the message that it returns',
      plain(
        'sysadmin@phone.example.com',
        'Undeliverable Message',
        'Message could not be delivered to mobile.\nError: No valid recipients for this MM\n\nOriginal Message:\nFrom: club@studio.example\nTo: ann@phone.example.com\nSubject: News',
        'Return-Path: <>\n',
      ),
      [['ann@phone.example.com', true]],
    ],
  ])('without a delivery-status part is told by its wording: %s', async (_, raw, bounces) => {
    const found = await read(raw);
    expect(found.kind).toBe('bounce');
    expect(found.bounces.map(({ recipient, hard }) => [recipient, hard])).toEqual(bounces);
  });

  it('without one may say "delayed"', async () => {
    const raw = plain(
      'MAILER-DAEMON@mx.example.org',
      'Warning: could not send message for past 4 hours',
      'THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\nDelivery to the following recipient has been delayed:\n  ann@example.org\nMessage will be retried for 2 more days',
    );
    expect(await read(raw)).toMatchObject({ kind: 'delayed', bounces: [{ recipient: 'ann@example.org' }] });
  });

  it.each([
    [
      'who writes of one',
      plain(
        'ann@example.org',
        'Re: News',
        'Your last mail could not be delivered: 550 User unknown, my husband says.',
        'Return-Path: <ann@example.org>\nIn-Reply-To: <c1.tok@studio.example>\n',
      ),
    ],
    [
      'who asks about one',
      plain(
        'Ann <ann@example.org>',
        'Delivery problem',
        'The parcel was undeliverable, says the courier. Where is it?',
      ),
    ],
    [
      'who passes one on',
      plain(
        'Ann <ann@example.org>',
        'Fwd: Undelivered Mail Returned to Sender',
        'See below.\n\n> I am sorry, your message could not be delivered to <bob@example.org>: 550 User unknown',
      ),
    ],
    [
      'who sends our message back with a complaint',
      `From: Ann <ann@example.org>\nSubject: My books\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nMy order has not been delivered, it could not be delivered says the courier! Write to ann@example.org\n--b\nContent-Type: message/rfc822\n\n${sent}\n--b--`,
    ],
  ])('is not what a person writes %s', async (_, raw) => {
    expect((await read(raw)).kind).toBe('person');
  });
});

describe('a complaint', () => {
  const about = 'From: club@studio.example\nTo: ann@example.org\nMessage-ID: <c1.tok@studio.example>\n\nx';

  it('is told by its provider (ARF)', async () => {
    const raw = `From: fbl@provider.example\nSubject: FW: News\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nThis is an abuse report\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <Ann@provider.example>\n\n--b\nContent-Type: message/rfc822\n\n${about}\n--b--`;
    expect(await read(raw)).toMatchObject({
      kind: 'complaint',
      bounces: [{ recipient: 'ann@provider.example', hard: false, reason: 'complaint' }],
      about: '<c1.tok@studio.example>',
    });
  });

  it("is told in Microsoft's form", async () => {
    const raw = `From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: ann@hotmail.com\n${about}\n--b--`;
    expect(await read(raw)).toMatchObject({ kind: 'complaint', bounces: [{ recipient: 'ann@hotmail.com' }] });
  });
});

describe('certified mail', () => {
  const data = (person: string) =>
    Buffer.from(
      `<postacert tipo="errore-consegna"><intestazione><mittente>club@pec.studio.example</mittente><destinatari tipo="certificato">${person}</destinatari></intestazione><dati><consegna>${person}</consegna><errore-esteso>5.1.1 - Gestore S.p.A. - indirizzo non valido</errore-esteso></dati></postacert>`,
    ).toString('base64');
  const receipt = (kind: string, person: string) =>
    `From: posta-certificata@pec.example.it\nTo: club@pec.studio.example\nX-Ricevuta: ${kind}\nX-Riferimento-Message-ID: <c1@pec.studio.example>\nSubject: CONSEGNA: News\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nIl messaggio è stato elaborato.\n--b\nContent-Type: application/xml; name=daticert.xml\nContent-Transfer-Encoding: base64\n\n${data(person)}\n--b--`;

  it.each(['accettazione', 'avvenuta-consegna', 'presa-in-carico'])('gives a receipt: %s', async (kind) => {
    expect(await read(receipt(kind, 'ann@pec.example.it'))).toMatchObject({
      kind: 'receipt',
      bounces: [],
      about: '<c1@pec.studio.example>',
    });
  });

  it('names who was not reached', async () => {
    expect(await read(receipt('errore-consegna', 'ann@pec.example.it'))).toMatchObject({
      kind: 'receipt',
      bounces: [{ recipient: 'ann@pec.example.it', hard: true, status: '5.1.1' }],
    });
  });
});

describe('an automatic answer', () => {
  it.each([
    ['Auto-Submitted: auto-replied (vacation)', 'Fuori sede'],
    ['Auto-Submitted: auto-generated', 'Ticket 12'],
    ['X-Autoreply: yes', 'x'],
    ['Precedence: auto_reply', 'x'],
    ['X-Apple-Action: VACATION', 'x'],
    ['X-Nothing: x', 'Automatische Antwort: Katalog'],
    ['X-Nothing: x', 'Risposta automatica: Catalogo'],
    ['X-Nothing: x', 'Automatic reply: News'],
  ])('is told by %s, %s', async (field, subject) => {
    const raw = `${field}\nFrom: ann@example.org\nIn-Reply-To: <c1.tok@studio.example>\nSubject: ${subject}\n\nI am away.`;
    expect(await read(raw)).toMatchObject({ kind: 'autoreply', about: '<c1.tok@studio.example>' });
  });

  it.each(['Auto-Submitted: no', 'X-Autoreply: no', 'X-Auto-Response-Suppress: All', 'X-Nothing: x'])(
    'is not a person’s with %s',
    async (field) => {
      const raw = `${field}\nFrom: ann@example.org\nSubject: Re: Automatic reply: News\n\nWhen are you back?`;
      expect((await read(raw)).kind).toBe('person');
    },
  );

  it('is one though it says that mail is not delivered', async () => {
    const raw =
      'Return-Path: <>\nFrom: ann@example.org\nIn-Reply-To: <c1.tok@studio.example>\nAuto-Submitted: auto-replied\nSubject: Ann is away\n\nYour message was not delivered to a colleague: it could not be sent on.';
    expect((await read(raw)).kind).toBe('autoreply');
  });

  it('is not a subject that begins so', async () => {
    const raw = 'From: ann@example.org\nSubject: Out of office furniture: our order\n\nTen chairs.';
    expect((await read(raw)).kind).toBe('person');
  });

  it('is a refusal of a mailbox too, which is no bounce', async () => {
    const raw =
      'Return-Path: <>\nFrom: Postmaster <postmaster@example.org>\nSubject: Rejected: News\nAuto-Submitted: auto-replied (rejected)\n' +
      'Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message to <ann@example.org> was automatically rejected: no more mail\n--b\n' +
      `Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ann@example.org\nOriginal-Message-ID: <c1.tok@studio.example>\nDisposition: automatic-action/MDN-sent-automatically; deleted\n\n--b\nContent-Type: message/rfc822\n\n${sent}\n--b--`;
    expect(await read(raw)).toMatchObject({
      kind: 'autoreply',
      bounces: [],
      about: '<c1.tok@studio.example>',
    });
  });
});

describe('a challenge', () => {
  it('asks to prove that a person wrote', async () => {
    const raw =
      'From: ann@example.org\nIn-Reply-To: <c1.tok@studio.example>\nAuto-Submitted: auto-replied\nSubject: Please confirm\n\nYour message is being held until you reply to this mail to confirm that you are a person.';
    expect(await read(raw)).toMatchObject({ kind: 'challenge', about: '<c1.tok@studio.example>' });
  });
});

describe('a mail to unsubscribe', () => {
  it.each([
    ['unsubscribe tok123', 'club@studio.example'],
    ['Unsubscribe', 'club@studio.example'],
    ['', 'club+unsubscribe@studio.example'],
    ['hello', 'unsubscribe@studio.example'],
  ])('has the subject "%s", to %s', async (subject, to) => {
    expect(await read(`From: ann@example.org\nTo: ${to}\nSubject: ${subject}\n\n`)).toMatchObject({
      kind: 'unsubscribe',
      unsubscribe: true,
    });
  });

  it('with a token is one though a program sent it; without, the program reports it', async () => {
    const raw = (subject: string) =>
      `From: ann@example.org\nAuto-Submitted: auto-replied\nSubject: ${subject}\n\n`;
    expect((await read(raw('unsubscribe tok123'))).kind).toBe('unsubscribe');
    expect(await read(raw('unsubscribe'))).toMatchObject({
      kind: 'complaint',
      unsubscribe: true,
      bounces: [{ recipient: 'ann@example.org' }],
    });
  });

  it('is not one that speaks of it', async () => {
    const raw =
      'From: ann@example.org\nSubject: unsubscribe button does not work\n\nI pressed it, and nothing happened.';
    expect((await read(raw)).kind).toBe('person');
  });
});

describe('mail to many', () => {
  it.each([
    ['List-Unsubscribe: <mailto:x@shop.example>', 'Offers', 'Buy'],
    ['List-Id: <chat.example.org>', 'Digest', 'I think so too.'],
    [
      'List-Post: NO\nList-Id: <news.shop.example>',
      'Announcement, to unsubscribe',
      'Newsletter. To unsubscribe, write to us.',
    ],
    ['Precedence: bulk', 'Offers', 'Buy'],
    ['Auto-Submitted: auto-generated\nList-Unsubscribe: <mailto:x@shop.example>', 'Offers', 'Buy'],
    ['X-Nothing: x', 'The summer newsletter', 'News'],
  ])('is told by %s, %s', async (field, subject, text) => {
    expect((await read(`${field}\nFrom: ann@example.org\nSubject: ${subject}\n\n${text}`)).kind).toBe('bulk');
  });

  it('is not what a person writes by a list, or a shared mailbox that is one', async () => {
    const raw =
      'List-Id: <info.studio.example>\nList-Post: <mailto:info@studio.example>\nList-Unsubscribe: <mailto:x@y.z>\nFrom: ann@example.org\nSubject: Order\n\nTwo, please.';
    expect(await read(raw)).toMatchObject({ kind: 'person', confidence: 0.6 });
  });

  it('is told by its sender and its way out', async () => {
    expect(
      (await read('From: newsletter@shop.example\nSubject: Offers\n\nBuy.\n\nTo unsubscribe, click here.'))
        .kind,
    ).toBe('bulk');
  });

  it('is not the answer to it, which quotes its way out', async () => {
    const raw =
      'From: ann@example.org\nIn-Reply-To: <c1.tok@studio.example>\nSubject: Re: News\n\nI want two.\n\nTo unsubscribe, click here: https://studio.example/u';
    expect((await read(raw)).kind).toBe('person');
  });
});

describe('any bytes', () => {
  const pieces = fc.constantFrom(
    ...[
      '\n',
      '\n\n',
      'From: MAILER-DAEMON@x.y\n',
      'Return-Path: <>\n',
      'Subject: failure notice\n',
      'X-Ricevuta: errore-consegna\n',
    ],
    ...['Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n', '--b\n', '--b--\n'],
    ...[
      'Content-Type: message/delivery-status\n\n',
      'Final-Recipient: rfc822; a@b.c\n',
      'Action: failed\n',
      'Status: 5.1.1\n',
    ],
    ...[
      'Content-Type: message/feedback-report\n\n',
      'could not be delivered',
      '<a@b.c>: ',
      '550 5.1.1 ',
      'user unknown',
      'unsubscribe',
      '\0',
    ],
  );

  it('give a classification', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 20 })), { maxLength: 40 }),
        async (all) => {
          const { kind, bounces, confidence } = await read(all.join(''));
          expect(confidence).toBeGreaterThan(0);
          if (!['bounce', 'delayed', 'complaint', 'receipt'].includes(kind)) expect(bounces).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['From: MAILER-DAEMON@x.y\nSubject: ', 'warning: message '],
    ['From: MAILER-DAEMON@x.y\nSubject: failure notice\n\n', 'user '],
    ['From: MAILER-DAEMON@x.y\nSubject: failure notice\n\n', '<a@b.c>: '],
    ['From: MAILER-DAEMON@x.y\nSubject: failure notice\n\n', '550 <a@b.c>... \n'],
    ['From: MAILER-DAEMON@x.y\nSubject: failure notice\n\n', 'From: x\n'],
    ['Content-Type: message/delivery-status\n\n', 'Final-Recipient: rfc822; a@b.c\n'],
    ['Content-Type: message/delivery-status\n\nDiagnostic-Code: ', 'account has been '],
    ['X-Ricevuta: errore-consegna\nContent-Type: application/xml\n\n', '<consegna><destinatari>'],
    ['Content-Type: message/feedback-report\n\n', 'Original-Rcpt-To: <'],
    ['X-Failed-Recipients: ', 'a@b.c, '],
    ['From: a@b.c\n\n', 'to be removed from newsletter '],
    ['From: ', 'a@news.'],
    ['From: a@b.c\nContent-Type: text/html\n\n', '<p>unsubscri '],
  ])('are told in a time that grows with their length alone: %j %j', async (head, piece) => {
    const raw = Buffer.concat([Buffer.from(head), Buffer.alloc(8 << 20, piece)]);
    const began = performance.now();
    classifyMessage(await parseMessage(raw));
    // Of the square of it, minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it.each([
    [
      'in words',
      'From: MAILER-DAEMON@x.y\nSubject: failure notice\n\n',
      (n: number) => `<a${n}@b.c>: 550 user\n`,
    ],
    ['in a field', 'From: MAILER-DAEMON@x.y\nX-Failed-Recipients: ', (n: number) => `a${n}@b.c, `],
    [
      'in a part',
      'Content-Type: message/delivery-status\n\n',
      (n: number) => `Final-Recipient: rfc822; a${n}@b.c\nDiagnostic-Code: user account\n\n`,
    ],
    [
      'in a complaint',
      'Content-Type: message/feedback-report\n\n',
      (n: number) => `Original-Rcpt-To: a${n}@b.c\n`,
    ],
  ])('that name 100,000 recipients %s are told in time', async (_, head, piece) => {
    const began = performance.now();
    const { bounces } = await read(head + Array.from({ length: 100_000 }, (_, n) => piece(n)).join(''));
    expect(bounces.length).toBeGreaterThan(500);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
