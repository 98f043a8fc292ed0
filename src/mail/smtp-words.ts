import type { SmtpFailure } from './smtp-outcome.js';

/** Whom a mail server was spoken to as. */
export interface SmtpAccount {
  host: string;
  port: number;
  user?: string | undefined;
  password?: string | undefined;
}

/**
 * What went wrong with a mail server, in words that say what to do; the password never stands in them, also where the
 * server repeats it.
 */
export function smtpWords(failure: SmtpFailure, account: SmtpAccount): string {
  const { host, port, user } = account;
  const said = withoutSecret(failure.response ?? failure.message, account);
  const server = `${host}:${port}`;
  if (failure.code === 'EAUTH') return `${server} does not let ${user} in: ${said}`;
  if (isUntrusted(failure)) {
    return `the certificate of ${server} is not trusted: ${said}; where it is signed by an authority of your own, name its certificate in NODE_EXTRA_CA_CERTS`;
  }
  if (failure.command === 'STARTTLS')
    return `${server} offers no encryption (STARTTLS), so the password of ${user} is not sent: ${said}`;
  return said;
}

/** What OpenSSL and Node say of a certificate that they do not take. */
function isUntrusted({ message, response }: SmtpFailure): boolean {
  return response === undefined && /certificate|altnames|unable to (?:get|verify)/i.test(message);
}

function withoutSecret(text: string, { user = '', password }: SmtpAccount): string {
  if (password === undefined || password === '') return text;
  const base64 = (value: string) => Buffer.from(value).toString('base64');
  const forms = [password, base64(password), base64(`\0${user}\0${password}`)];
  return forms.reduce((shown, form) => shown.replaceAll(form, '…'), text);
}
