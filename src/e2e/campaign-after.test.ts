import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Place, start, workspace } from './harness.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A mail server on this machine that takes messages, and drops the line after those of some people. */
async function mailServer(drops: (to: string) => boolean = () => false) {
  const got: string[] = [];
  const server = createServer((socket) => {
    let [text, to, inData] = ['', '', false];
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (;;) {
        const mark = inData ? '\r\n.\r\n' : '\r\n';
        const end = text.indexOf(mark);
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + mark.length);
        if (inData) {
          inData = false;
          if (drops(to)) return socket.destroy();
          got.push(to);
          socket.write('250 taken\r\n');
        } else if (/^DATA/i.test(line)) {
          inData = true;
          socket.write('354 go on\r\n');
        } else {
          to = /^RCPT TO:<([^>]+)>/i.exec(line)?.[1] ?? to;
          socket.write(/^QUIT/i.test(line) ? '221 bye\r\n' : '250 fine\r\n');
        }
      }
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { got, port: (server.address() as AddressInfo).port };
}

/** Lets a workspace send by SMTP. */
function bySmtp(place: Place, port: number, more = ''): void {
  place.edit('itaca.yaml', 'transport: outbox', 'transport: smtp');
  const smtp = `  smtp:\n    host: 127.0.0.1\n    port: "${port}"\n    secure: false\n${more}`;
  place.edit('itaca.yaml', '  # postal_address: Via Roma 1', `${smtp}  postal_address: Via Roma 1`);
}

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'];

/** A campaign's record as a person would have written it. */
function campaign(place: Place, title: string, more = 'audience: kind:contact', body = `${title} for you\n`) {
  const stem = `campaigns/${title.toLowerCase()}-${title[0]?.toLowerCase().repeat(10)}`;
  place.write(
    `${stem}/campaign.md`,
    `---\ntitle: ${title}\npurpose: newsletter\nchannel: email\n${more}\nsubject: ${title}\nstate: draft\n---\n`,
  );
  place.write(`${stem}/body.md`, body);
  return stem;
}

/** A workspace of four people who said yes, and a letter to them. */
async function withPeople(): Promise<Place> {
  const place = await workspace();
  for (const [i, id] of ids.entries()) {
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    const mail = `emails:\n  - p${i}@example.org\nconsents:\n  - ${consent}`;
    place.write(`contacts/p-${id}.md`, `---\nname: Person ${i}\n${mail}\n---\n`);
  }
  campaign(place, 'News');
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

const send = (title: string) => ['campaign', 'send', title, '--confirm', title, '--yes', '--json'];

/** The journal lines of a campaign's sends. */
function lines(place: Place, stem: string): Record<string, string>[] {
  return place
    .files(`${stem}/sends`)
    .filter((path) => /\d{4}-\d{2}-\d{2}-/.test(path))
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line));
}

describe('campaign results', () => {
  it('tell what came back because of it, each with its proof', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const sent = lines(place, 'campaigns/news-nnnnnnnnnn').filter(({ event }) => event === 'intent');
    const to = (i: number) => sent.find(({ address }) => address === `p${i}@example.org`)?.message_id;
    place.write(
      'interactions/2026/11/reply-xxxxxxxxxx.md',
      `---\nat: 2026-11-21T09:00:00+01:00\nchannel: email\ndirection: inbound\ncontacts:\n  - p-${ids[0]}\nin_reply_to: "${to(0)}"\n---\nThanks\n`,
    );
    place.write(
      'interactions/2026/11/away-wwwwwwwwww.md',
      `---\nat: 2026-11-21T09:00:00+01:00\nchannel: email\ndirection: inbound\noutcome: auto_reply\ncontacts:\n  - p-${ids[3]}\nin_reply_to: "${to(3)}"\n---\nAway\n`,
    );
    place.write(
      'cases/angry-yyyyyyyyyy.md',
      `---\ntitle: Why this\ntype: complaint\nstate: new\ncontact: p-${ids[0]}\nopened_at: 2026-11-21T10:00:00+01:00\ncampaign: news-nnnnnnnnnn\n---\n`,
    );
    const later = { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } };
    for (const [i, reason] of [
      [1, 'unsubscribed'],
      [2, 'hard_bounce'],
    ] as const)
      await place.itaca(['suppress', 'add', `p${i}@example.org`, '--reason', reason], later);
    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({
      audience: 4,
      sent: 4,
      rejected: 0,
      unknown: 0,
      deferred: 0,
      bounced: 1,
      replied: 1,
      unsubscribed: 1,
      complained: 1,
      clicked: null,
    });
    const people = json.people.map((one: Record<string, string>) => `${one.result} ${one.name}`);
    expect(people).toEqual([
      'bounced Person 2',
      'replied Person 0',
      'unsubscribed Person 1',
      'complained Person 0',
    ]);
    const csv = await place.ok('campaign', 'results', 'News', '--people', '--csv');
    expect(csv.stdout).toContain('replied,Person 0,p0@example.org');
    expect(csv.stdout).toContain('reply-xxxxxxxxxx');
  });

  it('are all nought before the first send', async () => {
    const place = await withPeople();
    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({ audience: 4, sent: 0, remaining: 4, replied: 0, people: [] });
  });
});

describe('reports on sends', () => {
  it('tell who got what from which office, and count it', async () => {
    const place = await withPeople();
    campaign(place, 'Fair', 'office: sales\naudience: email:p0@example.org');
    await place.ok(...send('News'));
    await place.ok(...send('Fair'));
    const { json } = await place.ok('report', 'sends', '--json');
    expect(json).toHaveLength(5);
    expect(json.filter(({ office }: { office: string }) => office === 'sales')).toMatchObject([
      {
        name: 'Person 0',
        address: 'p0@example.org',
        title: 'Fair',
        state: 'sent',
        at: '2026-11-20T11:00:00+01:00',
      },
    ]);
    const byCustomer = (await place.ok('report', 'sends', '--group-by', 'customer', '--json')).json;
    expect(byCustomer.groups[0]).toMatchObject({ name: 'Person 0', sent: 2, people: 1 });
    const byOffice = (await place.ok('report', 'sends', '--group-by', 'office', '--json')).json;
    expect(byOffice.groups).toMatchObject([
      { office: 'sales', sent: 1 },
      { office: null, sent: 4, people: 4 },
    ]);
    expect(
      (await place.ok('report', 'sends', '--since', '2026-11-21', '--until', '2026-11-21', '--json')).json,
    ).toEqual([]);
  });

  it('find what left after a no, and nothing else', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const check = ['report', 'sends-after-cancel', '--fail-if-any', '--json'];
    const later = { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } };
    await place.itaca(['suppress', 'add', 'p1@example.org', '--reason', 'unsubscribed'], later);
    expect(await place.itaca(check)).toMatchObject({ code: 0, json: [] });
    place.write(
      'suppressions/s-ssssssssss.md',
      '---\naddress: P2@example.org\nscope: all\nreason: spam_complaint\nat: 2026-11-19\n---\n',
    );
    const found = await place.itaca(check);
    expect(found.code).toBe(1);
    expect(found.json).toMatchObject([
      { name: 'Person 2', title: 'News', reason: 'suppressed', evidence: 's-ssssssssss' },
    ]);
  });

  it('tell who asked for a campaign, built, approved and sent it', async () => {
    const place = await withPeople();
    place.edit('itaca.yaml', 'members:', 'members:\n  bea:\n    office: sales');
    const draft = ['--purpose', 'newsletter', '--audience', 'kind:contact', '--subject', 'S', '--body', 'B'];
    await place.ok('campaign', 'new', 'Fair', ...draft, '--as', 'bea');
    const rows = async () => (await place.ok('report', 'who-did-what', '--json')).json;
    expect((await rows())[0]).toMatchObject({
      title: 'Fair',
      office: 'sales',
      requested_by: 'bea',
      built_by: [{ by: 'bea' }],
      sent_by: [],
      sent: 0,
    });
    await place.ok(...send('Fair'), '--as', 'anna');
    const sent = (await rows()).find(({ title }: { title: string }) => title === 'Fair');
    expect(sent).toMatchObject({ sent: 4, unknown: 0, last_sent: '2026-11-20T11:00:00+01:00' });
    expect(sent.built_by.map(({ by }: { by: string }) => by)).toEqual(['bea']);
    expect(sent.sent_by.map(({ by }: { by: string }) => by)).toEqual(['anna']);
    const csv = (await place.ok('report', 'who-did-what', '--since', '2026-11-20', '--csv')).stdout;
    expect(csv).toMatch(/^Fair,sales,finished,bea,bea,,anna,4,0/m);
  });
});

describe('campaign calendar', () => {
  it('warns of people to whom two offices write within a week', async () => {
    const place = await withPeople();
    campaign(place, 'Fair', 'office: sales\naudience: email:p0@example.org\nsend_at: 2026-11-24');
    campaign(place, 'Club', 'office: club\naudience: kind:contact\nsend_at: 2026-12-24');
    campaign(place, 'Gone', 'office: club\naudience: "("\nsend_at: 2026-11-24');
    await place.ok(...send('News'));
    const run = await place.itaca(['campaign', 'calendar', '--json', '--fail-if-any']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('"Gone" is not in the calendar');
    expect(run.json).toMatchObject([
      { what: 'sent', title: 'News', people: 4, overlaps: [{ title: 'Fair', office: 'sales', people: 1 }] },
      { what: 'planned', title: 'Fair', people: 1, overlaps: [{ title: 'News', people: 1 }] },
      { what: 'planned', title: 'Club', people: 4, overlaps: [] },
    ]);
    const soon = await place.ok('campaign', 'calendar', '--until', '1w', '--csv');
    expect(soon.stdout).toContain('1 by sales on 2026-11-24 (Fair)');
    expect(soon.stdout).not.toContain('Club');
  });
});

describe('campaign correct', () => {
  const correct = [
    'campaign',
    'correct',
    'News',
    '--subject',
    'Sorry',
    '--body',
    'It is on Friday.',
    '--json',
  ];

  it('writes to exactly those who got the wrong one, in spite of the frequency limit', async () => {
    const place = await withPeople();
    place.write(
      'itaca.yaml',
      `${place.read('itaca.yaml')}\nlimits:\n  frequency: {messages: 1, within: P7D}\n`,
    );
    expect(await place.itaca(correct)).toMatchObject({ code: 6, error: { code: 'refused' } });
    await place.ok('suppress', 'add', 'p1@example.org', '--reason', 'manual', '--scope', 'newsletter');
    await place.ok(...send('News'));
    const more = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    place.write(
      'contacts/late-zzzzzzzzzz.md',
      `---\nname: Late\nemails:\n  - late@example.org\nconsents:\n  - ${more}\n---\n`,
    );
    const dry = await place.ok(...correct, '--dry-run');
    expect(dry.json.people).toBe(3);
    expect(place.files('campaigns').filter((path) => path.includes('correction'))).toEqual([]);
    const { json } = await place.ok(...correct);
    expect(json).toMatchObject({
      people: 3,
      audience: 'got:news-nnnnnnnnnn',
      corrects: 'news-nnnnnnnnnn',
      state: 'draft',
    });
    const plan = (await place.ok('campaign', 'preview', json.id, '--json')).json;
    expect(plan).toMatchObject({ audience: 3, to_send: 3 });
    const sent = await place.ok('campaign', 'send', json.id, '--confirm', 'News: correction', '--json');
    expect(sent.json).toMatchObject({ audience: 3, sent: 3 });
    expect((await place.ok('check', '--json')).code).toBe(0);
  });

  it('copies what it is not told, and finds the people by the query', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const draft = (await place.ok('campaign', 'correct', 'News', '--subject', 'Again', '--json')).json;
    expect(place.read(draft.path.replace('campaign.md', 'body.md'))).toBe('News for you\n');
    await place.ok('suppress', 'add', 'p1@example.org', '--reason', 'unsubscribed');
    expect(
      (await place.ok('contact', 'list', 'got:News', 'email:p1@example.org', '--json')).json,
    ).toHaveLength(1);
    expect((await place.itaca(['contact', 'list', 'got:Nothing', '--json'])).code).toBe(3);
    const dull = await place.itaca(['campaign', 'correct', 'News', '--json']);
    expect(dull).toMatchObject({ code: 2, error: { code: 'usage' } });
  });

  it('finds people who were merged into others since', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    await place.ok('contact', 'merge', `p-${ids[0]}`, `p-${ids[1]}`, '--yes');
    const found = (await place.ok('contact', 'list', 'got:nnnnnnnnnn', '--json')).json;
    expect(found.map(({ id }: { id: string }) => id).sort()).toEqual([ids[0], ids[2], ids[3]]);
    const sends = (await place.ok('report', 'sends', '--group-by', 'customer', '--json')).json;
    expect(sends.groups[0]).toMatchObject({ customer: `p-${ids[0]}`, sent: 2, people: 1 });
  });

  it('is refused where the journal cannot be read', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const journal = place.files('campaigns').find((path) => /sends\/2026/.test(path)) as string;
    place.edit(journal, 'p0@example.org', 'p9@example.org');
    expect(await place.itaca(correct)).toMatchObject({ code: 4, error: { path: journal, line: 1 } });
  });
});

describe('campaign resolve', () => {
  const resolve = (...more: string[]) => ['campaign', 'resolve', 'News', ...more, '--json'];

  it('lists what is in doubt with the evidence, and puts down what a person decides', async () => {
    let broken = true;
    const { got, port } = await mailServer((to) => broken && /^p[123]@/.test(to));
    const place = await withPeople();
    bySmtp(place, port);
    const first = await place.itaca(send('News'));
    expect(first.json).toMatchObject({ sent: 1, unknown: 3 });
    broken = false;
    // By itself nothing is sent again.
    expect((await place.itaca(send('News'))).json).toMatchObject({ sent: 0, unknown: 3 });
    const intent = lines(place, 'campaigns/news-nnnnnnnnnn').find(
      ({ event, address }) => event === 'intent' && address === 'p1@example.org',
    );
    place.write(
      'interactions/2026/11/reply-xxxxxxxxxx.md',
      `---\nat: 2026-11-21T09:00:00+01:00\nchannel: email\ndirection: inbound\ncontacts:\n  - p-${ids[1]}\nin_reply_to: "${intent?.message_id}"\n---\nThanks\n`,
    );
    const listed = (await place.ok(...resolve())).json;
    expect(listed).toMatchObject({ unknown: 3, sent: 0, not_sent: 0 });
    expect(listed.messages).toHaveLength(3);
    expect(
      listed.messages.find((one: { address: string }) => one.address === 'p1@example.org'),
    ).toMatchObject({
      name: 'Person 1',
      held: null,
      suggests: 'sent',
      evidence: [{ what: 'replied', ref: 'reply-xxxxxxxxxx' }],
    });

    const wrong = [
      [resolve('--sent'), 2],
      [resolve('--sent', '--not-sent', '--all'), 2],
      [resolve('--sent', 'p0@example.org'), 3],
      [resolve('--sent', 'p1@example.org', '--not-sent', 'p1@example.org'), 2],
    ] as const;
    for (const [args, code] of wrong) expect((await place.itaca([...args])).code, args.join(' ')).toBe(code);
    const before = place.tree();
    const dry = await place.ok(...resolve('--sent', 'P1@example.org'), '--dry-run');
    expect(dry.json).toMatchObject({ sent: 1, unknown: 2 });
    expect(place.tree()).toEqual(before);

    const some = await place.ok(
      ...resolve('--sent', 'P1@example.org', '--not-sent', 'p2@example.org', '--why', 'he answered'),
    );
    expect(some.json).toMatchObject({ sent: 1, not_sent: 1, unknown: 1 });
    expect(lines(place, 'campaigns/news-nnnnnnnnnn').slice(-2)).toMatchObject([
      { event: 'sent', address: 'p1@example.org', by: 'anna', why: 'he answered' },
      { event: 'deferred', address: 'p2@example.org', by: 'anna', why: 'he answered' },
    ]);
    expect(got).toEqual(['p0@example.org']);
    expect((await place.itaca(['undo', '--yes'])).code).toBe(6);
    expect((await place.itaca(send('News'))).json).toMatchObject({
      sent: 1,
      unknown: 1,
      left_out: { already_sent: 2 },
    });
    expect(got).toEqual(['p0@example.org', 'p2@example.org']);
    await place.ok(...resolve('--sent', '--all'));
    expect((await place.ok('campaign', 'status', 'News', '--json')).json).toMatchObject({
      state: 'finished',
      sent: 4,
      unknown: 0,
    });
    expect((await place.ok(...resolve())).json.messages).toEqual([]);
    expect(await place.git('status', '--porcelain', 'campaigns')).toBe('');
  });
});

describe('campaign pause', () => {
  it('keeps a send from beginning until it is resumed', async () => {
    const place = await withPeople();
    expect((await place.ok('campaign', 'pause', 'News', '--json')).json).toMatchObject({
      state: 'paused',
      was: 'draft',
    });
    const refused = await place.itaca(send('News'));
    expect(refused).toMatchObject({ code: 6, error: { code: 'refused' } });
    expect(refused.error.hint).toContain('campaign resume');
    await place.ok('campaign', 'pause', 'News');
    expect((await place.ok('campaign', 'resume', 'News', '--json')).json).toMatchObject({ state: 'draft' });
    expect((await place.itaca(['campaign', 'resume', 'News'])).code).toBe(6);
    expect((await place.ok(...send('News'))).json).toMatchObject({ sent: 4 });
    expect((await place.itaca(['campaign', 'pause', 'News'])).code).toBe(6);
  });

  it('stops a send that runs, with everybody accounted for', async () => {
    const { got, port } = await mailServer();
    const place = await withPeople();
    bySmtp(place, port, '  throttle: 30\n');
    await place.git('commit', '-qam', 'slow');
    const child = start(['-C', place.root, ...send('News')], { env: place.env });
    const out: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    const err: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    const ended = once(child, 'close');
    await expect.poll(() => got.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await place.ok('campaign', 'pause', 'News');
    const [code] = await ended;
    expect(code).toBe(7);
    expect(Buffer.concat(err).toString()).toContain('paused while it was sent');
    const counts = JSON.parse(Buffer.concat(out).toString());
    expect(counts.sent).toBe(got.length);
    expect(counts.remaining).toBeGreaterThan(0);
    expect(counts.sent + counts.remaining).toBe(4);
    expect((await place.ok('campaign', 'status', 'News', '--json')).json.state).toBe('paused');
    await place.ok('campaign', 'resume', 'News');
    place.edit('itaca.yaml', 'throttle: 30', 'throttle: 6000');
    expect((await place.ok(...send('News'))).json).toMatchObject({ unknown: 0, remaining: 0 });
    expect([...got].sort()).toEqual(ids.map((_, i) => `p${i}@example.org`));
  }, 30_000);
});
