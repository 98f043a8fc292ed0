import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, start, workspace } from './harness.js';
import { runSink, sink } from './smtp-sink.js';

const header = (mail: string, name: string) => new RegExp(`^${name}: ?(.*?)\\r?$`, 'im').exec(mail)?.[1];
const idsOf = (mails: string[]) => mails.map((mail) => header(mail, 'Message-ID')).sort();

const process_ = `type: question
office: main
deadlines:
  - clock: first_response
    within: PT1H
escalation:
  - level: 1
    after: PT0S
    notify: owner
  - level: 2
    after: P1D
    notify: reports_to
receipt:
  subject: "Case {{ case.id }}"
  text: "Hello {{ contact.name }}, we have your question of {{ case.opened | date }}."
`;

const person = (n: number) => `contacts/person-${n}-${'p'.repeat(9)}${n}.md`;
const caseFile = (n: number) => `cases/question-${n}-${'q'.repeat(9)}${n}.md`;

/** A workspace of three members (one without an address), two customers with a case each, and an agreement that ends. */
async function firm(port?: number): Promise<Place> {
  const place = await workspace();
  const yaml = place.read('itaca.yaml');
  const anna = yaml.slice(yaml.indexOf('  "anna":'), yaml.indexOf('# Every contact'));
  place.edit(
    'itaca.yaml',
    anna,
    `  anna:
    name: Anna
    emails: [anna@example.org]
    reports_to: boss
  boss:
    name: Boss
    emails: [boss@example.org]
  mute:
    name: Mute

`,
  );
  place.write(
    'itaca.yaml',
    place.read('itaca.yaml').replace(/^ {2}from: .*$/m, '  from: ACME <crm@example.org>'),
  );
  if (port !== undefined)
    place.edit(
      'itaca.yaml',
      'transport: outbox',
      `transport: smtp\n  smtp:\n    host: 127.0.0.1\n    port: "${port}"\n    secure: false`,
    );
  place.write('processes/question.yaml', process_);
  for (const n of [1, 2]) {
    place.write(person(n), `---\nname: Person ${n}\nemails:\n  - p${n}@example.com\n---\n`);
    place.write(
      caseFile(n),
      `---\ntitle: Question ${n}\ntype: question\nstate: new\ncontact: ${person(n).slice(9, -3)}\nowner: anna\nopened_at: 2026-11-19T08:00:00+01:00\n---\n`,
    );
  }
  place.write(
    'agreements/a-aaaaaaaaaa.md',
    `---\nnumber: A1\ncontact: ${person(1).slice(9, -3)}\nstate: active\nend: 2026-12-31\nnotice_days: 30\n---\n`,
  );
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'firm');
  return place;
}

const run = (place: Place, env: Record<string, string> = {}, ...more: string[]) =>
  place.itaca(['run', '--json', ...more], { env });

const clean = async (place: Place) => expect(await place.git('status', '--porcelain')).toBe('');

const sentOf = (json: { notices: { state: string; kind: string; to: string }[] }) =>
  json.notices
    .filter(({ state }) => state === 'sent')
    .map(({ kind, to }) => `${kind} ${to}`)
    .sort();

// Each case is raised to both levels: 4 escalations; a receipt each; Anna's digest.
const everything = [
  'escalation anna',
  'escalation anna',
  'escalation boss',
  'escalation boss',
  'receipt ppppppppp1',
  'receipt ppppppppp2',
  'reminder anna',
];

describe.concurrent('a tick to the outbox', () => {
  it('does once what is due, says so, and then says nothing', async () => {
    const place = await firm();
    const first = await run(place);
    expect(first, first.stderr).toMatchObject({ code: 0, stderr: '' });
    expect(sentOf(first.json)).toEqual(everything);
    expect(first.json.renewals).toHaveLength(1);
    expect(first.json).toMatchObject({ held: null, unpublished: null, complete: true });
    await clean(place);
    const mails = place.files('outbox/new').map((path) => place.read(path));
    expect(mails).toHaveLength(everything.length);
    const receipt = mails.find((mail) => header(mail, 'Delivered-To') === 'p1@example.com') ?? '';
    expect(receipt).toMatch(/^Return-Path: <>\r\n/);
    expect(header(receipt, 'Auto-Submitted')).toBe('auto-replied');
    expect(header(receipt, 'Subject')).toBe('Case qqqqqqqqq1');
    // In the language of the house, since no other is known.
    expect(receipt).toContain('we have your question of 19 novembre 2026.');
    const told = mails.find((mail) => header(mail, 'Delivered-To') === 'boss@example.org') ?? '';
    expect(header(told, 'Auto-Submitted')).toBe('auto-generated');
    const head = await place.git('rev-parse', 'HEAD');
    const again = await place.ok('run');
    expect(again).toMatchObject({ stdout: '', stderr: '' });
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
    await place.ok('check');
    // The next day: what is still due is said once more, and nothing else.
    const next = await run(place, { ITACA_NOW: '2026-11-21T10:00:00Z' });
    expect(sentOf(next.json)).toEqual(['reminder anna']);
    expect((await run(place, { ITACA_NOW: '2026-11-21T22:00:00Z' })).json.notices).toEqual([]);
  });

  it('catches up once with days on which nobody ran it', async () => {
    const place = await firm();
    const late = await run(place, { ITACA_NOW: '2026-11-29T10:00:00Z' });
    expect(late.json.escalated).toHaveLength(4);
    // One digest and not nine; and a receipt ten days late is none.
    expect(sentOf(late.json)).toEqual([...everything.slice(0, 4), 'reminder anna']);
    expect(late.json.escalated.map(({ at }: { at: string }) => at.slice(0, 10))).toEqual(
      expect.arrayContaining(['2026-11-19', '2026-11-20']),
    );
  });

  it('as a dry run writes and sends nothing', async () => {
    const place = await firm();
    const before = place.tree();
    const head = await place.git('rev-parse', 'HEAD');
    const dry = await run(place, {}, '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.json.escalated).toHaveLength(4);
    expect(dry.json.notices.map(({ state }: { state: string }) => state)).not.toContain('sent');
    // The mails about escalations come of what would be written.
    expect(dry.json.notices.filter(({ state }: { state: string }) => state === 'waiting')).toHaveLength(3);
    expect(dry.json.notices[0].subject).toBe('Case qqqqqqqqq1');
    expect(place.tree()).toEqual(before);
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
    expect(existsSync(place.path('outbox'))).toBe(false);
  });

  it('writes to no suppressed customer, no address that nobody reads, no machine, and once a day', async () => {
    const place = await firm();
    await place.ok('suppress', 'add', 'p1@example.com', '--reason', 'unsubscribed');
    place.edit(person(2), 'p2@example.com', 'no-reply@example.com');
    place.write(person(3), '---\nname: Person 3\nemails: [p3@example.com]\n---\n');
    place.write(person(4), '---\nname: Person 4\nemails: [p4@example.com]\n---\n');
    for (const [n, who] of [
      [3, 3],
      [4, 3],
      [5, 4],
    ] as const)
      place.write(
        caseFile(n),
        `---\ntitle: Q\ntype: question\nstate: new\ncontact: ${person(who).slice(9, -3)}\nopened_at: 2026-11-20T10:3${n}:00+01:00\n---\n`,
      );
    const mail = (id: string, n: number, who: number, more: string) =>
      place.write(
        `interactions/2026/11/mail-${id}.md`,
        `---\nat: 2026-11-20T10:30:00+01:00\nchannel: email\ndirection: inbound\ncontacts:\n  - ${person(who).slice(9, -3)}\ncase: ${caseFile(n).slice(6, -3)}\n${more}---\n`,
      );
    mail('mmmmmmmmm3', 3, 3, 'message_id: <m3@example.com>\n');
    mail('mmmmmmmmm5', 5, 4, 'message_id: <m5@example.com>\nauto_submitted: auto-generated\n');
    const { json } = await run(place);
    const receipts = json.notices.filter(({ kind }: { kind: string }) => kind === 'receipt');
    expect(receipts).toMatchObject([
      { to: 'ppppppppp1', state: 'left_out', why: 'suppressed: unsubscribed' },
      { to: 'ppppppppp2', state: 'left_out', why: expect.stringContaining('nobody reads') },
      { to: 'ppppppppp3', state: 'sent', subject: 'Case qqqqqqqqq3' },
    ]);
    const [one = ''] = place
      .files('outbox/new')
      .map((path) => place.read(path))
      .filter((text) => text.includes('p3@example.com'));
    expect(header(one, 'In-Reply-To')).toBe('<m3@example.com>');
    // A pipe, such as cron's, does not hear of those again.
    expect((await place.ok('run')).stdout).toBe('');
    const tomorrow = await run(place, { ITACA_NOW: '2026-11-21T10:00:00Z' });
    expect(sentOf(tomorrow.json)).toContain('receipt ppppppppp3');
  });

  it('names a broken template and a member without an address, and sends the others', async () => {
    const place = await firm();
    place.edit('processes/question.yaml', 'Case {{ case.id }}', 'Case {{ case.nothing }}');
    place.edit(caseFile(2), 'owner: anna', 'owner: mute');
    const first = await run(place);
    expect(first.code).toBe(7);
    const broken = first.json.notices.filter(({ kind }: { kind: string }) => kind === 'receipt');
    expect(broken).toHaveLength(2);
    for (const one of broken)
      expect(one).toMatchObject({
        state: 'waiting',
        why: expect.stringMatching(/processes\/question\.yaml.*nothing/),
      });
    expect(first.json.notices).toContainEqual(
      expect.objectContaining({
        to: 'mute',
        state: 'left_out',
        why: expect.stringContaining('no e-mail address of mute'),
      }),
    );
    expect(sentOf(first.json)).toEqual(['escalation anna', 'escalation boss', 'reminder anna']);
    expect((await place.itaca(['run', '--quiet'])).code).toBe(7);
    place.edit('processes/question.yaml', 'case.nothing', 'case.id');
    expect(sentOf((await run(place)).json)).toEqual(['receipt ppppppppp1', 'receipt ppppppppp2']);
  });

  it('holds mails without a sender, and sends them when there is one', async () => {
    const place = await firm();
    place.edit('itaca.yaml', '  from: ACME <crm@example.org>\n', '');
    const held = await place.itaca(['run']);
    expect(held).toMatchObject({ code: 7, stderr: expect.stringContaining('mail.from') });
    expect(held.stdout).toContain('raised to level 2');
    expect(await place.itaca(['run', '--quiet'])).toMatchObject({ code: 7, stderr: '' });
    place.edit('itaca.yaml', '\nmail:\n', '\nmail:\n  from: ACME <crm@example.org>\n');
    expect(sentOf((await run(place)).json)).toEqual(everything);
  });

  it('sends nothing while a journal is damaged, which check names, and does all else', async () => {
    const place = await firm();
    await run(place);
    const [journal = ''] = place.files('notices');
    const whole = place.read(journal);
    place.write(journal, whole.replace('"event":"intent"', '"event":"intenT"'));
    const check = await place.itaca(['check']);
    expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining(`${journal}:1: `) });
    place.write('agreements/b-bbbbbbbbbb.md', '---\nnumber: B1\nstate: active\nend: 2026-12-01\n---\n');
    const tick = await run(place, { ITACA_NOW: '2026-11-21T10:00:00Z' });
    expect(tick).toMatchObject({ code: 7 });
    expect(tick.json).toMatchObject({ renewals: [{ notice: '2026-12-01' }], notices: [] });
    expect(tick.json.held).toContain(journal);
    place.write(journal, whole);
    expect(sentOf((await run(place, { ITACA_NOW: '2026-11-21T11:00:00Z' })).json)).toEqual(['reminder anna']);
    expect((await place.itaca(['check'])).stdout).toBe('');
  });

  it('tells whom a person raised a case for, once', async () => {
    const place = await firm();
    await run(place);
    const raise = (to: string) =>
      place.ok('--as', 'anna', 'case', 'escalate', caseFile(1), '--why', 'she calls daily', '--to', to);
    await raise('boss');
    // Whoever raised it himself knows.
    await raise('anna');
    const { json } = await run(place);
    expect(json.notices).toMatchObject([{ kind: 'escalation', to: 'boss', state: 'sent' }]);
    const mail = place.files('outbox/new').map((path) => place.read(path));
    expect(mail.filter((text) => text.includes('by anna: she calls daily'))).toHaveLength(1);
    expect((await run(place)).json.notices).toEqual([]);
  });

  it('is not undone, nor does it stand in the way of undoing what people did', async () => {
    const place = await firm();
    await place.ok('contact', 'set', 'p1@example.com', 'title=Boss');
    await run(place);
    const commit = await place.git('rev-parse', 'HEAD');
    expect(await place.itaca(['undo', commit, '--yes'])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('may have sent mails'),
    });
    await place.ok('undo', '--yes');
    expect(place.read(person(1))).not.toContain('title');
    expect(place.files('outbox/new')).toHaveLength(everything.length);
    expect(
      (await place.ok('history', '--json')).json.some(
        ({ command }: { command: string }) => command === 'run',
      ),
    ).toBe(true);
    expect((await run(place)).json).toMatchObject({ escalated: [], notices: [] });
  });
});

/** A firm whose two clones share a bare remote, each with a home of its own. */
async function team(port?: number): Promise<{ a: Place; b: Place; remote: string; home: string }> {
  const home = folder();
  const remote = join(home, 'team.git');
  mkdirSync(remote);
  await git(remote, 'init', '-q', '--bare', '-b', 'main');
  const made = await firm(port);
  await made.git('branch', '-M', 'main');
  await made.git('remote', 'add', 'origin', '../../team.git');
  const clones = ['a', 'b'].map((name) => new Place(join(home, name, 'W'), join(home, name)));
  const [a, b] = clones as [Place, Place];
  cpSync(made.root, a.root, { recursive: true });
  await a.git('push', '-q', '-u', 'origin', 'main');
  mkdirSync(b.home);
  await git(b.home, 'clone', '-q', '../team.git', 'W');
  await b.git('remote', 'set-url', 'origin', '../../team.git');
  return { a, b, remote, home };
}

const leaseOf = async (remote: string) =>
  (await git(remote, 'for-each-ref', '--format=%(objectname)', 'refs/itaca/lease')).trim();

const escalationsOf = (place: Place) =>
  [1, 2].map((n) => place.read(caseFile(n)).match(/activity: escalate/g)?.length);

describe.concurrent('two clones that tick without having synced', () => {
  it('have each escalation and renewal once on record afterwards', async () => {
    const { a, b } = await team();
    // One of them knows already that the case is another's.
    await b.ok('case', 'assign', caseFile(2), 'boss', '--why', 'knows the customer');
    for (const place of [a, b]) expect((await run(place)).json.escalated).toHaveLength(4);
    for (const place of [a, b, a]) await place.ok('sync');
    expect(a.read(caseFile(2))).toBe(b.read(caseFile(2)));
    expect(a.read(caseFile(1))).toBe(b.read(caseFile(1)));
    expect(escalationsOf(a)).toEqual([2, 2]);
    expect(a.files('cases')).toHaveLength(3);
    expect(a.files('cases')).toEqual(b.files('cases'));
    for (const place of [a, b]) {
      expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
      expect((await run(place)).json).toMatchObject({ escalated: [], renewals: [] });
      await clean(place);
    }
  });
});

describe.skipIf(sink === undefined).concurrent('ticks by SMTP, in a team', () => {
  it('send each mail once, whoever comes first', async () => {
    const { port, mails } = await runSink();
    const { a, b, remote } = await team(port);
    const both = await Promise.all([run(a), run(b)]);
    for (const { code } of both) expect(code).toBe(0);
    expect(both.flatMap(({ json }) => sentOf(json)).sort()).toEqual(everything);
    for (const { json } of both)
      if (json.held !== null) expect(json.held).toMatch(/sends for the team \(run, since/);
    for (const place of [a, b]) expect((await run(place)).json).toMatchObject({ notices: [], held: null });
    expect(new Set(idsOf(mails())).size).toBe(everything.length);
    expect(mails()).toHaveLength(everything.length);
    expect(mails().filter((mail) => mail.includes('X-Mail-Args: <>'))).toHaveLength(2);
    expect(await leaseOf(remote)).toBe('');
    for (const place of [a, b, a]) await place.ok('sync');
    expect(escalationsOf(a)).toEqual([2, 2]);
    expect(a.tree()).toEqual(b.tree());
    expect(await b.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('leave the lease of a run that was killed to its own clone, and no copy of that', async () => {
    const { port, mails } = await runSink('-w', '20');
    const { a, b, remote, home } = await team(port);
    const child = start(['-C', a.root, 'run', '--quiet'], { env: a.env });
    while (!a.files('notices').some((path) => a.read(path) !== '')) await wait(20);
    child.kill('SIGKILL');
    await once(child, 'close');
    const lease = await leaseOf(remote);
    expect(lease).not.toBe('');
    const copy = new Place(join(home, 'copy', 'W'), join(home, 'copy'));
    cpSync(a.home, copy.home, { recursive: true });
    const quick = await runSink();
    for (const place of [a, b, copy]) place.edit('itaca.yaml', `port: "${port}"`, `port: "${quick.port}"`);
    for (const place of [b, copy]) {
      const other = await run(place);
      expect(other, other.stderr).toMatchObject({ code: 0 });
      expect(sentOf(other.json)).toEqual([]);
      expect(other.json.held).toContain('--take-over');
      expect(await leaseOf(remote)).toBe(lease);
    }
    const again = await run(a);
    // What was under way is in doubt, told of once and never sent again by itself.
    expect(again.code).toBe(7);
    expect(again.json.notices.filter(({ state }: { state: string }) => state === 'unknown')).toHaveLength(1);
    expect(quick.mails()).toHaveLength(everything.length - 1);
    expect(mails()).toEqual([]);
    expect(await leaseOf(remote)).toBe('');
    expect(await run(a)).toMatchObject({ code: 0 });
    const last = await run(b);
    expect(last.json, last.stderr).toMatchObject({ notices: [], held: null });
    expect(quick.mails()).toHaveLength(everything.length - 1);
    await clean(a);
  });

  it('keep mails while the remote cannot be reached, and do all else', async () => {
    const { port, mails } = await runSink();
    const { a, remote } = await team(port);
    renameSync(remote, `${remote}.away`);
    const away = await run(a);
    expect(away.code).toBe(7);
    expect(away.json.escalated).toHaveLength(4);
    expect(away.json.held).toContain('could not be reached');
    expect(mails()).toEqual([]);
    await clean(a);
    renameSync(`${remote}.away`, remote);
    expect(sentOf((await run(a)).json)).toEqual(everything);
    expect(mails()).toHaveLength(everything.length);
  });

  it('keep the lease while the others do not have what was sent', async () => {
    const { port, mails } = await runSink('-w', '2');
    const { a, b, remote } = await team(port);
    const child = start(['-C', a.root, 'run', '--json'], { env: a.env });
    const out: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    while (!a.files('notices').some((path) => a.read(path).includes('"event":"sent"'))) await wait(20);
    // From here on the remote takes no branch.
    await git(remote, 'config', 'receive.denyCurrentBranch', 'refuse');
    mkdirSync(join(remote, 'hooks'), { recursive: true });
    const hook = join(remote, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/heads/*) exit 1;; esac\n');
    chmodSync(hook, 0o755);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(7);
    const done = JSON.parse(Buffer.concat(out).toString());
    expect(done.unpublished).toContain('does not take the branch');
    const sent = sentOf(done);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length).toBeLessThan(everything.length);
    expect(await leaseOf(remote)).not.toBe('');
    expect((await run(b)).json.held).toContain('sends for the team');
    rmSync(hook);
    const quick = await runSink();
    a.edit('itaca.yaml', `port: "${port}"`, `port: "${quick.port}"`);
    const rest = await run(a);
    expect([...sent, ...sentOf(rest.json)].sort()).toEqual(everything);
    expect((await run(b)).json.notices).toEqual([]);
    const all = [...mails(), ...quick.mails()];
    expect(new Set(idsOf(all)).size).toBe(everything.length);
    expect(all).toHaveLength(everything.length);
  });
});

describe.skipIf(sink === undefined).concurrent('a tick by SMTP', () => {
  it('tells once of a mail in doubt, and never sends it again', async () => {
    const { port, mails } = await runSink('-q', '.');
    const place = await firm(port);
    const first = await run(place);
    expect(first.code).toBe(7);
    expect(first.json.notices.map(({ state }: { state: string }) => state)).toEqual(
      everything.map(() => 'unknown'),
    );
    expect(mails()).toHaveLength(everything.length);
    expect(await run(place)).toMatchObject({ code: 0 });
    expect(mails()).toHaveLength(everything.length);
    await clean(place);
  });

  it('stops at a server that does not answer, and goes on when it does', async () => {
    const { port, mails } = await runSink();
    const place = await firm(port);
    place.edit('itaca.yaml', `port: "${port}"`, 'port: "1"');
    const first = await run(place);
    expect(first.code).toBe(7);
    const states = first.json.notices.map(({ state }: { state: string }) => state);
    expect(states).toEqual(everything.map((_, i) => (i < 2 ? 'deferred' : 'waiting')));
    place.edit('itaca.yaml', 'port: "1"', `port: "${port}"`);
    expect(sentOf((await run(place)).json)).toEqual(everything);
    expect(mails()).toHaveLength(everything.length);
  });
});

/** The same numbers for the same seed. */
function* randoms(seed: number): Generator<number, number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.skipIf(sink === undefined)('a tick that is killed at any moment', () => {
  it('is completed by the next one: nothing twice, nothing lost, what is in doubt listed', async () => {
    const kills = 6;
    const random = randoms(20261120);
    const { home } = await team(1);
    const copyOf = async () => {
      const to = join(folder(), 'team');
      cpSync(home, to, { recursive: true });
      const place = new Place(join(to, 'a', 'W'), join(to, 'a'));
      const server = await runSink();
      place.edit('itaca.yaml', 'port: "1"', `port: "${server.port}"`);
      return { place, remote: join(to, 'team.git'), ...server };
    };
    const whole = await copyOf();
    const began = performance.now();
    expect((await run(whole.place)).code).toBe(0);
    const took = performance.now() - began;
    const wanted = idsOf(whole.mails());
    expect(wanted).toHaveLength(everything.length);
    for (let i = 0; i < kills; i++) {
      const { place, remote, mails } = await copyOf();
      const child: ChildProcess = start(['-C', place.root, 'run', '--quiet'], { env: place.env });
      const end = once(child, 'close');
      await Promise.race([wait(took * (0.15 + 0.85 * random.next().value)), end]);
      child.kill('SIGKILL');
      await end;
      // The gits that it ran come to their end.
      await wait(300);
      rmSync(place.path('.git/index.lock'), { force: true });
      const again = await run(place);
      expect([0, 7], again.stderr).toContain(again.code);
      const doubts = again.json.notices.filter(({ state }: { state: string }) => state === 'unknown').length;
      expect(again.code).toBe(doubts > 0 ? 7 : 0);
      const arrived = idsOf(mails());
      expect(new Set(arrived).size).toBe(arrived.length);
      for (const id of arrived) expect(wanted).toContain(id);
      expect(wanted.length - arrived.length).toBeLessThanOrEqual(doubts);
      expect(escalationsOf(place)).toEqual([2, 2]);
      expect((await run(place)).json).toMatchObject({
        escalated: [],
        renewals: [],
        notices: [],
        complete: true,
      });
      await clean(place);
      expect(await leaseOf(remote)).toBe('');
      expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    }
  }, 120_000);
});
