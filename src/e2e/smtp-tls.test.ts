import { describe, expect, it } from 'vitest';
import type { Place } from './harness.js';
import { sendNews, smallCampaign } from './small-campaign.js';
import { hasOpenssl, loginServer, selfSigned } from './tls.js';

/** A workspace whose server wants the login of `news`. */
function place(port: number, host: string, secure: boolean): Promise<Place> {
  return smallCampaign({
    mail: ['smtp:', `  host: ${host}`, `  port: "${port}"`, `  secure: ${secure}`, '  user: news'],
  }).then((made) => {
    made.edit('itaca.yaml', 'transport: outbox', 'transport: smtp');
    return made;
  });
}

const everybody = [0, 1, 2].map((i) => `p${i}@example.org`);

describe.runIf(hasOpenssl)('a send by SMTP over TLS with a login', () => {
  it.each([
    ['from the first byte', true, 'localhost', 'DNS:localhost'],
    ['after STARTTLS', false, 'localhost', 'DNS:localhost'],
    ['after STARTTLS elsewhere', false, '0.0.0.0', 'IP:0.0.0.0'],
  ])('%s hands everybody his message', async (_what, secure, host, name) => {
    const certificate = selfSigned(name);
    const { port, attempts, mails } = await loginServer({ ...certificate, secure });
    const env = { NODE_EXTRA_CA_CERTS: certificate.file, ITACA_SMTP_PASSWORD: 's3cret' };
    const run = await (await place(port, host, secure)).itaca(sendNews, { env });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expect(run.json).toMatchObject({ sent: 3, transport: 'smtp' });
    expect(mails.sort()).toEqual(everybody);
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts.every((one) => one.secure)).toBe(true);
  });

  it('with a wrong password reaches nobody, says why, and later everybody once', async () => {
    const certificate = selfSigned('DNS:localhost');
    const { port, mails } = await loginServer({ ...certificate, secure: true });
    const made = await place(port, 'localhost', true);
    const env = { NODE_EXTRA_CA_CERTS: certificate.file, ITACA_SMTP_PASSWORD: 'wr0ng' };
    const run = await made.itaca(sendNews, { env });
    expect(run.code).toBe(7);
    expect(run.json).toMatchObject({ audience: 3, sent: 0, unknown: 0, rejected: 0 });
    expect(run.json.deferred + run.json.remaining).toBe(3);
    expect(run.stderr).toContain(`localhost:${port} does not let news in: 535 `);
    expect(run.stderr + run.stdout + JSON.stringify(made.tree())).not.toContain('wr0ng');
    expect(mails).toEqual([]);
    const right = { env: { ...env, ITACA_SMTP_PASSWORD: 's3cret', ITACA_NOW: '2026-11-21T12:00:00Z' } };
    expect((await made.itaca(sendNews, right)).json).toMatchObject({ sent: 3 });
    expect(mails.sort()).toEqual(everybody);
  });

  it.each([
    ['that nobody vouches for', 'DNS:localhost', false, /self-signed certificate/],
    ['of another server', 'DNS:mail.example.org', true, /Hostname\/IP does not match/],
  ])('refuses a certificate %s', async (_what, name, trusted, why) => {
    const certificate = selfSigned(name);
    const { port, attempts, mails } = await loginServer({ ...certificate, secure: true });
    const env: Record<string, string> = { ITACA_SMTP_PASSWORD: 's3cret' };
    if (trusted) env.NODE_EXTRA_CA_CERTS = certificate.file;
    const run = await (await place(port, 'localhost', true)).itaca(sendNews, { env });
    expect(run.code).toBe(7);
    expect(run.json.deferred + run.json.remaining).toBe(3);
    expect(run.stderr).toMatch(why);
    expect(run.stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect({ attempts, mails }).toEqual({ attempts: [], mails: [] });
  });

  it('does not fall back to plain words where the offer of STARTTLS is taken away', async () => {
    const { port, attempts, mails } = await loginServer({
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
    });
    const run = await (await place(port, '0.0.0.0', false)).itaca(sendNews, {
      env: { ITACA_SMTP_PASSWORD: 's3cret' },
    });
    expect(run.code).toBe(7);
    expect(run.stderr).toContain('offers no encryption (STARTTLS), so the password of news is not sent');
    expect({ attempts, mails }).toEqual({ attempts: [], mails: [] });
  });
});

it('a password in itaca.yaml, or none at all, is told of', async () => {
  const made = await place(2525, 'mail.example.org', false);
  const none = await made.itaca(sendNews);
  expect(none.code).toBe(6);
  expect(none.error.message).toBe('mail.smtp.user is news, but there is no password');
  made.edit('itaca.yaml', '    user: news', '    user: news\n    password: s3cret');
  const check = await made.itaca(['check']);
  expect(check.code).toBe(1);
  expect(check.stdout).toMatch(/^itaca\.yaml:\d+:\d+: mail\.smtp\.password: a password does not belong/m);
  expect(check.stdout).not.toContain('s3cret');
});
