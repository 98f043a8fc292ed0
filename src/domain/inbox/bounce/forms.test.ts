import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../mail/parse-message.js';
import { readBounce } from './read-bounce.js';

/** Forms of reports without a delivery-status part; `%s` is what the server said, or why a system gave up. */
const forms: readonly (readonly [system: string, from: string, subject: string, text: string])[] = [
  [
    'qmail',
    'MAILER-DAEMON@mx.example.net',
    'failure notice',
    "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: %s\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <club@studio.example>\nReceived: from x\nTo: ann@example.org\n",
  ],
  [
    'Exim',
    'Mailer-Daemon@mx.example.net',
    'Mail delivery failed: returning message to sender',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.org\n    host mx.example.org [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<ann@example.org>:\n    %s\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <club@studio.example>\n',
  ],
  [
    'Postfix',
    'MAILER-DAEMON@mx.example.net',
    'Undelivered Mail Returned to Sender',
    "This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<ann@example.org>: host mx.example.org[192.0.2.1] said: %s\n    (in reply to RCPT TO command)\n",
  ],
  [
    'Sendmail',
    'MAILER-DAEMON@mx.example.net',
    'Returned mail: see transcript for details',
    'The original message was received at Thu, 29 Apr 2010 12:00:00 +0200\nfrom x [192.0.2.9]\n\n   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n    (reason: %s)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<ann@example.org>\n<<< %s\n\n   ----- Original message follows -----\n\nReceived: from x\n',
  ],
  [
    'Gmail of old',
    'mailer-daemon@googlemail.com',
    'Delivery Status Notification (Failure)',
    'Delivery to the following recipient failed permanently:\n\n     ann@example.org\n\nTechnical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain example.org by mx.example.org. [192.0.2.1].\n\nThe error that the other server returned was:\n%s (state 14)\n\n----- Original message -----\n\nDKIM-Signature: v=1\n',
  ],
  [
    'Yahoo',
    'MAILER-DAEMON@yahoo.com',
    'Failure Notice',
    'Sorry, we were unable to deliver your message to the following address.\n\n<ann@example.org>:\nRemote host said: %s [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\nReceived: from x\n',
  ],
  [
    'Courier',
    'postmaster@mx.example.net',
    'NOTICE: mail delivery status.',
    'This is a delivery status notification from mx.example.net,\nrunning the Courier mail server, version 0.65.2.\n\n\n                    UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ann@example.org>:\n    mx.example.org [192.0.2.1]:\n>>> RCPT TO:<ann@example.org>\n<<< %s\n\n---------------------------------------------------------------------------\n\nIf your message was also sent to additional recipients, their delivery\nstatus is not included in this report.\n',
  ],
  [
    'OpenSMTPD',
    'Mailer Daemon <MAILER-DAEMON@mx.example.net>',
    'Delivery status notification: error',
    '    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nann@example.org: %s (RCPT TO)\n\n    Below is a copy of the original message:\n\nReceived: from x\n',
  ],
  [
    'MailMarshal',
    'postmaster@mx.example.net',
    'Undeliverable Mail: "News"',
    'Your message:\n   From:    club@studio.example\n   Subject: News\n\nCould not be delivered because of\n\n%s (in reply to RCPT TO)\n\nThe following recipients were affected: \n    ann@example.org\n',
  ],
  [
    'InterScan',
    'MAILER-DAEMON@mx.example.net',
    'Mail could not be delivered',
    '****** Message from InterScan Messaging Security Suite ******\n\nSent <<< RCPT TO:<ann@example.org>\nReceived >>> %s\n\nUnable to deliver message to <ann@example.org> \n\n************************     End of message     **********************\n',
  ],
  [
    'MDaemon',
    'MDaemon@mx.example.net',
    'Permanent Delivery Failure',
    'The attached message had PERMANENT fatal delivery errors!\n\nFailed address: ann@example.org\n\n--- Session Transcript ---\n Thu 2010-04-29 12:00:00: --> RCPT To:<ann@example.org>\n Thu 2010-04-29 12:00:00: <-- %s\n--- End Transcript ---\n',
  ],
  [
    'a gateway',
    'postmaster@mx.example.net',
    'Mail delivery failed',
    'The message to ann@example.org could not be delivered.\nThe server answered after RCPT TO: %s\n',
  ],
];

/** What the server said, and whether nobody is there. */
const answers: readonly (readonly [said: string, hard: boolean])[] = [
  ['550 5.1.1 User unknown', true],
  ['550 No such user here', true],
  ['550 Mailbox not found', true],
  ['553 Invalid recipient', true],
  ['550 5.1.6 recipient no longer on server', true],
  ['550 5.1.2 Domain not found', true],
  ['552 5.2.2 Mailbox full', false],
  ['550 user is over quota', false],
  ['550 5.2.1 Mailbox disabled', false],
  ['550 account suspended', false],
  ['554 5.7.1 Client host blocked using zen.spamhaus.org', false],
  ['550 5.7.1 Sender address rejected: Domain not found', false],
  ['550 Message rejected as spam', false],
  ['550 5.7.1 Relaying denied', false],
  ['552 5.3.4 Message too large', false],
  ['550 5.7.26 Unauthenticated mail is not accepted due to the DMARC policy', false],
  ['451 4.7.1 Greylisted, try again later', false],
  ['421 Too many connections', false],
  ['550 Access denied by policy', false],
];

describe.each(forms)('a report of %s', (_, from, subject, text) => {
  it.each(answers)('that says %s', async (said, hard) => {
    const raw = `Return-Path: <>\nFrom: ${from}\nTo: bounces+tok@studio.example\nSubject: ${subject}\n\n${text.replaceAll('%s', said)}`;
    const found = readBounce(await parseMessage(Buffer.from(raw)));
    expect(found?.bounces.map((bounce) => [bounce.recipient, bounce.hard])).toEqual([
      ['ann@example.org', hard],
    ]);
  });
});
