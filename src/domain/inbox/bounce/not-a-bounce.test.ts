import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../mail/parse-message.js';
import { classifyMessage } from '../classify.js';

/** Messages that talk of deliveries, or come from systems of mail, and report none that failed. */
const messages: readonly (readonly [
  what: string,
  from: string,
  subject: string,
  text: string,
  fields?: string,
])[] = [
  [
    'a person whose mail came back',
    'Ann <ann@example.org>',
    'Mail delivery failed?',
    'Hello,\nI wrote to you on Monday and it came back: "550 5.1.1 User unknown". Is info@studio.example still right?\nAnn',
  ],
  [
    'a person who forwards a report',
    'Ann <ann@example.org>',
    'Fwd: Undelivered Mail Returned to Sender',
    'See below, what am I to do?\n\n---------- Forwarded message ----------\nFrom: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail Returned to Sender\n\nYour message could not be delivered to one or more recipients.\n\n<info@studio.example>: User unknown\n',
  ],
  [
    'a person who quotes a report',
    'Ann <ann@example.org>',
    'Re: Order 12',
    '> The following address failed:\n> info@studio.example\n> mailbox is full\n\nYour mailbox is full, please clear it. I still want the book.',
    'In-Reply-To: <x@example.org>\n',
  ],
  [
    'a person who answers a report',
    'Ann <ann@example.org>',
    'Re: Undeliverable: News',
    'I am here again, the mailbox was full. Send it once more.',
    'In-Reply-To: <x@mx.example.org>\n',
  ],
  [
    'a person who complains',
    'Ann <ann@example.org>',
    'Your mails do not arrive',
    'This is the third message that was returned to me as undeliverable. I want my money back.',
  ],
  [
    'a parcel',
    'Ann <ann@example.org>',
    'Undeliverable parcel',
    'The courier says that the parcel could not be delivered to me as the address is unknown. I was at home!',
  ],
  [
    'a parcel, of the carrier',
    'DHL <noreply@carrier.example>',
    'Delivery failed: your parcel 12',
    'We were unable to deliver your parcel today. The delivery has failed as nobody was there. It will be returned to the sender.',
  ],
  [
    'a parcel, in Italian',
    'Ann <ann@example.it>',
    'Mancata consegna',
    'Il pacco non è stato consegnato. Indirizzo sconosciuto, dicono. Lo rivoglio.',
  ],
  [
    'a parcel, in German',
    'Ann <ann@example.de>',
    'Paket unzustellbar',
    'Das Paket konnte nicht zugestellt werden, Empfänger unbekannt. Bitte noch einmal senden.',
  ],
  [
    'a parcel, of a shop',
    'orders@shop.example',
    'Delivery delayed',
    'Your delivery has been delayed. We will try again tomorrow.',
    'Auto-Submitted: auto-generated\n',
  ],
  [
    'who has left',
    'Carl <carl@example.org>',
    'Automatic reply: News',
    'Your message was not delivered to Carl as he left the company. Please write to ann@example.org.',
    'Auto-Submitted: auto-replied\nIn-Reply-To: <c1@studio.example>\n',
  ],
  [
    'who is away',
    'Carl <carl@example.org>',
    'Out of office: News',
    'I am away until Monday. Your message will not be forwarded. In urgent cases write to ann@example.org',
    'Auto-Submitted: auto-replied\nReturn-Path: <>\nIn-Reply-To: <c1@studio.example>\n',
  ],
  [
    'who has another address',
    'Carl <carl@example.org>',
    'Re: News',
    'This mailbox is no longer in use. Your message was not read. My new address is carl@new.example.',
    'Auto-Submitted: auto-replied\nIn-Reply-To: <c1@studio.example>\n',
  ],
  [
    'who has another address, in Italian',
    'Carlo <carlo@example.it>',
    'Risposta automatica: Novità',
    'Questo indirizzo non è più attivo. Il messaggio non è stato recapitato a nessuno. Scrivere a ann@example.it',
    'Auto-Submitted: auto-replied\nReturn-Path: <>\nIn-Reply-To: <c1@studio.example>\n',
  ],
  [
    'a list that waits for its owner',
    'club-bounces@lists.example.org',
    'Your message to Club awaits moderator approval',
    "Your mail to 'Club' with the subject\n\n    News\n\nIs being held until the list moderator can review it for approval.\n\nThe reason it is being held:\n\n    Post by non-member to a members-only list\n\nEither the message will get posted to the list, or you will receive\nnotification of the moderator's decision.",
    'Precedence: bulk\nList-Id: <club.lists.example.org>\nX-List-Administrivia: yes\n',
  ],
  [
    'a list that waits for its owner, from its owner',
    'club-owner@lists.example.org',
    'Your message to club@lists.example.org',
    'Your message to the list was received and is waiting for approval by a moderator.',
    'Auto-Submitted: auto-replied\n',
  ],
  [
    'a list that asks its owner',
    'club-owner@lists.example.org',
    '1 Club moderator request(s) waiting',
    'The Club@lists.example.org mailing list has 1 request(s) waiting for your consideration.\n\nPending posts:\nFrom: ann@example.org\nSubject: failure notice\nCause: Message was not delivered, posted by a non-member',
    'List-Id: <club.lists.example.org>\n',
  ],
  [
    'a list that tells of bounces of others',
    'club-bounces@lists.example.org',
    'Bounce action notification',
    'This is a Mailman mailing list bounce action notice:\n\n    List:       Club\n    Member:     bob@example.org\n    Action:     Subscription disabled.\n    Reason:     Excessive or fatal bounces.',
    'Auto-Submitted: auto-generated\nList-Id: <club.lists.example.org>\n',
  ],
  [
    'a notice of reading',
    'Ann <ann@example.org>',
    'Read: News',
    'Your message\n\n  To: Ann\n  Subject: News\n\nwas read on Monday.',
    'Return-Path: <>\nIn-Reply-To: <c1@studio.example>\nAuto-Submitted: auto-replied\n',
  ],
  [
    'a notice that nobody read',
    'Ann <ann@example.org>',
    'Not read: News',
    'Your message\n\n  To: Ann\n  Subject: News\n\nwas deleted without being read on Monday.',
    'Return-Path: <>\nIn-Reply-To: <c1@studio.example>\nAuto-Submitted: auto-replied\n',
  ],
  [
    'a message called back',
    'Ann <ann@example.org>',
    'Recall: News',
    'Ann Rossi would like to recall the message, "News".',
  ],
  [
    'a message called back, how it went',
    'Ann <ann@example.org>',
    'Message Recall Failure: News',
    'Your message\n\nTo: club\nSubject: News\n\ncould not be recalled on Monday.',
    'In-Reply-To: <c1@studio.example>\n',
  ],
  [
    'an invitation declined',
    'Ann <ann@example.org>',
    'Declined: Evening of the club',
    'Ann Rossi has declined this invitation.',
  ],
  [
    'an invitation that failed to go out, as a person says',
    'Ann <ann@example.org>',
    'Re: Evening of the club',
    'Sorry, your invitation was rejected by my calendar: not found. I will come.',
    'In-Reply-To: <c1@studio.example>\n',
  ],
  [
    'a report of DMARC',
    'noreply-dmarc-support@google.example',
    'Report domain: studio.example Submitter: google.example Report-ID: 12',
    'This is an aggregate report of messages that failed authentication and were rejected.',
  ],
  [
    'a report of DMARC, from a postmaster',
    'postmaster@example.org',
    'DMARC aggregate report for studio.example',
    'Find attached the report. 3 messages were rejected by policy.',
  ],
  [
    'a report of TLS',
    'postmaster@example.org',
    'Report Domain: studio.example Submitter: example.org Report-ID: <2026.1>',
    'This is an aggregate TLS report from example.org',
  ],
  [
    'a list of what was held back as spam',
    'quarantine@messaging.example',
    'Spam Quarantine Notification',
    'The messages below were held in your quarantine as they look like spam:\n\nFrom: bob@example.org  Subject: Undelivered Mail\nFrom: eve@example.org Subject: Cheap\n\nRelease',
  ],
  [
    'a list of what was held back as spam, from a postmaster',
    'postmaster@studio.example',
    'Quarantine summary: 2 new messages',
    'These messages were blocked and not delivered to your inbox:\n\neve@example.org  Cheap\nbob@example.org  Failure notice\n',
  ],
  [
    'a notice of a virus to who was to get it',
    'virus-alert@studio.example',
    'VIRUS IN MAIL FOR YOU',
    'A virus was found in a message to you from eve@example.org. The message was not delivered and is held in quarantine.',
  ],
  [
    'a mail of cron',
    'Cron Daemon <root@host.studio.example>',
    'Cron <root@host> /usr/local/bin/backup',
    'rsync: connection failed: Connection timed out (110)\nbackup failed: error in socket IO',
  ],
  [
    'a mail of a monitor',
    'nagios@host.studio.example',
    '** PROBLEM Service Alert: mx/SMTP is CRITICAL **',
    'Service: SMTP\nState: CRITICAL\nAdditional Info: Connection refused. Mail queue: 30 messages could not be delivered.',
  ],
  [
    'a mail of a build',
    'builds@ci.example',
    'Failed: club/site (main)',
    'Your build failed. The message of the last commit: "Fix delivery failure notices".',
  ],
  [
    'a bank',
    'noreply@bank.example',
    'Payment failed',
    'Your payment could not be completed. The account is closed or the recipient is unknown.',
  ],
  [
    'a newsletter about deliverability',
    'News <news@deliver.example>',
    'Why messages are undeliverable',
    'Hard bounces: user unknown. Soft bounces: mailbox full.\n\nTo unsubscribe click here',
    'List-Unsubscribe: <mailto:u@deliver.example>\nPrecedence: bulk\n',
  ],
  [
    'a ticket that was opened',
    'Support <support@example.org>',
    '[#12] Undelivered mail to ann@example.org',
    'We received your request and opened ticket 12.\n\n> Mail to ann@example.org bounces: 550 user unknown',
    'Auto-Submitted: auto-replied\n',
  ],
  [
    'an administrator who explains',
    'Bob <bob@example.org>',
    'Re: failure notice',
    'Our server rejected your message because your domain has no SPF record. Fix it and try again.\nBob, postmaster of example.org',
    'In-Reply-To: <x@example.org>\n',
  ],
  [
    'a member who resigns',
    'Ann <ann@example.org>',
    'No more mail',
    'My mailbox is always full because of you. Please remove me, do not deliver anything to me any more.',
  ],
  [
    'a postmaster who writes himself',
    'Postmaster <postmaster@example.org>',
    'Welcome',
    'Your new mailbox club@example.org is ready. Questions: write to help@example.org.',
  ],
  [
    'a postmaster who warns of a full mailbox',
    'postmaster@studio.example',
    'Your mailbox is almost full',
    'Your mailbox club@studio.example uses 95 % of its quota. Please delete some messages, so that new mail can be delivered.',
  ],
  [
    'a deceiver',
    'Mail Admin <admin@evil.example>',
    'You have 5 undelivered messages',
    'Five messages for club@studio.example could not be delivered to your inbox. Click here to release them: http://evil.example',
  ],
  [
    'an answer of a help desk',
    'Ann <ann@example.org>',
    'RE: delivery problem',
    'I have the same problem since Monday, I get "Delivery Status Notification (Failure)" for each mail I send you.',
    'In-Reply-To: <x@example.org>\n',
  ],
  [
    'a digest of its own postmaster',
    'postmaster@studio.example',
    'Quarantine digest',
    'The following messages were not delivered to your mailbox because they look like spam:\n\n<eve@evil.example> Cheap pills\n<bob@example.org> News\n',
  ],
  [
    'a digest of a mail system',
    'MAILER-DAEMON@studio.example',
    'Spam report',
    'These messages could not be delivered to your inbox and are held in your quarantine:\n\neve@evil.example: Cheap\n',
    'Return-Path: <>\n',
  ],
  [
    'a report of success in words',
    'MAILER-DAEMON@mx.example.org',
    'Delivery Status Notification (Success)',
    'Your message was successfully delivered to the following recipients:\n\n  ann@example.org\n',
    'Return-Path: <>\n',
  ],
  [
    'a report of relaying in words',
    'postmaster@mx.example.org',
    'Delivery report',
    'Your message was successfully relayed to the following recipients, but the destination may not send delivery notifications:\n\n<ann@example.org>\n',
    'Return-Path: <>\n',
  ],
  [
    'a moderator who refuses',
    'club-bounces@lists.example.org',
    'Request to mailing list Club rejected',
    'Your request to the Club mailing list\n\n    Posting of your message titled "News"\n\nhas been rejected by the list moderator.  The moderator gave the\nfollowing reason for rejecting your request:\n\n"Too long"\n',
    'List-Id: <club.lists.example.org>\nPrecedence: bulk\n',
  ],
  [
    'a system that asks for a proof',
    'postmaster@guard.example',
    'Your message to ann@example.org needs verification',
    'Your message was not delivered yet. To have it delivered, please click here to confirm that you are a real person:\nhttps://guard.example/c/1\n',
    'Return-Path: <>\nAuto-Submitted: auto-replied\n',
  ],
  [
    'a postmaster who announces',
    'postmaster@example.org',
    'Maintenance on Sunday',
    'On Sunday between 2 and 4 mail cannot be delivered. Messages will be kept and are delivered afterwards.',
  ],
  [
    'a mailbox that is to be closed',
    'postmaster@studio.example',
    'Mailbox expires',
    'Your mailbox club@studio.example expires in 7 days. After that messages to it will be returned to the sender.',
  ],
];

describe('what is no report of a delivery', () => {
  it.each(messages)('%s', async (_, from, subject, text, fields = '') => {
    const raw = `From: ${from}\nTo: club@studio.example\nSubject: ${subject}\n${fields}Content-Type: text/plain; charset=utf-8\n\n${text}`;
    const { kind, why } = classifyMessage(await parseMessage(Buffer.from(raw)));
    expect(['bounce', 'delayed'], why).not.toContain(kind);
  });

  it('by a person who attaches the message that came back', async () => {
    const raw = `From: Ann <ann@example.org>\nTo: club@studio.example\nSubject: came back\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWhat is this? It says that my message could not be delivered.\n--b\nContent-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail Returned to Sender\n\n<info@studio.example>: User unknown\n--b--`;
    expect(classifyMessage(await parseMessage(Buffer.from(raw))).kind).toBe('person');
  });
});
