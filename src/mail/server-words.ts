/** Whom a mail server was spoken to as. */
export interface MailAccount {
  host: string;
  port: number;
  user?: string | undefined;
  /** The password, or an access token. */
  password?: string | undefined;
}

/** Whether it is what OpenSSL and Node say of a certificate that they do not take. */
export function isUntrusted(said: string): boolean {
  return /certificate|altnames|unable to (?:get|verify)/i.test(said);
}

/** What to do about a certificate that is not trusted. @param server host and port */
export function untrustedWords(server: string, said: string): string {
  return `the certificate of ${server} is not trusted: ${said}; where it is signed by an authority of your own, name its certificate in NODE_EXTRA_CA_CERTS`;
}

/** The text without the password, also where the server repeats it in base64. */
export function withoutSecret(text: string, { user = '', password }: MailAccount): string {
  if (password === undefined || password === '') return text;
  const base64 = (value: string) => Buffer.from(value).toString('base64');
  const forms = [
    password,
    base64(password),
    base64(`\0${user}\0${password}`),
    // An access token, as SASL's XOAUTH2 and OAUTHBEARER carry it.
    base64(`user=${user}\x01auth=Bearer ${password}\x01\x01`),
  ];
  return forms.reduce((shown, form) => shown.replaceAll(form, '…'), text);
}
