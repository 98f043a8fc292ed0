import { once } from 'node:events';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, itaca, Place, start, sum, workspace } from './harness.js';
import { runSink, sink } from './smtp-sink.js';
import { twoClones } from './two-clones.js';

const people = 60;
const idOf = (n: number) => `cccccccc${String(n).padStart(2, '0')}`;
const contactFile = (n: number) => `contacts/p-${idOf(n)}.md`;

/** A place that sends by SMTP to so many people who said yes, with a campaign of sales and one of fairs. */
async function office(port: number, of: Promise<Place> = workspace()): Promise<Place> {
  const place = await of;
  place.edit('itaca.yaml', 'transport: outbox', 'transport: smtp');
  place.edit(
    'itaca.yaml',
    '  # postal_address: Via Roma 1',
    `  bounce_address: b@example.org\n  smtp: {host: 127.0.0.1, port: "${port}", secure: false}\n  throttle: 3000\n  postal_address: Via Roma 1`,
  );
  for (let n = 0; n < people; n++) {
    const consent =
      'consents:\n  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    place.write(contactFile(n), `---\nname: Person ${n}\nemails: [p${n}@example.org]\n${consent}\n---\n`);
  }
  for (const [name, id] of [
    ['spring', 'nnnnnnnnn1'],
    ['fairs', 'nnnnnnnnn2'],
  ] as const) {
    const head = `title: ${name}\noffice: ${name}\npurpose: newsletter\nchannel: email\naudience: kind:contact`;
    place.write(`campaigns/${name}-${id}/campaign.md`, `---\n${head}\nsubject: Hello\nstate: draft\n---\n`);
    place.write(`campaigns/${name}-${id}/body.md`, 'Hello {{ contact.name }}\n');
  }
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

const team = async (port: number) => twoClones(await office(port));

const sending = (name: string, ...more: string[]) => [
  'campaign',
  'send',
  name,
  '--confirm',
  name,
  '--yes',
  '--no-input',
  '--json',
  ...more,
];

const leaseOf = async (remote: string) =>
  (await git(remote, 'for-each-ref', '--format=%(objectname)', 'refs/itaca/lease')).trim();

/** Addresses that got something, one for each mail. */
const receivers = (mails: string[]) =>
  mails.map((mail) => /^X-Rcpt-Args: <([^>]+)>/m.exec(mail)?.[1] ?? '').sort();

const everybody = Array.from({ length: people }, (_, n) => `p${n}@example.org`).sort();

/** Starts a send and waits until some have left. */
async function begun(place: Place, name: string, mails: () => string[], ...more: string[]) {
  const child = start(['-C', place.root, ...sending(name, ...more)], { env: place.env });
  const out: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  const ended = once(child, 'close');
  while (mails().length < 3 && child.exitCode === null) await wait(10);
  const json = async () => {
    await ended;
    return JSON.parse(Buffer.concat(out).toString());
  };
  return { child, ended, json };
}

const audienceOf = (json: Record<string, number> & { left_out: Record<string, number> }) =>
  json.sent! + json.unknown! + json.deferred! + json.rejected! + json.remaining! + sum(json.left_out);

describe.skipIf(sink === undefined).concurrent('two clones', () => {
  it('that start the same send at once: one sends, and nobody gets it twice', async () => {
    const { port, mails } = await runSink();
    const { a, b, remote } = await team(port);
    const both = await Promise.all([a.itaca(sending('spring')), b.itaca(sending('spring'))]);
    const [winner, other] = both[0]?.code === 0 ? both : [both[1], both[0]];
    expect(winner, winner?.stderr).toMatchObject({ code: 0 });
    if (other?.code !== 0) {
      expect(other).toMatchObject({ code: 5 });
      expect(other?.error.message).toMatch(/sends for the team \(campaign "spring", since/);
    }
    expect(receivers(mails())).toEqual(everybody);
    expect(await leaseOf(remote)).toBe('');
    for (const place of [a, b]) {
      expect((await place.ok(...sending('spring'))).json).toMatchObject({
        sent: 0,
        left_out: { already_sent: people },
      });
    }
    expect(mails()).toHaveLength(people);
  });

  it('that send the same text under two names: the second one leaves everybody out', async () => {
    const { port, mails } = await runSink();
    const { a, b } = await team(port);
    const both = await Promise.all([a.itaca(sending('spring')), b.itaca(sending('fairs'))]);
    for (const [index, { code }] of both.entries()) {
      if (code !== 5) continue;
      const again = await [a, b][index]!.ok(...sending(['spring', 'fairs'][index]!));
      expect(again.json).toMatchObject({ sent: 0, left_out: { same_content: people } });
    }
    expect(receivers(mails())).toEqual(everybody);
  });

  it('of which one dies while it sends: the other takes over, and what is not known is in doubt', async () => {
    const { port, mails } = await runSink();
    const { a, b, remote } = await team(port);
    const dead = await begun(a, 'spring', mails);
    dead.child.kill('SIGKILL');
    await dead.ended;
    expect(await leaseOf(remote)).not.toBe('');
    const left = receivers(mails());

    const refused = await b.itaca(sending('spring'));
    expect(refused).toMatchObject({ code: 5 });
    expect(refused.error.hint).toContain('--take-over');

    const taken = await b.itaca(sending('spring', '--take-over'));
    expect(taken, taken.stderr).toMatchObject({ code: 7 });
    expect(audienceOf(taken.json)).toBe(people);
    expect(taken.json.unknown).toBeGreaterThan(0);
    const got = receivers(mails());
    expect(new Set(got).size).toBe(got.length);
    expect(got).toEqual(expect.arrayContaining(left));
    expect(await leaseOf(remote)).toBe('');

    // The dead one comes back: what its own journal knows is doubted no more.
    const back = await a.itaca(sending('spring'));
    expect(receivers(mails()).filter((one, at, all) => all.indexOf(one) !== at)).toEqual([]);
    expect(audienceOf(back.json)).toBe(people);
    expect(back.json.unknown).toBeLessThan(taken.json.unknown);
    const doubts = (await a.ok('campaign', 'resolve', 'spring', '--json')).json.messages;
    const accounted = new Set([
      ...receivers(mails()),
      ...doubts.map((one: { address: string }) => one.address),
    ]);
    expect([...accounted].sort()).toEqual(everybody);
  });

  it('of which one was only slow: it stops when the lease is taken from it', async () => {
    const { port, mails } = await runSink();
    const { a, b } = await team(port);
    const slow = await begun(a, 'spring', mails);
    slow.child.kill('SIGSTOP');
    const taken = await b.itaca(sending('spring', '--take-over'));
    expect(taken, taken.stderr).toMatchObject({ code: 7 });
    slow.child.kill('SIGCONT');
    await slow.ended;
    const got = receivers(mails());
    expect(new Set(got).size).toBe(got.length);
  });

  it('hears of an unsubscribe, a cancellation and a complaint of the other while it sends', async () => {
    const { port, mails } = await runSink();
    const { a, b } = await team(port);
    a.edit('itaca.yaml', 'throttle: 3000', 'throttle: 600');
    await a.git('commit', '-qam', 'slowly');
    const send = await begun(a, 'spring', mails);
    // In its own folder.
    await a.ok('suppress', 'add', 'p59@example.org', '--reason', 'unsubscribed');
    a.write(
      'agreements/club-aaaaaaaaa1.md',
      `---\ntitle: Club\nnumber: "1"\ncontact: p-${idOf(58)}\nstate: cancel_requested\n---\n`,
    );
    a.write(
      'cases/late-aaaaaaaaa2.md',
      `---\ntitle: Late\ntype: complaint\nstate: new\ncontact: p-${idOf(57)}\nopened_at: 2026-11-20T10:00:00Z\n---\n`,
    );
    const heard = receivers(mails());
    const json = await send.json();
    expect(audienceOf(json)).toBe(people);
    expect(json.left_out).toMatchObject({ suppressed: 1, agreement_cancelled: 1, open_complaint: 1 });
    const got = receivers(mails());
    for (const n of [57, 58, 59]) {
      expect(heard).not.toContain(`p${n}@example.org`);
      expect(got).not.toContain(`p${n}@example.org`);
    }
    // What another office filed and published counts before the next one begins.
    await b.ok('sync');
    await b.ok('suppress', 'add', 'p3@example.org', '--reason', 'unsubscribed');
    await b.ok('sync');
    expect(
      (
        await a.ok(
          'campaign',
          'new',
          'More',
          '--purpose',
          'newsletter',
          '--audience',
          'kind:contact',
          '--subject',
          'Other',
          '--body',
          'Something else',
        )
      ).code,
    ).toBe(0);
    const more = await a.itaca(sending('More'));
    expect(more.json.left_out.suppressed).toBe(2);
  });

  it('hears of what the other publishes while it sends', async () => {
    const { port, mails } = await runSink();
    const { a, b } = await team(port);
    a.edit('itaca.yaml', 'throttle: 3000', 'throttle: 600');
    await a.git('commit', '-qam', 'slowly');
    await a.ok('sync');
    const send = await begun(a, 'spring', mails);
    send.child.kill('SIGSTOP');
    await b.ok('sync');
    await b.ok('suppress', 'add', 'p59@example.org', '--reason', 'unsubscribed');
    await b.ok('sync');
    send.child.kill('SIGCONT');
    const json = await send.json();
    expect(json).toMatchObject({ sent: people - 1, left_out: { suppressed: 1 } });
    expect(receivers(mails())).toEqual(everybody.filter((address) => address !== 'p59@example.org'));
    await b.ok('sync');
    expect(b.tree()).toEqual(a.tree());
  });

  it('without their remote send nothing, unless that is said to be so', async () => {
    const { port, mails } = await runSink();
    const { a, remote } = await team(port);
    renameSync(remote, `${remote}.away`);
    const refused = await a.itaca(sending('spring'));
    expect(refused).toMatchObject({ code: 7 });
    expect(refused.error.hint).toContain('--offline');
    expect(mails()).toEqual([]);
    const sent = await a.itaca(sending('spring', '--offline'));
    expect(sent, sent.stderr).toMatchObject({ code: 0 });
    expect(sent.stderr).toContain('another office may be sending the same');
    expect(receivers(mails())).toEqual(everybody);
  });
});

describe.skipIf(sink === undefined).concurrent('a send', () => {
  it.each([7, 11])(
    'killed again and again goes to nobody twice, and leaves nobody out unlisted',
    async (seed) => {
      const { port, mails } = await runSink();
      const place = await office(port);
      let random = seed;
      for (let kills = 0; kills < 4; kills++) {
        random = (random * 1103515245 + 12345) % 2 ** 31;
        const before = mails().length;
        const send = start(['-C', place.root, ...sending('spring')], { env: place.env });
        const ended = once(send, 'close');
        while (mails().length < before + 1 + (random % 9) && send.exitCode === null) await wait(5);
        send.kill('SIGKILL');
        await ended;
      }
      const last = await place.itaca(sending('spring'));
      expect(last, last.stderr).toMatchObject({ code: 7 });
      expect(audienceOf(last.json)).toBe(people);
      const { messages } = (await place.ok('campaign', 'resolve', 'spring', '--json')).json;
      const got = receivers(mails());
      expect(new Set(got).size).toBe(got.length);
      const listed = messages.map(({ address }: { address: string }) => address);
      expect([...new Set([...got, ...listed])].sort()).toEqual(everybody);
      expect(await place.git('status', '--porcelain')).toBe('');
    },
  );

  it('told to stop finishes what is under way, and goes on later', async () => {
    const { port, mails } = await runSink();
    const place = await office(port);
    const send = await begun(place, 'spring', mails);
    send.child.kill('SIGTERM');
    const json = await send.json();
    expect(send.child.exitCode).toBe(7);
    expect(json).toMatchObject({ unknown: 0, sent: mails().length });
    expect(audienceOf(json)).toBe(people);
    expect((await place.ok(...sending('spring'))).json).toMatchObject({
      left_out: { already_sent: json.sent },
    });
    expect(receivers(mails())).toEqual(everybody);
  });
});

describe.skipIf(sink === undefined).concurrent('a folder that is not what it was', () => {
  it('copied before the send, does not send again', async () => {
    const { port, mails } = await runSink();
    const home = folder();
    const initialised = async () => {
      const root = join(home, 'W');
      const who = ['--name', 'ACME', '--timezone', 'UTC', '--country', 'IT', '--member', 'anna'];
      expect(await itaca(['init', root, ...who])).toMatchObject({ code: 0 });
      return new Place(root, home);
    };
    const place = await office(port, initialised());
    const copy = new Place(join(folder(), 'W'), folder());
    cpSync(place.root, copy.root, { recursive: true });
    await place.ok(...sending('spring'));
    const refused = await copy.itaca(sending('spring'));
    expect(refused).toMatchObject({ code: 6 });
    expect(refused.error.message).toContain('is a copy of');
    expect(mails()).toHaveLength(people);
    // What was only moved is no copy, and what took over is one no more.
    const moved = new Place(join(folder(), 'W'), place.home);
    renameSync(place.root, moved.root);
    expect((await moved.ok(...sending('spring'))).json).toMatchObject({ sent: 0 });
    const fairs = await moved.itaca(sending('fairs'));
    expect(fairs.json).toMatchObject({ sent: 0, left_out: { same_content: people } });
  });

  it('restored from a backup, or reset, does not send again', async () => {
    const { port, mails } = await runSink();
    const place = await office(port);
    const backup = join(folder(), 'W');
    cpSync(place.root, backup, { recursive: true });
    const before = await place.git('rev-parse', 'HEAD');
    await place.ok(...sending('spring'));
    await place.git('reset', '-q', '--hard', before);
    expect(await place.itaca(sending('spring'))).toMatchObject({ code: 6 });
    rmSync(place.root, { recursive: true });
    cpSync(backup, place.root, { recursive: true });
    const refused = await place.itaca(sending('spring'));
    expect(refused).toMatchObject({ code: 6 });
    expect(refused.error.message).toContain('is missing');
    expect(mails()).toHaveLength(people);
  });

  it('in a team gets the missing lines from the others', async () => {
    const { port, mails } = await runSink();
    const { a } = await team(port);
    const before = await a.git('rev-parse', 'HEAD');
    await a.ok(...sending('spring'));
    await a.git('reset', '-q', '--hard', before);
    expect((await a.ok(...sending('spring'))).json).toMatchObject({
      sent: 0,
      left_out: { already_sent: people },
    });
    expect(mails()).toHaveLength(people);
  });
});
