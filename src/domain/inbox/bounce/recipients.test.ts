import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../mail/parse-message.js';
import { readBounce } from './read-bounce.js';

const sent =
  'Message-ID: <c1.tok@studio.example>\nFrom: club@studio.example\nTo: Ann <ann@example.org>\nSubject: News\n\nHello';

const report = (fields: string, text = 'Your message could not be delivered.', returned = sent) =>
  `Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nTo: bounces+tok@studio.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n${text}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n${fields}\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\n${returned}\n--b--`;

const plain = (text: string, fields = '') =>
  `Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nTo: bounces+tok@studio.example\nSubject: Undelivered Mail Returned to Sender\n${fields}Content-Type: text/plain; charset=utf-8\n\n${text}`;

const recipients = async (raw: string) =>
  readBounce(await parseMessage(Buffer.from(raw)))?.bounces.map(({ recipient }) => recipient);

/** How a delivery-status part names a recipient. */
const fields: readonly (readonly [field: string, recipient: string])[] = [
  ['Final-Recipient: rfc822; ann@example.org', 'ann@example.org'],
  ['Final-Recipient: rfc822;<Ann@Example.org>', 'ann@example.org'],
  ['Final-Recipient: RFC822; ann@example.org (Ann Rossi)', 'ann@example.org'],
  ['Final-Recipient: utf-8; ann@example.org', 'ann@example.org'],
  ['Final-Recipient: utf-8; änn@example.org', 'änn@example.org'],
  ['Final-Recipient: LOCAL;<ann@example.org>', 'ann@example.org'],
  ['Final-Recipient: smtp; ann@example.org', 'ann@example.org'],
  ['Final-Recipient: ann@example.org', 'ann@example.org'],
  ['Final-Recipient: rfc822; mailto:ann@example.org', 'ann@example.org'],
  ['Final-Recipient: rfc822; "ann rossi"@example.org', '"ann rossi"@example.org'],
  ['Final-Recipient: rfc822; <"ann rossi"@example.org>', '"ann rossi"@example.org'],
  ["Final-Recipient: rfc822; o'hara@example.org", "o'hara@example.org"],
  ['Final-Recipient: rfc822; ann+club@example.org', 'ann+club@example.org'],
  ['Final-Recipient: rfc822; ann=x@example.org', 'ann=x@example.org'],
  ['Final-Recipient: rfc822; ann@[192.0.2.1]', 'ann@[192.0.2.1]'],
  [
    'Final-Recipient: x400; /G=Ann/S=Rossi/O=Club/C=IT/\nOriginal-Recipient: rfc822;ann@example.org',
    'ann@example.org',
  ],
  [
    'Final-Recipient: rfc822;IMCEAEX-_O=CLUB_CN=ANN@inner.example\nOriginal-Recipient: rfc822;ann@example.org',
    'ann@example.org',
  ],
  [
    'Original-Recipient: rfc822;ann@example.org\nFinal-Recipient: rfc822;anna.rossi@inner.example',
    'ann@example.org',
  ],
  ['Original-Recipient:\nFinal-Recipient: rfc822;ann@example.org', 'ann@example.org'],
  ['Original-Recipient: rfc822;unknown\nFinal-Recipient: rfc822;ann@example.org', 'ann@example.org'],
  [
    'Final-Recipient: rfc822; |/usr/bin/procmail\nX-Actual-Recipient: rfc822; ann@example.org',
    'ann@example.org',
  ],
  ['Final-Recipient: rfc822; ann', 'ann@example.org'],
  ['Final-Recipient: local; ann', 'ann@example.org'],
  ['Final-Recipient: rfc822;\n ann@example.org', 'ann@example.org'],
];

/** How a report's text names who was not reached. */
const texts: readonly (readonly [system: string, text: string, recipients: readonly string[]])[] = [
  [
    'Postfix',
    "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<ann@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1\n    <ann@example.org>: User unknown (in reply to RCPT TO command)\n",
    ['ann@example.org'],
  ],
  [
    'Postfix, to an alias',
    'Your message could not be delivered.\n\n<a.rossi@inner.example> (expanded from <ann@example.org>): user unknown\n',
    ['ann@example.org'],
  ],
  [
    'Postfix, to an alias, on two lines',
    'Your message could not be delivered.\n\n<a.rossi@inner.example>\n    (expanded from <ann@example.org>): host x said: 550 user unknown\n\n<bob@example.org>: mailbox full\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'Sendmail, to an alias',
    '   ----- The following addresses had permanent fatal errors -----\n<a.rossi@inner.example>\n    (reason: 550 5.1.1 User unknown)\n    (expanded from: <ann@example.org>)\n',
    ['ann@example.org'],
  ],
  [
    'Sendmail',
    '   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n<bob@example.org>\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<ann@example.org>\n<<< 550 5.1.1 <ann@example.org>... User unknown\n550 5.1.1 <ann@example.org>... User unknown\n550 5.1.1 <bob@example.org>... User unknown\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'several on one line',
    'Delivery to the following recipients failed.\n\n       ann@example.org, bob@example.org; carl@example.org\n',
    ['ann@example.org', 'bob@example.org', 'carl@example.org'],
  ],
  [
    'several on one line, in brackets',
    'The following recipients could not be reached: <ann@example.org>, <bob@example.org>\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'Exchange of old',
    "Your message\n\n  To:      Ann Rossi; Bob\n  Subject: News\n  Sent:    Thu, 29 Apr 2010\n\ndid not reach the following recipient(s):\n\n'ann@example.org' on Thu, 29 Apr 2010 12:00:00 +0200\n    The e-mail account does not exist at the organization this message was sent to.\n",
    ['ann@example.org'],
  ],
  [
    'Exchange of old, by a link',
    "Delivery has failed to these recipients or distribution lists:\n\nann@example.org<mailto:ann@example.org>\nThe recipient's e-mail address was not found in the recipient's e-mail system.\n",
    ['ann@example.org'],
  ],
  [
    'Exchange of today',
    "Your message to ann@example.org couldn't be delivered.\n\nann wasn't found at example.org.\n\nclub . . . Office 365 . . . ann\nAction Required . . . Recipient\n\nUnknown To address\n",
    ['ann@example.org'],
  ],
  [
    'Outlook, in Italian',
    "Recapito non riuscito per i seguenti destinatari o gruppi:\n\nann@example.org\nImpossibile trovare l'indirizzo di posta elettronica immesso.\n",
    ['ann@example.org'],
  ],
  [
    'Outlook, in German',
    'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nann@example.org\nDie eingegebene E-Mail-Adresse wurde nicht gefunden.\n',
    ['ann@example.org'],
  ],
  [
    'Outlook, in French',
    "Échec de la remise pour les destinataires ou groupes suivants :\n\nann@example.org\nL'adresse de messagerie que vous avez entrée est introuvable.\n",
    ['ann@example.org'],
  ],
  [
    'Outlook, in Spanish',
    'No se pudo entregar el mensaje a los siguientes destinatarios o grupos:\n\nann@example.org\nNo se encontró la dirección de correo electrónico que especificó.\n',
    ['ann@example.org'],
  ],
  [
    'Gmail',
    "Address not found\n\nYour message wasn't delivered to ann@example.org because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account does not exist.\n",
    ['ann@example.org'],
  ],
  [
    'Courier',
    'This is a delivery status notification from mx.example.org.\n\nThe original message was received on Thu, 29 Apr 2010\n\n                    UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ann@example.org>:\n     User unknown.\n',
    ['ann@example.org'],
  ],
  [
    'GroupWise',
    'The message that you sent was undeliverable to the following:\n\tann@example.org (user not found)\n',
    ['ann@example.org'],
  ],
  [
    'GroupWise, by a name alone',
    'The message that you sent was undeliverable to the following:\n\tann (user not found)\n\nOriginal message\nFrom: club@studio.example\nTo: ann@example.org\nSubject: News\n',
    ['ann@example.org'],
  ],
  [
    'IMail',
    'Unknown user: ann@example.org\n\nOriginal message follows.\n\nReceived: from x\n',
    ['ann@example.org'],
  ],
  [
    'MDaemon',
    'The attached message had PERMANENT fatal delivery errors!\n\nFailed address: ann@example.org\n\n--- Session Transcript ---\n--> RCPT To:<ann@example.org>\n<-- 550 User unknown\n--- End Transcript ---\n',
    ['ann@example.org'],
  ],
  [
    'MailEnable',
    'MailEnable: Message could not be delivered to some recipients.\n\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:ann@example.org]\n\tReason: Remote SMTP Server Returned: 550 User unknown\n',
    ['ann@example.org'],
  ],
  [
    'Kerio',
    'Your message could not be delivered to the following recipients:\n\n ann@example.org\n    Recipient <ann@example.org> does not exist\n',
    ['ann@example.org'],
  ],
  [
    'Lotus',
    'Your message could not be delivered.\n\nUser: ann@example.org\nReason: not listed in the directory\n',
    ['ann@example.org'],
  ],
  [
    'whom to ask beside',
    'Your message to ann@example.org could not be delivered: user unknown.\nFor assistance, contact your postmaster: postmaster@help.example\nor write to support@help.example.\n',
    ['ann@example.org'],
  ],
  [
    'who sent it beside',
    'Message from: club@studio.example\nMessage to: ann@example.org\nThe message could not be delivered: user unknown\n',
    ['ann@example.org'],
  ],
  [
    'who sent it beside, in a table',
    'Sender:    club@studio.example\nRecipient: ann@example.org\nError:     550 user unknown\nThe message was not delivered.\n',
    ['ann@example.org'],
  ],
  [
    'with stars',
    'Your message was not delivered to the following recipients:\n\n  * ann@example.org\n  * bob@example.org\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'with numbers',
    'Your message was not delivered to the following recipients:\n\n1. ann@example.org - User unknown\n2. bob@example.org - Mailbox full\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'with a quoted name',
    'The following address failed:\n\n  "ann rossi"@example.org\n    Unrouteable address\n',
    ['"ann rossi"@example.org'],
  ],
  [
    'with a name before',
    'The following recipients were not reached:\n\nAnn Rossi <ann@example.org>\nBob <bob@example.org>\n',
    ['ann@example.org', 'bob@example.org'],
  ],
  [
    'an identifier of a message beside',
    'Message <c1.tok@studio.example> could not be delivered to <ann@example.org>.\nMessage-ID: <c1.tok@studio.example>\n',
    ['ann@example.org'],
  ],
];

describe('who was not reached', () => {
  it.each(fields)('by %j', async (field, recipient) => {
    expect(await recipients(report(field))).toEqual([recipient]);
  });

  it.each(texts)('by the text of %s', async (_, text, expected) => {
    expect(await recipients(plain(text))).toEqual(expected);
  });

  it('in a time that grows with the length of the text alone', async () => {
    const began = performance.now();
    for (const piece of ['ann@example.org, ', '<a@b.c> ', '"', '"a"@', 'a@b.c\n', '(expanded from: <a@b'])
      await recipients(plain(`The following address failed:\n${piece.repeat(100_000)}`));
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('by the field of Exim, though its text names another', async () => {
    const raw = plain(
      'The following address failed:\n  zoe@inner.example\n    Unrouteable address\n',
      'X-Failed-Recipients: ann@example.org,\n bob@example.org\n',
    );
    expect(await recipients(raw)).toEqual(['ann@example.org', 'bob@example.org']);
  });

  it('a name without a domain stays one where the message that came back was for others', async () => {
    const returned = 'From: club@studio.example\nTo: ann@example.org, ann@example.com\n\nHello';
    expect(await recipients(report('Final-Recipient: rfc822; ann', 'No.', returned))).toEqual(['ann']);
  });
});
