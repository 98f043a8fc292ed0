import { afterEach, describe, expect, it } from 'vitest';
import { hasOpenssl, loginServer, selfSigned } from '../e2e/tls.js';
import { openTransport } from './open-transport.js';
import { type SmtpOptions, smtpTransport } from './smtp.js';
import { smtpWords } from './smtp-words.js';
import type { OutgoingMessage, Transport } from './transport.js';

const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close();
});

const message: OutgoingMessage = {
  messageId: '<m@example.org>',
  envelope: { from: 'a@example.org', to: 'b@example.org' },
  raw: Buffer.from('Message-ID: <m@example.org>\r\nSubject: s\r\n\r\nHello\r\n'),
};
const login = { user: 'news', password: 's3cret' };

/** This machine under an address that is not known as such: as a server elsewhere. */
const elsewhere = '0.0.0.0';

async function send(options: SmtpOptions) {
  const transport = await smtpTransport(options);
  transports.push(transport);
  return transport.send(message);
}

describe.runIf(hasOpenssl)('a server with TLS', () => {
  it.each([
    ['from the first byte', true, 'localhost'],
    ['after STARTTLS', false, 'localhost'],
    ['after STARTTLS', false, elsewhere],
  ])(
    '%s (%s, %s), with a certificate nobody vouches for: no login, no message, and what to do',
    async (_what, secure, host) => {
      const { port, attempts, mails } = await loginServer({ ...selfSigned('DNS:localhost'), secure });
      const outcome = await send({ host, port, secure, ...login });
      expect(outcome).toMatchObject({ state: 'deferred', server: true });
      expect(outcome.reply).toContain(
        `the certificate of ${host}:${port} is not trusted: self-signed certificate`,
      );
      expect(outcome.reply).toContain('NODE_EXTRA_CA_CERTS');
      expect({ attempts, mails }).toEqual({ attempts: [], mails: [] });
    },
  );

  it('that offers no STARTTLS, or of which somebody took the offer away, never sees the password', async () => {
    for (const options of [{ disabledCommands: ['STARTTLS'] }, { hideSTARTTLS: true }]) {
      const { port, attempts, mails } = await loginServer({ allowInsecureAuth: true, ...options });
      const outcome = await send({ host: elsewhere, port, secure: false, ...login });
      expect(outcome).toMatchObject({ state: 'deferred', server: true });
      expect({ attempts, mails }).toEqual({ attempts: [], mails: [] });
      expect(outcome.reply).toMatch(
        /certificate|offers no encryption \(STARTTLS\), so the password of news is not sent/,
      );
    }
  });

  it('is asked for it in plain words only within this machine', async () => {
    const { port, attempts } = await loginServer({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'] });
    expect(await send({ host: '127.0.0.1', port, secure: false, ...login })).toMatchObject({ state: 'sent' });
    expect(attempts).toEqual([{ ...login, secure: false }]);
  });

  it('that does not let one in is named with the user, and the password is not, though it repeats it', async () => {
    const { port, mails } = await loginServer({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'] });
    const outcome = await send({ host: '127.0.0.1', port, secure: false, user: 'news', password: 'wr0ng' });
    expect(outcome).toMatchObject({ state: 'deferred', server: true });
    expect(outcome.reply).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} does not let news in: 535 `));
    expect(outcome.reply).not.toContain('wr0ng');
    expect(outcome.reply).not.toContain(Buffer.from('\0news\0wr0ng').toString('base64'));
    expect(mails).toEqual([]);
  });
});

it('a user without a password is told of before anything is tried', async () => {
  const mail = { transport: 'smtp' as const, smtp: { host: 'mail.example.org', user: 'news' } };
  await expect(openTransport('/', mail, {})).rejects.toMatchObject({
    code: 'refused',
    message: 'mail.smtp.user is news, but there is no password',
  });
});

it('a reply that speaks of certificates is the reply', () => {
  const failure = { message: 'x: 550 certificate', response: '550 5.7.1 no certificate', command: 'RCPT TO' };
  expect(smtpWords(failure, { host: 'h', port: 25 })).toBe('550 5.7.1 no certificate');
});
