/** A message for a test, as a mail program writes it. */
export interface TestMail {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  /** RFC 5322. */
  date?: string;
  /** Without angle brackets; undefined leaves it out. */
  id?: string;
  inReplyTo?: string;
  headers?: string[];
  text?: string;
}

/** The bytes of a message, with CRLF. */
export function mail({
  from = 'Mario Rossi <mario@example.it>',
  to = 'info@acme.example',
  cc,
  subject = 'Buongiorno',
  date = 'Thu, 19 Nov 2026 09:00:00 +0100',
  id,
  inReplyTo,
  headers = [],
  text = 'Buongiorno',
}: TestMail): string {
  const lines = [
    ...headers,
    `From: ${from}`,
    `To: ${to}`,
    ...(cc === undefined ? [] : [`Cc: ${cc}`]),
    `Subject: ${subject}`,
    `Date: ${date}`,
    ...(id === undefined ? [] : [`Message-ID: <${id}>`]),
    ...(inReplyTo === undefined ? [] : [`In-Reply-To: <${inReplyTo}>`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
  ];
  return lines.join('\n').replace(/\n/g, '\r\n');
}

/** Messages as one mbox (mboxrd). */
export function mbox(mails: readonly string[]): string {
  return mails
    .map(
      (one) =>
        `From MAILER-DAEMON Thu Nov 19 08:00:00 2026\n${one.replace(/\r\n/g, '\n').replace(/^(>*From )/gm, '>$1')}\n`,
    )
    .join('');
}

/** A delivery report (RFC 3464) for a message that was sent to a recipient. */
export function bounceOf({
  to,
  recipient,
  messageId,
  status = '5.1.1',
  action = 'failed',
  said = '550 5.1.1 User unknown',
  id = `b${Math.abs(hash(`${recipient}${messageId}${status}`))}@mx.example.org`,
}: {
  to: string;
  recipient: string;
  messageId?: string;
  status?: string;
  action?: string;
  said?: string;
  id?: string;
}): string {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Date: Thu, 19 Nov 2026 10:00:00 +0100',
    `Message-ID: <${id}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    `I'm sorry: <${recipient}>: ${said}`,
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    '',
    ...(messageId === undefined
      ? []
      : ['--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, `To: ${recipient}`, '']),
    '--b--',
    '',
  ].join('\r\n');
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) | 0;
  return value;
}
