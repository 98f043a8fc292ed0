import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Place, start, sum, workspace } from './harness.js';
import { mailServer } from './mail-server.js';
import { runSink, sink } from './smtp-sink.js';

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd', 'eeeeeeeeee', 'ffffffffff'];

/** A workspace of six people who said yes, and a letter to them. */
async function withPeople(port?: number, body = 'Hello {{ contact.name }}\n'): Promise<Place> {
  const place = await workspace();
  for (const [i, id] of ids.entries()) {
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    const mail = `emails:\n  - p${i}@example.org\nconsents:\n  - ${consent}`;
    place.write(`contacts/p-${id}.md`, `---\nname: Person ${i}\n${mail}\n---\n`);
  }
  const transport = port === undefined ? 'outbox' : 'smtp';
  place.edit('itaca.yaml', 'transport: outbox', `transport: ${transport}`);
  const smtp =
    port === undefined ? '' : `\n  smtp:\n    host: 127.0.0.1\n    port: "${port}"\n    secure: false`;
  place.edit(
    'itaca.yaml',
    '  # postal_address: Via Roma 1',
    `  bounce_address: b@example.org${smtp}\n  postal_address: Via Roma 1`,
  );
  place.write(
    'campaigns/news-nnnnnnnnnn/campaign.md',
    '---\ntitle: News\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: "Hello {{ contact.name }}"\nstate: draft\n---\n',
  );
  place.write('campaigns/news-nnnnnnnnnn/body.md', body);
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

const send = ['campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input', '--json'];

/** Header fields of a message, unfolded, by lower-case name; and that it has a body. */
function headers(text: string): Map<string, string> {
  const [head = '', body] = text.split(/\r\n\r\n(.*)/s);
  expect(body?.length).toBeGreaterThan(0);
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    fields.map((field) => {
      expect(field).toMatch(/^[\x21-\x39\x3b-\x7e]+: ?[\x20-\x7e]*$/);
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
}

describe('a send by SMTP', () => {
  it('hands each person one message, and a second send none', async () => {
    const { mails, port } = await mailServer();
    const place = await withPeople(port);
    const first = await place.itaca(send);
    expect(first, first.stderr).toMatchObject({ code: 0 });
    expect(first.json).toMatchObject({ audience: 6, sent: 6, transport: 'smtp', left_out: {} });
    expect(mails.map(({ to }) => to).sort()).toEqual(ids.map((_, i) => `p${i}@example.org`));
    for (const { to, from, text } of mails) {
      const fields = headers(text);
      expect(fields.get('to')).toContain(to);
      expect(text).toContain(`Hello Person ${to.slice(1, 2)}`);
      expect(from).toMatch(/^b\+[^@]+@example\.org$/);
      expect(fields.get('list-unsubscribe')).toContain('mailto:');
    }
    expect(new Set(mails.map(({ text }) => headers(text).get('message-id'))).size).toBe(6);
    expect(new Set(mails.map(({ from }) => from)).size).toBe(6);
    const second = (await place.ok(...send)).json;
    expect(second).toMatchObject({ audience: 6, sent: 0, left_out: { already_sent: 6 } });
    expect(mails).toHaveLength(6);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('accounts for who was refused and who must wait, and tries only those again', async () => {
    let busy = true;
    const { mails, port } = await mailServer((to) => {
      if (to === 'p1@example.org') return answer(550, 'no such user');
      return to === 'p2@example.org' && busy ? answer(451, 'come back') : undefined;
    });
    const place = await withPeople(port);
    const first = await place.itaca(send);
    expect(first.code).toBe(7);
    expect(first.json).toMatchObject({
      audience: 6,
      sent: 4,
      rejected: 1,
      deferred: 1,
      unknown: 0,
      remaining: 0,
    });
    busy = false;
    // A deferred message has its time; a day later it is due.
    const later = { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } };
    const second = await place.itaca(send, later);
    const counts = second.json;
    expect(counts.audience).toBe(
      counts.sent +
        counts.unknown +
        counts.deferred +
        counts.rejected +
        counts.remaining +
        sum(counts.left_out),
    );
    expect(counts.sent).toBe(1);
    expect(mails.map(({ to }) => to).sort()).toEqual([0, 2, 3, 4, 5].map((i) => `p${i}@example.org`));
  });

  it('is tried again by the clock for those the server put off, ever more seldom, and given up at last', async () => {
    let tries = 0;
    const { mails, port } = await mailServer((to) => {
      if (to === 'p2@example.org') tries++;
      const busy = to === 'p2@example.org' || (to === 'p4@example.org' && tries < 2);
      return busy ? answer(451, 'come back') : undefined;
    });
    const place = await withPeople(port);
    expect((await place.itaca(send)).json).toMatchObject({ sent: 4, deferred: 2 });
    const runAt = async (time: string) =>
      (await place.itaca(['run', '--json'], { env: { ITACA_NOW: time } })).json.retried;
    expect(await runAt('2026-11-20T10:04:00Z')).toEqual([]);
    expect(await runAt('2026-11-20T10:05:00Z')).toMatchObject([{ sent: 1, deferred: 1, held: null }]);
    expect(await runAt('2026-11-20T10:10:00Z')).toEqual([]);
    expect(await runAt('2026-11-20T10:20:00Z')).toMatchObject([{ sent: 0, deferred: 1 }]);
    expect(await runAt('2026-11-25T10:00:00Z')).toMatchObject([{ sent: 0, deferred: 0, given_up: 1 }]);
    expect(await runAt('2026-11-26T10:00:00Z')).toEqual([]);
    expect(tries).toBe(3);
    expect(mails.map(({ to }) => to).sort()).toEqual([0, 1, 3, 4, 5].map((i) => `p${i}@example.org`));
    const status = (await place.ok('campaign', 'status', 'News', '--json')).json;
    expect(status).toMatchObject({ state: 'finished', sent: 5, rejected: 1, deferred: 0 });
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('to nobody at home leaves everybody to be sent to, and loses nobody', async () => {
    const { port, close } = await mailServer();
    await close();
    const place = await withPeople(port);
    const run = await place.itaca(send);
    expect(run.code).toBe(7);
    expect(run.json).toMatchObject({ audience: 6, sent: 0, unknown: 0, rejected: 0 });
    expect(run.json.deferred + run.json.remaining).toBe(6);
  });

  it('leaves out who unsubscribed between two sends', async () => {
    let open = false;
    const { mails, port } = await mailServer(() => (open ? undefined : answer(451, 'come back')));
    const place = await withPeople(port);
    await place.itaca(send);
    expect(mails).toEqual([]);
    open = true;
    await place.ok('suppress', 'add', 'P3@example.org', '--reason', 'unsubscribed');
    const second = await place.itaca(send, { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } });
    expect(second.json).toMatchObject({ audience: 6, sent: 5, left_out: { suppressed: 1 } });
    expect(mails.map(({ to }) => to)).not.toContain('p3@example.org');
  });
});

describe('a send to the outbox', () => {
  it('writes one message for each person, which any mail program can read', async () => {
    const place = await withPeople(undefined, 'Hello **{{ contact.name }}**, caffè\n');
    expect((await place.ok(...send)).json).toMatchObject({ sent: 6, transport: 'outbox' });
    const files = place.files('outbox/new');
    expect(files).toHaveLength(6);
    const to = files.map((file) => {
      const text = place.read(file);
      expect(text).not.toMatch(/[^\r]\n/);
      const fields = headers(text);
      for (const field of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type'])
        expect(fields.has(field), field).toBe(true);
      expect(fields.get('content-type')).toMatch(/^multipart\/alternative;/);
      expect(fields.get('subject')).toMatch(/^Hello Person \d$/);
      return fields.get('delivered-to');
    });
    expect(to.sort()).toEqual(ids.map((_, i) => `p${i}@example.org`));
  });

  it('works in a workspace as `init` made it, with a warning that it does not say where it comes from', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Lia Po', '--email', 'lia@example.org');
    const draft = ['--purpose', 'service', '--audience', 'kind:contact', '--subject', 'S', '--body', 'Hello'];
    await place.ok('campaign', 'new', 'News', ...draft);
    const run = await place.ok(...send);
    expect(run.json).toMatchObject({ audience: 1, sent: 1 });
    expect(run.stderr).toContain('postal_address');
    expect(place.read(place.files('outbox/new')[0] as string)).toContain('ACME');
  });

  it.each([
    ['a wrong title', ['--confirm', 'Old news'], 2],
    ['no title where nobody can be asked', ['--yes', '--no-input'], 2],
  ])('does not start with %s', async (_what, confirm, code) => {
    const place = await withPeople();
    const run = await place.itaca(['campaign', 'send', 'News', ...confirm, '--json']);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.error.code).toBe('usage');
    expect(place.files('outbox')).toEqual([]);
    expect(place.files('campaigns').filter((file) => file.includes('/sends/'))).toEqual([]);
  });

  it('names the person for whom a merge tag has no value, and sends to nobody', async () => {
    const place = await withPeople(undefined, 'Dear {{ contact.title }}\n');
    for (const id of ids.slice(1)) await place.edit(`contacts/p-${id}.md`, 'name:', 'title: Dr\nname:');
    const run = await place.itaca(send);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('Person 0');
    expect(run.error.message + (run.error.hint ?? '')).toContain('title');
    expect(place.files('outbox')).toEqual([]);
    place.write('campaigns/news-nnnnnnnnnn/body.md', 'Dear {{ contact.title | default: "friend" }}\n');
    expect((await place.ok(...send)).json.sent).toBe(6);
  });

  it('refuses a changed text once it has begun', async () => {
    const place = await withPeople();
    await place.ok(...send);
    place.write('campaigns/news-nnnnnnnnnn/body.md', 'Something else\n');
    const run = await place.itaca(send);
    expect(run.code).toBe(6);
    expect(place.files('outbox/new')).toHaveLength(6);
  });

  it('refuses to go on from a journal that became shorter', async () => {
    const place = await withPeople();
    const before = await place.git('rev-parse', 'HEAD');
    await place.ok(...send);
    await place.git('reset', '-q', '--hard', before);
    const run = await place.itaca(send);
    expect(run.code).toBe(6);
    expect(place.files('outbox/new')).toHaveLength(6);
  });

  it('leaves out refusals, withdrawals and doubles, each with its reason', async () => {
    const place = await withPeople();
    place.edit('contacts/p-aaaaaaaaaa.md', 'state: given', 'state: refused');
    place.edit('contacts/p-bbbbbbbbbb.md', 'state: given', 'state: withdrawn');
    place.edit('contacts/p-cccccccccc.md', 'purpose: newsletter', 'purpose: service');
    place.edit('contacts/p-dddddddddd.md', 'p3@example.org', 'P4@Example.org');
    place.write(
      'suppressions/org-ssssssssss.md',
      '---\ndomain: example.com\nscope: all\nreason: manual\n---\n',
    );
    place.edit('contacts/p-ffffffffff.md', 'p5@example.org', 'p5@mail.example.com');
    const { json } = await place.ok(...send);
    expect(json).toMatchObject({
      audience: 6,
      sent: 1,
      left_out: {
        consent_refused: 1,
        consent_withdrawn: 1,
        consent_unknown: 1,
        same_person: 1,
        suppressed: 1,
      },
    });
  });

  it.each([
    ['a hold that is none', 'state: draft', 'holds: [open_complaints]\nstate: draft', 'agreement_cancelled'],
    ['a channel that is none', 'channel: email', 'channel: lettr', 'channel'],
    ['a purpose that is none', 'purpose: newsletter', 'purpose: servce', 'no purpose "servce"'],
    ['a time that is none', 'state: draft', 'send_at: sometime\nstate: draft', 'send_at'],
    ['a day to come', 'state: draft', 'send_at: 2026-11-30\nstate: draft', 'planned for 2026-11-30'],
  ])('refuses %s, as its check does', async (_, was, now, message) => {
    const place = await withPeople();
    place.edit('campaigns/news-nnnnnnnnnn/campaign.md', was, now);
    const refused = await place.itaca(send);
    expect(refused).toMatchObject({ code: 6 });
    expect(refused.error.message).toContain(message);
    expect(place.files('outbox')).toEqual([]);
    if (message.startsWith('planned')) return;
    const check = await place.itaca(['campaign', 'check', 'News']);
    expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining(message) });
  });

  it('takes a value for what it is: no template, no markup', async () => {
    const place = await withPeople(undefined, 'Hello {{ contact.greeting | default: "you" }}\n');
    const value = '"{{ contact.emails }} {% include \\"/etc/passwd\\" %} <script>x</script>"';
    place.edit(`contacts/p-${ids[1]}.md`, 'name:', `greeting: ${value}\nname:`);
    await place.ok(...send);
    const mail = place.files('outbox/new').map((path) => place.read(path));
    const his = mail.find((text) => text.includes('Delivered-To: p1@'))?.replace(/=\r\n/g, '') ?? '';
    expect(his).toContain('{{ contact.emails }} {% include "/etc/passwd" %} <script>x</script>');
    const page = his.slice(his.indexOf('text/html'));
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
    expect(his).not.toContain('root:');
  });

  it.each([
    ['of 10 MB', 10, /the record is 10 MB/],
    ['of 7 MB', 7, /the front matter is larger than 1 MB/],
  ])('refuses a value %s, and names the person', async (_, megabytes, message) => {
    const place = await withPeople(undefined, 'Hello {{ contact.greeting | default: "you" }}\n');
    const value = 'x'.repeat(megabytes * 1024 * 1024);
    place.edit(`contacts/p-${ids[1]}.md`, 'name:', `greeting: ${value}\nname:`);
    const run = await place.itaca(send);
    expect(run).toMatchObject({ code: 6 });
    expect(run.error.message).toMatch(message);
    expect(`${run.error.path} ${run.error.message}`).toContain('p-bbbbbbbbbb');
    expect(place.files('outbox')).toEqual([]);
  });

  it('does not let a name forge a header', async () => {
    const place = await withPeople();
    place.edit('contacts/p-aaaaaaaaaa.md', 'name: Person 0', 'name: "Eve\\r\\nBcc: all@example.com"');
    const run = await place.itaca(send);
    for (const file of place.files('outbox/new')) expect(place.read(file)).not.toMatch(/^Bcc:/im);
    expect([0, 6]).toContain(run.code);
  });

  it('keeps two sends at once from writing twice', async () => {
    const place = await withPeople();
    const runs = await Promise.all([place.itaca(send), place.itaca(send), place.itaca(send)]);
    for (const { code } of runs) expect([0, 5]).toContain(code);
    const reports = runs.filter(({ code }) => code === 0).map(({ json }) => json.sent as number);
    expect(reports.reduce((total, sent) => total + sent, 0)).toBe(6);
    expect(place.files('outbox/new')).toHaveLength(6);
  });
});

describe('a send whose warnings nobody reads any more', () => {
  it('goes on: a closed standard error stops nothing', async () => {
    const place = await workspace({ example: 'fair' });
    // One warning comes before the first message leaves.
    place.edit('itaca.yaml', '  postal_address:', '  # postal_address:');
    const child = start(['-C', place.root, 'campaign', 'send', 'Spring news', '--confirm', 'Spring news'], {
      env: place.env,
    });
    child.stderr?.destroy();
    child.stdout?.resume();
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect((await place.ok('campaign', 'status', 'Spring news', '--json')).json).toMatchObject({
      state: 'finished',
      sent: 8,
      unknown: 0,
    });
    // All that the send wrote is committed; only the edit made here is not.
    expect(await place.git('status', '--porcelain')).toBe(' M itaca.yaml');
  });
});

it.runIf(sink)('a send of which all is in doubt does not say that nothing was sent', async () => {
  const { port } = await runSink('-q', '.');
  const place = await withPeople(port);
  for (const id of ids.slice(1)) rmSync(place.path(`contacts/p-${id}.md`));
  const run = await place.itaca(['campaign', 'send', 'News', '--confirm', 'News', '--no-input']);
  expect(run.code).toBe(7);
  expect(run.stdout).toMatch(/^1 in the audience = 0 sent \+ 1 unknown \+ 0 left out$/m);
  expect(run.stdout).toContain('nothing is known to have left');
  expect(run.stdout).not.toContain('nothing was sent');
});
