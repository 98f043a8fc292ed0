import { once } from 'node:events';
import { cpSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, start, sum } from './harness.js';
import { mailServer } from './mail-server.js';
import { sendNews, smallCampaign } from './small-campaign.js';
import { runSink, sink } from './smtp-sink.js';

const flush = ['outbox', 'flush', '--yes', '--no-input', '--json'];
const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
const smtp = (port: number, more: string[] = []) => [
  'smtp:',
  '  host: 127.0.0.1',
  `  port: "${port}"`,
  '  secure: false',
  ...more,
];

/** A workspace in whose outbox three messages wait, with a server it may send to. */
async function waiting(port: number, mail: string[] = []): Promise<Place> {
  const place = await smallCampaign({ mail: [...smtp(port), ...mail] });
  expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3, transport: 'outbox' });
  return place;
}

const rows = async (place: Place) =>
  (await place.ok('outbox', 'list', '--json')).json as { to: string; state: string; why: string | null }[];
const accounted = (json: Record<string, number> & { left_out: Record<string, number> }) =>
  (json.sent ?? 0) +
  (json.unknown ?? 0) +
  (json.deferred ?? 0) +
  (json.rejected ?? 0) +
  (json.remaining ?? 0) +
  sum(json.left_out);

describe('outbox list', () => {
  it('shows what waits: to whom, what, from where and since when', async () => {
    const place = await waiting(1);
    const list = await rows(place);
    expect(list.map(({ to }) => to).sort()).toEqual([0, 1, 2].map((i) => `p${i}@example.org`));
    expect(list[0]).toMatchObject({
      subject: expect.stringMatching(/^Hello Person \d$/),
      from: 'News',
      campaign: 'news-nnnnnnnnnn',
      since: '2026-11-20T11:00:00+01:00',
      state: 'waiting',
      why: null,
    });
    expect((await place.ok('outbox', 'list')).stdout.split('\n').filter(Boolean)).toHaveLength(3);
  });

  it('is empty where there is no outbox', async () => {
    const place = await smallCampaign();
    expect(await rows(place)).toEqual([]);
    expect(place.files('outbox')).toEqual([]);
  });
});

describe('outbox flush', () => {
  it('sends each message once, as it was written, and puts it aside', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const written = place.files('outbox/new').map((file) => place.read(file).replace(/^(?:.*\r\n){2}/, ''));
    const first = await place.ok(...flush);
    expect(first.json).toMatchObject({ waiting: 3, sent: 3, left_out: {}, messages: [] });
    expect(mails.map(({ to }) => to).sort()).toEqual([0, 1, 2].map((i) => `p${i}@example.org`));
    expect(mails.map(({ text }) => text).sort()).toEqual(written.sort());
    expect(place.files('outbox/new')).toEqual([]);
    expect(readdirSync(place.path('outbox/cur')).every((name) => name.endsWith(':2,PS'))).toBe(true);
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 0, sent: 0 });
    expect(await rows(place)).toEqual([]);
    expect(mails).toHaveLength(3);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.git('log', '-1', '--format=%s')).toBe('outbox flush: 3 sent');
    expect((await place.ok('check')).stdout).toBe('');
    // The campaign knows nothing else of it: nobody gets it again.
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 0, left_out: { already_sent: 3 } });
    expect((await place.itaca(['undo', '--yes'])).code).toBe(6);
  });

  it('asks before three or more, and a dry run sends none', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const before = place.tree();
    const dry = await place.ok('outbox', 'flush', '--dry-run', '--json');
    expect(dry.json).toMatchObject({ waiting: 3, sent: 0, remaining: 3 });
    const asked = await place.itaca(['outbox', 'flush', '--no-input', '--json']);
    expect(asked.code).toBe(2);
    expect(asked.error.message).toContain('Send 3 messages by 127.0.0.1?');
    expect(mails).toEqual([]);
    expect(place.tree()).toEqual(before);
  });

  it('leaves out who must not be written to by now, and what is none of its business', async () => {
    const { mails, port } = await mailServer();
    const place = await smallCampaign({ mail: smtp(port) });
    await place.ok('campaign', 'test', 'News', '--to', 'p9@example.org', '--yes');
    const [test] = place.files('outbox/new');
    await place.ok(...sendNews);
    await place.ok('suppress', 'add', 'P0@example.org', '--reason', 'unsubscribed');
    place.edit('contacts/p-bbbbbbbbbb.md', 'state: given', 'state: withdrawn');
    // His address is another one by now; the message still goes to the old one, which says no.
    place.edit('contacts/p-cccccccccc.md', 'p2@example.org', 'other@example.org');
    await place.ok('suppress', 'add', 'p2@example.org', '--reason', 'hard_bounce');
    const file = place.files('outbox/new').find((path) => path !== test) as string;
    const forged = place.read(file).replace(/^Message-ID:.*/m, 'Message-ID: <forged@example.org>');
    place.write('outbox/new/forged', forged);
    place.write('outbox/new/junk', Buffer.from([0, 1, 2]));
    const run = await place.ok(...flush);
    expect(run.json).toMatchObject({
      waiting: 6,
      sent: 0,
      left_out: { suppressed: 2, consent_withdrawn: 1, test: 1, stranger: 1, not_ours: 1 },
    });
    expect(accounted(run.json)).toBe(6);
    expect(mails).toEqual([]);
    expect(place.files('outbox/new')).toHaveLength(6);
    const list = await rows(place);
    expect(list).toHaveLength(6);
    expect(list.filter(({ state }) => state === 'left').map(({ why }) => why)).toEqual(
      expect.arrayContaining([
        'a test of a campaign, to be looked at here',
        'no journal of this workspace knows it',
        'no message that Itaca wrote',
      ]),
    );
  });

  it('does not send to another address than the journal names', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const [file = ''] = place.files('outbox/new');
    place.write(file, place.read(file).replace(/^Delivered-To: .*/m, 'Delivered-To: all@evil.example'));
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 3, sent: 2, left_out: { stranger: 1 } });
    expect(mails.map(({ to }) => to)).not.toContain('all@evil.example');
  });

  it.each([
    ['paused', true, /the campaign is paused/],
    ['without a postal address', false, /postal address/],
  ])('holds what is of a campaign %s', async (_what, isPaused, why) => {
    const { mails, port } = await mailServer();
    const place = await smallCampaign({ mail: smtp(port) });
    if (isPaused) {
      await place.ok(...sendNews);
      place.edit('campaigns/news-nnnnnnnnnn/campaign.md', 'state: finished', 'state: paused');
    } else {
      place.edit('itaca.yaml', '  postal_address: Via Roma 1\n', '');
      await place.ok(...sendNews);
    }
    const run = await place.ok(...flush);
    expect(run.json).toMatchObject({ waiting: 3, sent: 0, left_out: { held: 3 } });
    expect(run.json.messages[0].why).toMatch(why);
    expect(mails).toEqual([]);
  });

  it('sends what a mail program showed, and not what was thrown away there', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const [seen = '', trash = ''] = place.files('outbox/new').map((path) => path.slice('outbox/new/'.length));
    renameSync(place.path(`outbox/new/${seen}`), place.path(`outbox/cur/${seen}:2,S`));
    renameSync(place.path(`outbox/new/${trash}`), place.path(`outbox/cur/${trash}:2,ST`));
    expect((await place.ok(...flush)).json).toMatchObject({
      waiting: 3,
      sent: 2,
      left_out: { thrown_away: 1 },
    });
    expect(mails).toHaveLength(2);
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 1, sent: 0 });
  });

  it('tries again who was told to wait, and never who was refused', async () => {
    let busy = true;
    const { mails, port } = await mailServer((to) => {
      if (to === 'p1@example.org') return answer(550, 'no such user');
      return to === 'p2@example.org' && busy ? answer(451, 'come back') : undefined;
    });
    const place = await waiting(port);
    const first = await place.itaca(flush);
    expect(first.code).toBe(7);
    expect(first.json).toMatchObject({ waiting: 3, sent: 1, rejected: 1, deferred: 1 });
    expect((await rows(place)).map(({ to, state }) => `${to} ${state}`).sort()).toEqual([
      'p1@example.org rejected',
      'p2@example.org deferred',
    ]);
    busy = false;
    const second = await place.itaca(flush);
    expect(second.json).toMatchObject({ waiting: 2, sent: 1, rejected: 1, deferred: 0 });
    expect(mails.map(({ to }) => to).sort()).toEqual(['p0@example.org', 'p2@example.org']);
  });

  it('to nobody at home loses nothing', async () => {
    const { port, close } = await mailServer();
    await close();
    const place = await waiting(port);
    const run = await place.itaca(flush);
    expect(run.code).toBe(7);
    expect(run.json).toMatchObject({ waiting: 3, sent: 0, unknown: 0, rejected: 0 });
    expect(accounted(run.json)).toBe(3);
    expect(place.files('outbox/new')).toHaveLength(3);
  });

  it('needs a server that is named', async () => {
    const place = await smallCampaign();
    const run = await place.itaca(flush);
    expect(run.code).toBe(4);
    expect(run.error).toMatchObject({
      message: 'itaca.yaml names no mail server to send to',
      path: 'itaca.yaml',
    });
  });

  it('sends on what run wrote, but to nobody who is suppressed', async () => {
    const { mails, port } = await mailServer();
    const place = await smallCampaign({ mail: smtp(port) });
    const address = /^ {6}- .*$/m.exec(place.read('itaca.yaml'))?.[0] ?? '';
    place.edit('itaca.yaml', address, '      - anna@example.org');
    await place.ok('promise', 'add', 'p0@example.org', 'call back', '--due', '2026-11-19');
    await place.itaca(['run']);
    expect(await rows(place)).toMatchObject([{ to: 'anna@example.org', from: 'reminder', state: 'waiting' }]);
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 1, sent: 1 });
    expect(mails.map(({ to }) => to)).toEqual(['anna@example.org']);
    await place.itaca(['run']);
    expect(await rows(place)).toEqual([]);
  });
});

describe.runIf(sink)('a flush that is cut off', () => {
  it('leaves in doubt what may have left, and sends it again only when a person says so', async () => {
    const broken = await runSink('-q', '.');
    const place = await waiting(broken.port);
    const first = await place.itaca(flush);
    expect(first.code).toBe(7);
    expect(first.json.unknown).toBeGreaterThan(0);
    expect(accounted(first.json)).toBe(3);
    const { unknown } = first.json;
    const sound = await runSink();
    place.edit('itaca.yaml', `port: "${broken.port}"`, `port: "${sound.port}"`);
    const second = await place.itaca(flush);
    expect(second.json).toMatchObject({ waiting: 3, unknown, sent: 3 - unknown });
    const doubts = (await rows(place)).filter(({ state }) => state === 'unknown');
    expect(doubts).toHaveLength(unknown);
    const [one = { to: '' }, ...others] = doubts;
    expect((await place.itaca(['outbox', 'resolve', 'nobody@example.org', '--sent'])).code).toBe(3);
    expect((await place.itaca(['outbox', 'resolve', one.to])).code).toBe(2);
    await place.ok('outbox', 'resolve', one.to, '--not-sent', '--why', 'he says so');
    for (const { to } of others) await place.ok('outbox', 'resolve', to, '--sent');
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 1, sent: 1 });
    expect(sound.mails()).toHaveLength(3 - unknown + 1);
    expect(await place.git('status', '--porcelain')).toBe(' M itaca.yaml');
  });

  it('by kills, sends nothing twice', async () => {
    const { port, mails } = await runSink();
    const place = await smallCampaign({ mail: smtp(port) });
    const many = 200;
    for (let i = 0; i < many; i++) {
      const card = place.read('contacts/p-aaaaaaaaaa.md').replace('p0@', `z${i}@`);
      place.write(`contacts/z-z${String(i).padStart(9, '0')}.md`, card);
    }
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: many + 3 });
    for (const until of [10, 70, 130]) {
      const child = start(['-C', place.root, ...flush], { env: place.env });
      const ended = once(child, 'exit');
      while (mails().length < until && child.exitCode === null) await wait(2);
      child.kill('SIGKILL');
      await ended;
    }
    const run = await place.itaca(flush);
    expect([0, 7]).toContain(run.code);
    expect(accounted(run.json)).toBe(run.json.waiting);
    const receivers = mails().map((mail) => /^X-Rcpt-Args: *<(\S+)>/im.exec(mail)?.[1]);
    expect(receivers).not.toContain(undefined);
    expect(new Set(receivers).size).toBe(receivers.length);
    expect(receivers.length + run.json.unknown).toBeGreaterThanOrEqual(many + 3);
    expect(run.json.unknown).toBeLessThanOrEqual(3 * 50);
    expect((await rows(place)).every(({ state }) => state === 'unknown')).toBe(true);
  });
});

describe('a team', () => {
  it('sends on under its lease, and a copied folder sends nothing again', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const remote = join(folder(), 'team.git');
    await git(place.root, 'init', '-q', '--bare', remote);
    await place.git('remote', 'add', 'origin', remote);
    await place.git('push', '-qu', 'origin', 'HEAD');
    await place.ok('sync');
    const home = folder();
    cpSync(place.root, join(home, 'W'), { recursive: true });
    const copy = new Place(join(home, 'W'), home);
    expect((await place.ok(...flush)).json).toMatchObject({ sent: 3, unpublished: null });
    expect(await git(remote, 'for-each-ref', 'refs/itaca/lease')).toBe('');
    const again = await copy.ok(...flush);
    expect(again.json).toMatchObject({ waiting: 3, sent: 0, left_out: { already_sent: 3 } });
    expect(await rows(copy)).toEqual([]);
    expect(mails).toHaveLength(3);
  });

  it('whose remote cannot be reached sends nothing', async () => {
    const { mails, port } = await mailServer();
    const place = await waiting(port);
    const remote = join(folder(), 'team.git');
    await git(place.root, 'init', '-q', '--bare', remote);
    await place.git('remote', 'add', 'origin', remote);
    await place.git('push', '-qu', 'origin', 'HEAD');
    await place.git('remote', 'set-url', 'origin', `${remote}.gone`);
    const run = await place.itaca(flush);
    expect(run.code).toBe(7);
    expect(run.error.message).toContain('could not be reached');
    expect(mails).toEqual([]);
    expect(place.files('outbox/new')).toHaveLength(3);
  });
});
