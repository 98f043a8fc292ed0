import { ItacaError } from '../../domain/error.js';
import { isUntrusted, type MailAccount, untrustedWords, withoutSecret } from '../server-words.js';

/** What imapflow tells of a failure. */
export interface ImapFailure extends Error {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  mailboxMissing?: boolean;
  /** `NO` or `BAD`, where the server answered so. */
  responseStatus?: string;
  responseText?: string;
  serverResponseCode?: string;
  /** What the server answered to a login. */
  response?: unknown;
  reason?: string;
}

/** Whether the server answered, and would answer the same again; else the connection is what failed. */
export function isAnswer(error: unknown): error is ImapFailure {
  const { responseStatus, authenticationFailed, mailboxMissing, tlsFailed, code, message } =
    error as ImapFailure;
  if (error instanceof ItacaError) return true;
  // What is sent too large, or cannot be understood, comes again as well.
  const isBroken = /^(?:Parser|MAX_IMAP|LineToo|LiteralToo|ResponseToo|TooMany|Invalid|STARTTLS_)/.test(
    code ?? '',
  );
  const isFinal = [responseStatus, authenticationFailed, mailboxMissing, tlsFailed].some(Boolean);
  return isFinal || isBroken || isUntrusted(message);
}

/**
 * What went wrong with a mail server, as an error that says what to do; no password stands in it.
 * @param source its name in `inbox.sources`
 */
export function imapError(cause: unknown, source: string, account: MailAccount): ItacaError {
  if (cause instanceof ItacaError) return cause;
  const failure = cause as ImapFailure;
  const answer = typeof failure.response === 'string' ? failure.response : undefined;
  const text = failure.responseText ?? answer ?? failure.reason ?? failure.message;
  const said = withoutSecret(oneLine(text), account);
  const { host, port, user } = account;
  const server = `${host}:${port}`;
  const refused = (message: string, hint?: string) =>
    new ItacaError('refused', `${source}: ${message}`, { path: 'itaca.yaml', ...(hint ? { hint } : {}) });
  if (failure.authenticationFailed)
    return refused(
      `${server} does not let ${user} in: ${said}`,
      `look at inbox.sources.${source}.imap, and at the password`,
    );
  if (isUntrusted(failure.message)) return refused(untrustedWords(server, said));
  if (failure.tlsFailed)
    return refused(
      `${server} offers no encryption (STARTTLS), so the password of ${user} is not sent: ${said}`,
    );
  if (failure.code === 'CONNECT_TIMEOUT' || failure.code === 'GREETING_TIMEOUT')
    return refused(`${server} does not answer`, 'pull again later');
  return refused(`${server}: ${said}`);
}

/** What a stranger's server says may be long. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
