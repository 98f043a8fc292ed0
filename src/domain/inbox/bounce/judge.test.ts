import { describe, expect, it } from 'vitest';
import { judge } from './judge.js';

/** Wording of the common systems: what they say, the report's status where it has one, and what it means. */
const said: readonly [diagnostic: string, reason: string, status?: string][] = [
  [
    '550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in local recipient table',
    'user_unknown',
    '5.1.1',
  ],
  [
    '550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in virtual alias table',
    'user_unknown',
  ],
  [
    '550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking',
    'user_unknown',
  ],
  ['550 No such user here (in reply to RCPT TO command)', 'user_unknown', '5.0.0'],
  ['550 Unrouteable address', 'host_unknown', '5.0.0'],
  ['Unrouteable address', 'host_unknown'],
  [
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'user_unknown',
    '5.1.10',
  ],
  ['550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found', 'user_unknown', '5.1.1'],
  ['550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'user_unknown', '5.4.1'],
  [
    '550 5.4.1 [ann@example.org]: Recipient address rejected: Access denied [x.protection.outlook.com]',
    'user_unknown',
    '5.4.1',
  ],
  [
    "554 delivery error: dd This user doesn't have a yahoo.com account (ann@yahoo.com) [-9]",
    'user_unknown',
    '5.0.0',
  ],
  ['552 1 Requested mail action aborted, mailbox not found (in reply to RCPT TO)', 'user_unknown', '5.0.0'],
  ['User not listed in public Name & Address Book', 'user_unknown'],
  ['User ann (ann@example.org) not listed in Domino Directory', 'user_unknown'],
  ['Several matches found in Domino Directory', 'user_unknown'],
  ['The recipient name is not recognized', 'user_unknown'],
  ['unknown or illegal alias: ann@example.org', 'user_unknown'],
  ['This address no longer accepts mail.', 'user_unknown', '5.1.1'],
  ['sorry, no mailbox here by that name. (#5.1.1)', 'user_unknown'],
  ["Sorry, I couldn't find any mailbox here by that name", 'user_unknown'],
  ['550 Invalid recipient ann@example.org (in reply to RCPT TO)', 'user_unknown'],
  ['550 5.1.1 unknown or illegal user: ann@example.org', 'user_unknown'],
  ['550 5.1.6 recipient no longer on server: ann@example.org', 'moved', '5.1.6'],
  ['550 #5.1.0 Address rejected.', 'user_unknown'],
  ['5.1.1 - ACME Pec S.p.A. - indirizzo non valido', 'user_unknown'],
  ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416', 'user_unknown'],
  ['Der Empfänger ist unbekannt', 'user_unknown'],
  ["L'adresse du destinataire est introuvable", 'user_unknown'],
  ['mailbox unavailable', 'filtered'],
  ['550 Requested action not taken: mailbox unavailable', 'filtered'],
  [
    '550 5.5.0 Requested action not taken: mailbox unavailable (in reply to RCPT TO command)',
    'user_unknown',
    '5.5.0',
  ],
  ['550 Host unknown', 'host_unknown', '5.1.2'],
  [
    'Host or domain name not found. Name service error for name=example.org type=A: Host not found',
    'host_unknown',
    '5.4.4',
  ],
  ["Sorry, I couldn't find any host named example.org. (#5.1.2)", 'host_unknown'],
  ['all relevant MX records point to non-existent hosts', 'host_unknown'],
  ['an MX or SRV record indicated no SMTP service', 'not_accepting'],
  ['Domain example.org does not accept mail (nullMX)', 'not_accepting', '5.1.10'],
  ['554 The domain example.org does not accept mail', 'not_accepting'],
  ['Illegal host/domain name found', 'host_unknown', '5.4.4'],
  [
    '550 5.4.310 DNS domain example.org does not exist [Message=InfoDomainNonexistent]',
    'host_unknown',
    '5.4.310',
  ],
  ['551 User not local; please try <ann@example.com>', 'moved'],
  ['550 5.1.6 Address has changed to ann@example.com', 'moved', '5.1.6'],
  ['452 4.2.2 The email account that you tried to reach is over quota', 'mailbox_full', '4.2.2'],
  ['552-5.2.2 The email account that you tried to reach is over quota and inactive', 'mailbox_full'],
  ['550 5.1.1 <ann@example.org>: mailbox full', 'mailbox_full', '5.1.1'],
  ['maildir delivery failed: error writing message: Disk quota exceeded', 'mailbox_full', '5.2.2'],
  ['552 Requested mail action aborted: exceeded storage allocation', 'mailbox_full'],
  ['mailbox is full: retry timeout exceeded', 'mailbox_full'],
  ['554 5.2.2 mailbox full;STOREDRV.Deliver.Exception:QuotaExceededException', 'mailbox_full'],
  ['La casella di posta del destinatario è piena', 'mailbox_full'],
  ['552 5.3.4 Message size exceeds fixed limit', 'too_big', '5.3.4'],
  ['552 message too large', 'too_big'],
  [
    '554 delivery error: dd Sorry your message to ann@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102]',
    'suspended',
  ],
  ['550 5.2.1 The email account that you tried to reach is disabled', 'suspended', '5.2.1'],
  ['550 5.2.1 <ann@example.org>... Mailbox disabled, not accepting messages', 'suspended'],
  ['550 User suspended', 'suspended'],
  [
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    'blocked',
    '5.7.1',
  ],
  [
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150)",
    'blocked',
    '5.7.1',
  ],
  ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'blocked', '5.7.606'],
  [
    '553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus',
    'blocked',
  ],
  ['450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]', 'blocked', '4.7.25'],
  [
    "550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy",
    'authentication',
    '5.7.26',
  ],
  [
    '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
    'authentication',
    '5.7.23',
  ],
  [
    '554 5.7.1 This message has been rejected due to content judged to be spam by the internet community',
    'spam',
  ],
  ['550 High probability of spam', 'spam'],
  ['554 5.7.1 Message rejected: contains a virus', 'virus'],
  ['554 5.7.1 <ann@example.org>: Relay access denied', 'not_permitted', '5.7.1'],
  ['550 5.7.1 Unable to relay', 'not_permitted', '5.7.1'],
  ['550 5.7.1 RESOLVER.RST.AuthRequired; authentication required', 'not_permitted', '5.7.1'],
  ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required', 'not_permitted'],
  ["sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'not_permitted'],
  ['421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints', 'rate', '4.7.0'],
  ['450 4.2.0 <ann@example.org>: Recipient address rejected: Greylisted', 'rate', '4.2.0'],
  ['421 too many connections from your host', 'rate'],
  ['550 5.1.8 Sender address rejected: Domain not found', 'rejected', '5.1.8'],
  ['553 sorry, your envelope sender domain must exist (#5.7.1)', 'rejected'],
  ['550 5.1.0 <bounce@example.org> sender rejected. AUP#In-1310', 'rejected', '5.1.0'],
  ['connect to mx.example.org[192.0.2.1]:25: Connection timed out', 'expired', '4.4.1'],
  ['connect to mx.example.org[192.0.2.1]:25: Connection refused', 'expired', '4.4.1'],
  ['retry timeout exceeded', 'expired'],
  ['#4.4.7 delivery time expired', 'expired', '4.4.7'],
  ['Message expired after 4 days in the queue', 'expired'],
  ['554 5.4.6 Hop count exceeded - possible mail loop', 'network', '5.4.6'],
  ['554 5.4.14 Hop count exceeded - possible mail loop ATTR34', 'network', '5.4.14'],
  ['mail for example.org loops back to myself', 'network', '5.4.6'],
  [
    "can't create user output file. Command output: procmail: Couldn't create /var/mail/ann",
    'system',
    '5.2.0',
  ],
  ['451 4.3.0 Temporary lookup failure', 'system', '4.3.0'],
  ['554 5.6.0 Message contains invalid header', 'content', '5.6.0'],
  [
    'host mx.example.org[192.0.2.1] said: 550 Unknown user (in reply to end of DATA command)',
    'filtered',
    '5.0.0',
  ],
  ['550 : User unknown (in reply to end of DATA command)', 'filtered', '5.0.0'],
  [
    "5.1.0 - Unknown address error 550-'5.7.1 <ann@example.org>... Access denied' (delivery attempts: 0)",
    'policy',
    '5.0.0',
  ],
  [
    'Error message below: 550 - no such user here Message details: MAIL FROM: club@studio.example RCPT TO: ann@example.org',
    'filtered',
  ],
  ['--> RCPT To:<ann@example.org> <-- 550 no such user', 'user_unknown'],
  ['550 RCPT TO:<ann@example.org> User unknown', 'user_unknown'],
  ['550 User unknown [RCPT_TO]', 'user_unknown'],
  [
    'The error that the other server returned was: 550 550 Unknown user ann@example.org (state 14).',
    'user_unknown',
  ],
  [
    'The error that the other server returned was: 550 550 Unknown user ann@example.org (state 18).',
    'filtered',
  ],
  ["The message could not be delivered because the user's mailfolder is full.", 'mailbox_full'],
  ['Mail size limit exceeded.', 'too_big'],
  ['', 'other'],
];

const nobody = new Set(['user_unknown', 'host_unknown', 'moved', 'not_accepting']);

describe('what a server says', () => {
  it.each(said)('%s is %s', (diagnostic, reason, status) => {
    expect(judge({ diagnostic, ...(status === undefined ? {} : { status }) })).toMatchObject({
      reason,
      hard: nobody.has(reason),
    });
  });

  it('in the fourth class may pass, but for a name that is not known', () => {
    expect(judge({ diagnostic: '450 4.1.1 User unknown', status: '4.1.1' })).toEqual({
      reason: 'user_unknown',
      hard: true,
      status: '4.1.1',
    });
    expect(judge({ diagnostic: '451 4.4.0 Host not found', status: '4.4.0' })).toMatchObject({
      reason: 'host_unknown',
      hard: false,
    });
  });

  it('counts before what its address says', () => {
    expect(judge({ diagnostic: '550 5.1.1 <mailbox-full@spam.example.org> unknown user' }).reason).toBe(
      'user_unknown',
    );
  });

  it('takes a time that grows with its length alone', () => {
    const began = performance.now();
    for (const piece of [
      'user ',
      'no such ',
      '<',
      'domain ',
      'a@b ',
      'account has been ',
      '550 ',
      '5.1.',
      '>>> rcpt ',
    ])
      judge({ diagnostic: piece.repeat(500_000), notice: piece.repeat(500_000) });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
