import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImapSettings } from '../../domain/config/inbox.js';
import { allOf } from '../../e2e/all-of.js';
import { type Dovecot, dovecot, runDovecot } from '../../e2e/dovecot.js';
import { type Certificate, hasOpenssl, selfSigned } from '../../e2e/tls.js';
import { openConfigured } from './open-source.js';

let server: Dovecot;
let certificate: Certificate;
const tokens = createServer((request, answer) => {
  const token = new URL(request.url ?? '', 'http://x').searchParams.get('token');
  answer.statusCode = token === 't0ken' ? 200 : 401;
  answer.end(
    JSON.stringify(token === 't0ken' ? { email: 'info', scope: 'mail' } : { error: 'invalid_token' }),
  );
});
beforeAll(async () => {
  if (!dovecot || !hasOpenssl) return;
  tokens.listen(0, '127.0.0.1');
  await once(tokens, 'listening');
  certificate = selfSigned('DNS:localhost', 'IP:127.0.0.1');
  server = await runDovecot({ certificate, tokens: (tokens.address() as AddressInfo).port });
  server.account('info').deliver('1700000001.a', 'Subject: a\n\nx\n');
});
afterAll(() => tokens.close());

/** The same where the server's certificate is trusted, which a process learns when it starts. */
async function trusted(imap: Partial<ImapSettings>, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const original = tls.connect;
  const vouched = vi
    .spyOn(tls, 'connect')
    .mockImplementation(((options: tls.ConnectionOptions, done?: () => void) =>
      original({ ...options, ca: certificate.cert }, done)) as typeof tls.connect);
  try {
    return await pull(imap, environment);
  } finally {
    vouched.mockRestore();
  }
}

/** Places of the mailbox, or what is wrong. */
async function pull(imap: Partial<ImapSettings>, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const sources = {
    info: { imap: { host: 'localhost', port: server.port, secure: false, user: 'info', ...imap } },
  };
  const options = { root: '/', environment: { PATH: process.env.PATH, ...environment }, tell: () => {} };
  const source = await openConfigured('info', sources, options);
  try {
    return (await allOf(source.places())).join(' ');
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint?: string };
    return [code, message, hint].filter(Boolean).join(' | ');
  } finally {
    await source.close();
  }
}

const secure = 'inbox.sources.info.imap';

describe.skipIf(!dovecot || !hasOpenssl)('a login to a mailbox (skipped: no dovecot or openssl)', () => {
  it('takes the password from the environment, or from a command', async () => {
    const ok = /^INBOX\/\d+\/1$/;
    expect(await trusted({}, { ITACA_IMAP_PASSWORD: 's3cret' })).toMatch(ok);
    expect(await trusted({}, { ITACA_IMAP_PASSWORD_INFO: 's3cret', ITACA_IMAP_PASSWORD: 'x' })).toMatch(ok);
    expect(await trusted({ password_command: "printf 's3cret\\nuser: info\\n'" })).toMatch(ok);
    expect(await trusted({ password_command: 'false' })).toBe(
      `refused | ${secure}.password_command failed: false (1) | run it by hand, or set ITACA_IMAP_PASSWORD_INFO`,
    );
    expect(await trusted({})).toBe(
      `refused | ${secure}.user is info, but there is no password | set ${secure}.password_command, or ITACA_IMAP_PASSWORD_INFO`,
    );
    expect(await trusted({ password_command: 'echo wr0ng' })).toMatch(
      /^refused \| info: localhost:\d+ does not let info in: Authentication failed\. \| look at/,
    );
  });

  it('takes a token (OAuth 2)', async () => {
    expect(await trusted({ token_command: 'echo t0ken' })).toMatch(/^INBOX\//);
    const wrong = await trusted({}, { ITACA_IMAP_TOKEN: 'st0len' });
    expect(wrong).toMatch(/^refused \| info: localhost:\d+ does not let info in: /);
    expect(wrong).not.toContain('st0len');
  });

  it('goes to a server elsewhere by TLS alone, and to nobody whose certificate is not trusted', async () => {
    const login = { ITACA_IMAP_PASSWORD: 's3cret' };
    for (const host of ['localhost', '0.0.0.0'])
      expect(await pull({ host }, login)).toBe(
        `refused | info: the certificate of ${host}:${server.port} is not trusted: self-signed certificate; where it is signed by an authority of your own, name its certificate in NODE_EXTRA_CA_CERTS`,
      );
    // That very name is not in the certificate, which is trusted here.
    expect(await trusted({ host: '0.0.0.0' }, login)).toMatch(/is not trusted: .*0\.0\.0\.0/);
    expect(await trusted({ host: '127.0.0.1' }, login)).toMatch(/^INBOX\//);
  });
});
