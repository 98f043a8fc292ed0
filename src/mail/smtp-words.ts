import { isUntrusted, type MailAccount, untrustedWords, withoutSecret } from './server-words.js';
import type { SmtpFailure } from './smtp-outcome.js';

/**
 * What went wrong with a mail server, in words that say what to do; the password never stands in them, also where the
 * server repeats it.
 */
export function smtpWords(failure: SmtpFailure, account: MailAccount): string {
  const { host, port, user } = account;
  const said = withoutSecret(failure.response ?? failure.message, account);
  const server = `${host}:${port}`;
  if (failure.code === 'EAUTH') return `${server} does not let ${user} in: ${said}`;
  if (failure.response === undefined && isUntrusted(failure.message)) return untrustedWords(server, said);
  if (failure.command === 'STARTTLS')
    return `${server} offers no encryption (STARTTLS), so the password of ${user} is not sent: ${said}`;
  return said;
}
