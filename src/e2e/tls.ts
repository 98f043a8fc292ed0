import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach } from 'vitest';

/** Whether certificates can be made here. */
export const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

export interface Certificate {
  key: Buffer;
  cert: Buffer;
  /** Of the certificate, to trust it. */
  file: string;
}

/** A certificate that signs itself, for some names. @param names as X.509 has them, `DNS:localhost` */
export function selfSigned(...names: string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  folders.push(folder);
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=test'];
  const names_ = ['-addext', `subjectAltName=${names.join(',')}`];
  execFileSync('openssl', [...made, ...names_, '-keyout', key, '-out', file], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(file), file };
}

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

interface Attempt {
  user: string;
  password: string;
  /** Whether it came over an encrypted connection. */
  secure: boolean;
}

/** A mail server that wants a login, in this process, on a free port of this machine alone. */
export async function loginServer(
  options: ConstructorParameters<typeof SMTPServer>[0],
): Promise<{ port: number; attempts: Attempt[]; mails: string[] }> {
  const attempts: Attempt[] = [];
  const mails: string[] = [];
  const server = new SMTPServer({
    logger: false,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth({ username = '', password = '' }, session, done) {
      attempts.push({ user: username ?? '', password: password ?? '', secure: session.secure });
      if (username === 'news' && password === 's3cret') done(null, { user: username });
      else done(new Error(`no such login: ${Buffer.from(`\0${username}\0${password}`).toString('base64')}`));
    },
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) mails.push(address);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '0.0.0.0');
  await once(server.server, 'listening');
  servers.push(server);
  return { port: (server.server.address() as AddressInfo).port, attempts, mails };
}
