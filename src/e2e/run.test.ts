import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, git, type Place, start, workspace } from './harness.js';

const sink = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v smtp-sink']).toString().trim();
  } catch {
    return undefined;
  }
})();

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

interface Sink {
  port: number;
  mails(): string[];
}

/** Runs smtp-sink, on loopback, as nobody where this is root: a file for each mail. */
async function runSink(...options: string[]): Promise<Sink> {
  const place = folder();
  chmodSync(place, 0o777);
  for (let up = place; up !== '/tmp' && up !== '/'; up = join(up, '..'))
    chmodSync(up, 0o755 | (up === place ? 0o022 : 0));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const command = [sink as string, '-d', 'm.%s.', ...options, `127.0.0.1:${port}`, '100'];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [file = '', ...args] = process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  const child = spawn(file, args, { cwd: place, stdio: 'ignore' });
  cleanups.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (open) break;
    expect(child.exitCode).toBeNull();
    await wait(20);
  }
  return {
    port,
    mails: () =>
      readdirSync(place)
        .map((name) => readFileSync(join(place, name), 'utf8'))
        .filter((mail) => mail.includes('Message-ID')),
  };
}

const header = (mail: string, name: string) => new RegExp(`^${name}: ?(.*?)\\r?$`, 'im').exec(mail)?.[1];
const idsOf = (mails: string[]) => mails.map((mail) => header(mail, 'Message-ID')).sort();

const process_ = `type: question
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
  text: "Hello {{ contact.name }}, we have your question of {{ case.opened }}."
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
      `---\ntitle: Question ${n}\ntype: question\nstate: open\ncontact: ${person(n).slice(9, -3)}\nowner: anna\nopened_at: 2026-11-19T08:00:00+01:00\n---\n`,
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
    place.edit('itaca.yaml', 'mail:\n', 'mail:\n  from: ACME <crm@example.org>\n');
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
