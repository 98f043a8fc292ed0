import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Place } from './harness.js';
import { mailServer } from './mail-server.js';
import { sendNews, smallCampaign } from './small-campaign.js';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

/** A workspace that signs for example.org, with the key wherever `key` says. */
function signing(...key: string[]): Promise<Place> {
  const dkim = ['dkim:', '  domain: example.org', '  selector: s1', ...key.map((line) => `  ${line}`)];
  return smallCampaign({ mail: dkim });
}

const signatures = (place: Place) =>
  place
    .files('outbox/new')
    .map((file) => place.read(file))
    .map((text) => text.match(/^DKIM-Signature:[^;]*;[\s\S]*?d=example\.org;[\s\S]*?s=s1;/gm)?.length ?? 0);

describe('mail.dkim', () => {
  it('signs a campaign, a test of it and what run sends, each once', async () => {
    const place = await signing('key_file: ~/keys/dkim.pem');
    mkdirSync(join(place.home, 'keys'));
    writeFileSync(join(place.home, 'keys', 'dkim.pem'), pem);
    await place.ok('campaign', 'test', 'News', '--to', 'p9@example.org', '--yes');
    expect(signatures(place)).toEqual([1]);
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3 });
    await place.ok('promise', 'add', 'p0@example.org', 'call back', '--due', '2026-11-19');
    place.edit(
      'itaca.yaml',
      /^ {6}- .*$/m.exec(place.read('itaca.yaml'))?.[0] ?? '',
      '      - anna@example.org',
    );
    expect((await place.itaca(['run', '--json'])).json.notices).toMatchObject([
      { kind: 'reminder', state: 'sent' },
    ]);
    expect(signatures(place)).toEqual([1, 1, 1, 1, 1]);
  });

  it('signs what waited unsigned as it leaves the outbox, and what was signed before not again', async () => {
    const { mails, port } = await mailServer();
    const smtp = ['smtp:', '  host: 127.0.0.1', `  port: "${port}"`, '  secure: false'];
    const place = await smallCampaign({ mail: smtp });
    await place.ok(...sendNews);
    expect(signatures(place)).toEqual([0, 0, 0]);
    const dkim = 'dkim: {domain: example.org, selector: s1, key_file: ../dkim.pem}';
    place.edit('itaca.yaml', '  postal_address:', `  ${dkim}\n  postal_address:`);
    writeFileSync(join(place.home, 'dkim.pem'), pem);
    await place.ok('contact', 'add', '--name', 'Late', '--email', 'late@example.org', '--json');
    const head = '---\ntitle: Other\npurpose: service\naudience: Late\nsubject: S\nstate: draft\n---\n';
    place.write('campaigns/other-mmmmmmmmmm/campaign.md', head);
    place.write('campaigns/other-mmmmmmmmmm/body.md', 'Something else\n');
    await place.ok('campaign', 'send', 'Other', '--confirm', 'Other', '--json');
    expect(signatures(place).sort()).toEqual([0, 0, 0, 1]);
    expect((await place.ok('outbox', 'flush', '--yes', '--json')).json).toMatchObject({ sent: 4 });
    expect(mails.map(({ text }) => text.match(/^DKIM-Signature:/gm)?.length)).toEqual([1, 1, 1, 1]);
  });

  it.each([
    ['the environment', {}, { ITACA_DKIM_KEY: pem.replaceAll('\n', '\\n') }],
    ['a command', { command: true }, {}],
  ])('takes the key from %s', async (_what, { command }: { command?: boolean }, env) => {
    const place = await signing(...(command ? ['key_command: cat ../dkim.pem'] : []));
    writeFileSync(join(place.home, 'dkim.pem'), pem);
    const run = await place.itaca(sendNews, { env, cwd: place.root });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expect(signatures(place)).toEqual([1, 1, 1]);
  });

  it('sends nothing without a key, and campaign check says so beforehand', async () => {
    const place = await signing('key_file: ../none.pem');
    const check = await place.itaca(['campaign', 'check', 'News', '--json']);
    expect(check.code).toBe(1);
    const found = (check.json as { severity: string; path: string; message: string }[]).filter(
      ({ message }) => message.includes('dkim.key_file'),
    );
    expect(found).toMatchObject([{ severity: 'error', path: 'itaca.yaml' }]);
    const run = await place.itaca(sendNews);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('there is no such file on this machine');
    expect(place.files('outbox/new')).toEqual([]);
  });

  it('does not say what stands in a key that is none', async () => {
    const place = await signing('key_file: ../dkim.pem');
    writeFileSync(join(place.home, 'dkim.pem'), '-----BEGIN PRIVATE KEY-----\ns3cr3t\n');
    const run = await place.itaca(sendNews);
    expect(run.code).toBe(6);
    expect(run.error.message).toBe('../dkim.pem: this is no private key in PEM');
    expect(run.stdout + run.stderr).not.toContain('s3cr3t');
  });

  it('refuses a key that is in git, or would be with the next commit, also behind a link', async () => {
    const place = await signing('key_file: keys/dkim.pem');
    place.write('keys/dkim.pem', pem);
    const untracked = await place.itaca(sendNews);
    expect(untracked.code).toBe(6);
    expect(untracked.error.message).toContain('the next commit would take keys/dkim.pem along');
    const line = (await place.itaca(['check'])).stdout;
    expect(line).toMatch(/^itaca\.yaml:\d+:\d+: mail\.dkim\.key_file: the next commit/m);

    await place.git('add', 'keys');
    const staged = await place.itaca(['check', '--staged']);
    expect(staged.code).toBe(1);
    expect(staged.stdout).toContain('keys/dkim.pem:1:1: a private key does not belong in a shared folder');
    const tracked = await place.itaca(sendNews);
    expect(tracked.code).toBe(6);
    expect(tracked.error.message).toContain('keys/dkim.pem is in git');
    expect((await place.itaca(['check'])).stdout).toContain('is in git');

    symlinkSync(place.path('keys/dkim.pem'), join(place.home, 'link.pem'));
    place.edit('itaca.yaml', 'key_file: keys/dkim.pem', 'key_file: ../link.pem');
    expect((await place.itaca(sendNews)).error.message).toContain('../link.pem is in git');
    expect(place.files('outbox/new')).toEqual([]);

    place.edit('itaca.yaml', 'key_file: ../link.pem', 'key_file: keys/dkim.pem');
    await place.git('rm', '-q', '--cached', 'keys/dkim.pem');
    place.write('keys/.gitignore', '*.pem\n');
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3 });
    expect((await place.ok('check')).stdout).not.toContain('dkim');
    expect(signatures(place)).toEqual([1, 1, 1]);
  });

  it('warns where receivers would not count the signature for the sender', async () => {
    const place = await signing('key_file: ../dkim.pem');
    writeFileSync(join(place.home, 'dkim.pem'), pem);
    const about = async (from: string) => {
      place.edit('campaigns/news-nnnnnnnnnn/campaign.md', 'state: draft', `from: ${from}\nstate: draft`);
      const { stdout } = await place.itaca(['campaign', 'check', 'News']);
      place.edit('campaigns/news-nnnnnnnnnn/campaign.md', `from: ${from}\n`, '');
      return stdout.split('\n').filter((line) => line.includes('mail.dkim'));
    };
    expect(await about('news@example.com')).toEqual([
      expect.stringMatching(/^itaca\.yaml:\d+:\d+: warning: mail\.dkim signs for example\.org, which is not/),
    ]);
    expect(await about('news@notexample.org')).toHaveLength(1);
    expect(await about('News <news@mail.EXAMPLE.org>')).toEqual([]);
  });

  it.each([
    ['private_key: MIIE', /a private key does not belong in a shared folder/],
    ['selector: "s1; d=evil.example"', /expected a selector/],
  ])('is told to be wrong: %s', async (line, said) => {
    const place = await smallCampaign();
    const head = line.startsWith('selector') ? '' : 'selector: s1, ';
    place.edit(
      'itaca.yaml',
      '  postal_address:',
      `  dkim: {domain: example.org, ${head}${line}}\n  postal_address:`,
    );
    const run = await place.itaca(['check']);
    expect(run.stdout).toMatch(said);
    expect(run.stdout).toMatch(/^itaca\.yaml:\d+:\d+: mail\.dkim\./m);
  });
});
