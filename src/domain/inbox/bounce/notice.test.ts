import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../mail/parse-message.js';
import { readBounce } from './read-bounce.js';

/** Reports without a delivery-status part, in the form of systems that write such: from, subject, text, and who was not reached. */
const reports: readonly [
  system: string,
  from: string,
  subject: string,
  text: string,
  bounces: [string, boolean][],
][] = [
  [
    'MailMarshal',
    'postmaster@mx.example.org',
    'Undeliverable Mail: "News"',
    'Your message:\n   From:    club@studio.example\n   Subject: News\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    ann@example.org\n    bob@example.org\n',
    [
      ['ann@example.org', true],
      ['bob@example.org', true],
    ],
  ],
  [
    'InterScan',
    'MAILER-DAEMON@mx.example.org',
    'Mail could not be delivered',
    'Sent >>> RCPT TO: <ann@example.org>\nReceived <<< 550 5.1.1 unknown user <ann@example.org>\n\nUnable to deliver message to <ann@example.org>\n\n************* Original message follows *****\nFrom: club@studio.example\nTo: x@y.z\nSubject: News',
    [['ann@example.org', true]],
  ],
  [
    'SurfControl',
    'postmaster@mx.example.org',
    'Message non-deliverable',
    'Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number of attempts made: 1\nAddressed To: ann@example.org\n\nThu, 29 Apr 2010\nFailed to send to identified host,\nann@example.org: [192.0.2.1], 550 5.1.1 <ann@example.org>... User unknown\n--- Message non-deliverable.',
    [['ann@example.org', true]],
  ],
  [
    'Notes',
    'postmaster@mx.example.org',
    'DELIVERY FAILURE: News',
    '------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nann@example.org\n\n------- Returned Message --------\n\nReceived: from x\nTo: y@z.a',
    [['ann@example.org', true]],
  ],
  [
    'James',
    'postmaster@mx.example.org',
    'Re: News',
    "Hi. This is the James mail server at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out. Below\nI include the list of recipients and the reason why I was unable to deliver\nyour message.\n\nFailed recipient(s):\nann@example.org\n\nError message:\nOver quota\n",
    [['ann@example.org', false]],
  ],
  [
    '1&1',
    'mailer-daemon@kundenserver.example',
    'Mail delivery failed: returning message to sender',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following address\nfailed:\n\nann@example.org:\nhost not found\n\n--- The header of the original message is following. ---\n\nReceived: from x\nTo: other@example.org',
    [['ann@example.org', true]],
  ],
  [
    'Yahoo',
    'MAILER-DAEMON@yahoo.com',
    'Failure Notice',
    'Sorry, we were unable to deliver your message to the following address.\n\n<ann@example.org>:\nRemote host said: 550 5.2.2 <ann@example.org>... Mailbox Full [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\nReceived: from x',
    [['ann@example.org', false]],
  ],
  [
    'vpopmail',
    'MAILER-DAEMON@mx.example.org',
    'failure notice',
    "Hi. This is the qmail-send program at mx.example.org.\n\n<ann@example.org>:\nSorry, no mailbox here by that name. vpopmail (#5.1.1)\n\n<bob@example.org>:\nuser is over quota\n\n<carl@nowhere.example>:\nSorry, I couldn't find any host named nowhere.example. (#5.1.2)\n\n--- Below this line is a copy of the message.",
    [
      ['ann@example.org', true],
      ['bob@example.org', false],
      ['carl@nowhere.example', true],
    ],
  ],
  [
    'Exim, after days',
    'Mailer-Daemon@mx.example.org',
    'Mail delivery failed: returning message to sender',
    'A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.org\n    retry timeout exceeded\n',
    [['ann@example.org', false]],
  ],
  [
    'a gateway in Italian',
    'postmaster@mx.example.it',
    'Mancata consegna: Novità',
    'Il messaggio inviato a ann@example.it non è stato recapitato.\nMotivo: utente sconosciuto\n',
    [['ann@example.it', true]],
  ],
  [
    'a gateway in German',
    'postmaster@mx.example.de',
    'Unzustellbar: Neues',
    'Ihre Nachricht konnte nicht zugestellt werden an:\n\n  ann@example.de\n\nDas Postfach ist voll.\n',
    [['ann@example.de', false]],
  ],
  [
    'a gateway in Japanese',
    'postmaster@mx.example.jp',
    '送信エラー',
    '以下のメールアドレスへの送信に失敗しました。\nann@example.jp\nメールアドレスが存在しません。\n',
    [['ann@example.jp', true]],
  ],
];

describe('a report in words', () => {
  it.each(reports)('of %s', async (_, from, subject, text, bounces) => {
    const raw = `Return-Path: <>\nFrom: ${from}\nTo: bounces+tok@studio.example\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${text}`;
    const found = readBounce(await parseMessage(Buffer.from(raw)));
    expect(found?.bounces.map(({ recipient, hard }) => [recipient, hard])).toEqual(bounces);
  });
});
