import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, type Run, start, terminal, workspace } from './harness.js';

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'];
const stem = 'campaigns/news-nnnnnnnnnn';
const browser =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
/** Seconds since 1970 of noon on the day after the send. */
const noon = Date.parse('2026-11-21T12:00:00Z') / 1000;

interface Intent {
  address: string;
  message_id: string;
  token: string;
}

/** Four people who said yes, and a campaign that went to them. */
async function sent({ consents = '', mail = '', body = 'News for you\n', env = {} } = {}): Promise<{
  place: Place;
  to: (i: number) => Intent;
}> {
  const place = await workspace();
  for (const [i, id] of ids.entries()) {
    const yes = '  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}\n';
    const more = i < 2 ? consents : '';
    const data = `name: Person ${i}\nemails:\n  - p${i}@example.org\nconsents:\n${yes}${more}`;
    place.write(`contacts/p-${id}.md`, `---\n${data}---\n`);
  }
  if (mail) place.edit('itaca.yaml', 'transport: outbox', `transport: outbox\n${mail}`);
  const record = 'purpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: News\nstate: draft';
  place.write(`${stem}/campaign.md`, `---\ntitle: News\n${record}\n---\n`);
  place.write(`${stem}/body.md`, body);
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  const run = await place.itaca(['campaign', 'send', 'News', '--confirm', 'News', '--yes', '--json'], {
    env,
  });
  if (run.code !== 0) throw new Error(run.stderr);
  return {
    place,
    to: (i) => intents(place).find(({ address }) => address === `p${i}@example.org`) as Intent,
  };
}

function intents(place: Place): Intent[] {
  const path = place.files(`${stem}/sends`).find((one) => /sends\/2026/.test(one)) as string;
  return place
    .read(path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'intent');
}

/** Writes a file beside the workspace. */
function saved(name: string, content: string | Uint8Array): string {
  const path = `${folder()}/${name}`;
  appendFileSync(path, content);
  return path;
}

const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** The events on file. */
function onFile(place: Place): Record<string, string>[] {
  return place
    .files(`${stem}/events`)
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line));
}

const grid = (event: string, { address, message_id }: Intent, more = {}) => ({
  event,
  email: address,
  timestamp: noon,
  'smtp-id': message_id,
  sg_message_id: 'sent-by-grid.1',
  sg_event_id: `${event}-${address}-${JSON.stringify(more).length}`,
  ...more,
});

async function imported(place: Place, ...args: string[]): Promise<Run['json']> {
  return (await place.ok('import', 'events', ...args, '--json')).json;
}

function addsUp({ events, added, known, unattributed, refused }: Record<string, number>): void {
  expect(events).toBe((added ?? 0) + (known ?? 0) + (unattributed ?? 0) + (refused ?? 0));
}

describe('import events', () => {
  it('attributes, suppresses, and counts a second import as known', async () => {
    const { place, to } = await sent();
    const file = saved(
      'grid.json',
      JSON.stringify([
        grid('processed', to(0)),
        grid('delivered', to(0)),
        grid('delivered', to(1)),
        grid('click', to(0), { url: 'https://example.org/a', useragent: browser, timestamp: noon + 60 }),
        grid('open', to(0), { useragent: 'Mozilla/5.0', sg_machine_open: true }),
        grid('bounce', to(2), { type: 'bounce', status: '5.1.1', reason: '550 no such user' }),
        grid('bounce', to(1), { type: 'blocked', status: '5.7.1', reason: 'not today' }),
        grid('spamreport', to(1)),
        grid('unsubscribe', to(3)),
        { ...grid('delivered', to(0)), email: 'nobody@example.org', 'smtp-id': '<other@example.com>' },
      ]),
    );
    const dry = (await place.ok('import', 'events', file, '--dry-run', '--json')).json;
    expect(onFile(place)).toEqual([]);
    expect(await place.git('status', '--porcelain')).toBe('');
    const before = await place.commits();
    const report = await imported(place, file);
    expect(report).toEqual(dry);
    expect(report).toMatchObject({
      format: 'sendgrid',
      events: 9,
      added: 8,
      known: 0,
      unattributed: 1,
      refused: 0,
      ignored: { processed: 1 },
      suppressed: 3,
      errors: [],
      strangers: [{ path: file, line: 1, event: 'delivered', address: 'nobody@example.org' }],
    });
    addsUp(report);
    // Records and ledger are one commit, and nothing is left over.
    expect(await place.commits()).toBe(before + 1);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(place.files(`${stem}/events`)).toEqual([
      expect.stringMatching(/events\/2026-11-20-sendgrid-[0-9a-f]{8}\.jsonl$/),
    ]);
    expect(onFile(place)[0]).toMatchObject({
      event: 'delivered',
      contact: `p-${ids[0]}`,
      message_id: to(0).message_id,
      at: '2026-11-21T12:00:00.000Z',
    });
    const list = (await place.ok('suppress', 'list', '--json')).json;
    const rows = list.map((one: Record<string, string>) => `${one.address} ${one.reason} ${one.scope}`);
    expect(rows.sort()).toEqual([
      'p1@example.org spam_complaint all',
      'p2@example.org hard_bounce all',
      'p3@example.org unsubscribed newsletter',
    ]);
    const left = (await place.ok('contact', 'show', `p-${ids[3]}`, '--json')).json;
    expect(left.consents.at(-1)).toMatchObject({ purpose: 'newsletter', state: 'withdrawn' });

    // What they said holds for the next campaign.
    place.write(
      'campaigns/next-mmmmmmmmmm/campaign.md',
      '---\ntitle: Next\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: Next\nstate: draft\n---\n',
    );
    place.write('campaigns/next-mmmmmmmmmm/body.md', 'Something else altogether\n');
    const next = (await place.ok('campaign', 'preview', 'Next', '--json')).json;
    expect(next).toMatchObject({ audience: 4, to_send: 1, left_out: { suppressed: 3 } });
    rmSync(place.path('campaigns/next-mmmmmmmmmm'), { recursive: true });

    const again = await imported(place, file);
    expect(again).toMatchObject({ events: 9, added: 0, known: 8, unattributed: 1, suppressed: 0 });
    expect(await place.commits()).toBe(before + 1);
    expect((await place.itaca(['check'])).code).toBe(0);

    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({
      sent: 4,
      delivered: 2,
      bounced: 2,
      soft_bounced: 1,
      complained: 1,
      unsubscribed: 1,
      clicked: 1,
      clicked_by_machines: 0,
      opened: 1,
      opened_by_proxies: 1,
    });
    const proof = json.people.find(({ result }: { result: string }) => result === 'clicked');
    expect(proof).toMatchObject({ name: 'Person 0', evidence: expect.stringMatching(/^sendgrid event /) });
    const timeline = (await place.ok('show', `p-${ids[0]}`, '--json')).json.timeline;
    const entry = (event: string) => timeline.find((one: Record<string, string>) => one.event === event);
    expect(entry('clicked')).toMatchObject({ kind: 'event', actor: 'person', ref: 'news-nnnnnnnnnn' });
    expect(entry('opened')).toMatchObject({ actor: 'proxy', state: 'proxy' });
    const shown = await terminal(['-C', place.root, 'campaign', 'results', 'News'], { env: place.env });
    if (shown) expect(shown.stdout).toContain('1  opened (1 by proxies): unreliable');
  });

  it('never suppresses for an opening, a click or a bounce that may pass', async () => {
    const { place, to } = await sent();
    const file = saved(
      'some.jsonl',
      lines(
        grid('open', to(0)),
        grid('click', to(1), { url: 'https://example.org/unsubscribe', useragent: browser }),
        grid('bounce', to(2), { type: 'bounce', status: '4.4.2' }),
        grid('deferred', to(3), { response: '451 later' }),
        grid('dropped', to(3), { reason: 'Bounced Address' }),
      ),
    );
    expect(await imported(place, file)).toMatchObject({ added: 5, suppressed: 0 });
    expect((await place.ok('suppress', 'list', '--json')).json).toEqual([]);
  });

  it('knows each provider by its shape, and mixes them', async () => {
    const { place, to } = await sent();
    const mail = (i: number, more = {}) => ({
      messageId: `ses-${i}`,
      timestamp: '2026-11-20T10:00:01.000Z',
      source: `bounces+${to(i).token}@example.com`,
      destination: [to(i).address],
      ...more,
    });
    const bounce = {
      eventType: 'Bounce',
      mail: mail(0),
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: to(0).address, status: '5.1.1', diagnosticCode: 'smtp; 550' }],
        timestamp: '2026-11-20T10:00:05.000Z',
      },
    };
    const file = saved(
      'mixed.jsonl',
      lines(
        { Type: 'Notification', TopicArn: 'arn:aws:sns:x', Message: JSON.stringify(bounce) },
        bounce,
        {
          'event-data': {
            event: 'failed',
            severity: 'temporary',
            timestamp: noon + 0.25,
            recipient: to(1).address,
            message: { headers: { 'message-id': to(1).message_id.slice(1, -1) } },
            'delivery-status': { code: 421, message: 'try later' },
          },
        },
        { event: 'delivered', email: to(2).address, ts_event: noon, 'message-id': to(2).message_id },
        {
          RecordType: 'Delivery',
          MessageID: '00000000-0000-0000-0000-000000000000',
          Recipient: to(3).address.toUpperCase(),
          DeliveredAt: '2026-11-21T12:00:00Z',
          Tag: 'news-nnnnnnnnnn',
        },
        {
          RecordType: 'Delivery',
          MessageID: '00000000-0000-0000-0000-000000000000',
          Recipient: to(3).address,
          DeliveredAt: '2026-11-21T12:00:00Z',
        },
      ),
    );
    const report = await imported(place, file);
    // The last one names an address and no campaign: that would be a guess.
    expect(report).toMatchObject({
      format: 'brevo+mailgun+postmark+ses',
      events: 6,
      added: 4,
      known: 1,
      unattributed: 1,
      suppressed: 1,
      by_event: { bounced: 1, deferred: 1, delivered: 2 },
    });
    addsUp(report);
  });

  it('tells what it cannot read by line, and reads on', async () => {
    const { place, to } = await sent();
    const good = lines(grid('delivered', to(0)));
    const cut = good.slice(0, 60);
    const file = saved(
      'broken.jsonl',
      `\ufeff${good}${cut}\n${lines(grid('delivered', to(1)))}not json\n{"event":"weird","email":"x","sg_event_id":"1"}\n\0\0\n${lines(grid('delivered', to(2)))}${cut}`,
    );
    const report = await imported(place, file);
    expect(report).toMatchObject({ events: 8, added: 3, refused: 5 });
    expect(report.errors.map(({ line }: { line: number }) => line)).toEqual([2, 4, 5, 6, 8]);
    addsUp(report);
    const none = saved('list.csv', 'name;email\nMario;mario@example.it\n');
    expect(await place.itaca(['import', 'events', none, '--json'])).toMatchObject({
      code: 4,
      error: { code: 'invalid', path: none },
    });
    const other = saved('other.json', '{"a": 1}');
    expect(await place.itaca(['import', 'events', other, '--json'])).toMatchObject({ code: 4 });
    expect(await place.itaca(['import', 'events', 'gone.json', '--json'])).toMatchObject({ code: 3 });
    const wide = saved('wide.json', Buffer.from(`\ufeff${JSON.stringify([grid('open', to(3))])}`, 'utf16le'));
    expect(await imported(place, wide)).toMatchObject({ added: 1 });
  });

  it('does not believe an event that contradicts the message it names', async () => {
    const { place, to } = await sent();
    const early = Date.parse('2026-11-18T12:00:00Z') / 1000;
    const wrong = saved(
      'wrong.jsonl',
      lines(
        { ...grid('unsubscribe', to(0)), email: 'somebody@example.org' },
        grid('bounce', to(1), { type: 'bounce', status: '5.1.1', timestamp: early }),
      ),
    );
    const before = await place.commits();
    const none = await place.itaca(['import', 'events', wrong, '--json']);
    expect(none).toMatchObject({
      code: 4,
      json: { events: 2, added: 0, refused: 2, suppressed: 0 },
      error: { code: 'invalid', path: wrong, line: 1 },
    });
    expect(none.json.errors).toEqual([
      {
        path: wrong,
        line: 1,
        message: expect.stringContaining(
          'somebody@example.org, and the message it names went to p0@example.org',
        ),
      },
      { path: wrong, line: 2, message: expect.stringContaining('2026-11-18T12:00:00.000Z') },
    ]);
    expect(await place.commits()).toBe(before);
    expect((await place.ok('suppress', 'list', '--json')).json).toEqual([]);

    const right = saved('right.jsonl', lines({ ...grid('delivered', to(0)), email: 'P0+news@Example.org' }));
    const some = await place.itaca(['import', 'events', wrong, right, '--json']);
    expect(some).toMatchObject({ code: 0, json: { events: 3, added: 1, refused: 2 } });
    expect(some.stderr).toContain('2 of 3 events were refused');
    addsUp(some.json);
  });

  it('tells of an unsubscribe of no message of ours until somebody decides', async () => {
    const { place } = await sent();
    const change = (address: string, more = {}) => ({
      RecordType: 'SubscriptionChange',
      MessageID: '00000000-0000-0000-0000-000000000000',
      Recipient: address,
      ChangedAt: '2026-11-20T07:00:00Z',
      SuppressSending: true,
      SuppressionReason: 'ManualSuppression',
      Origin: 'Recipient',
      ...more,
    });
    const file = saved(
      'changes.jsonl',
      lines(
        change('P2@example.org'),
        change('nobody@example.org'),
        change('p3@example.org', { SuppressionReason: 'HardBounce' }),
      ),
    );
    const told = await place.itaca(['import', 'events', file, '--json']);
    expect(told).toMatchObject({
      code: 7,
      json: {
        unattributed: 3,
        suppressed: 0,
        undecided: [{ address: 'p2@example.org', contact: `p-${ids[2]}`, reason: 'unsubscribed' }],
      },
      error: { code: 'partial' },
    });
    const read = await place.itaca(['import', 'events', file]);
    expect(read.stderr).toContain('itaca suppress add p2@example.org --reason unsubscribed');
    expect((await place.ok('suppress', 'list', '--json')).json).toEqual([]);
    await place.ok('suppress', 'add', 'p2@example.org', '--reason', 'unsubscribed', '--scope', 'newsletter');
    expect(await imported(place, file)).toMatchObject({ unattributed: 3, undecided: [] });
  });

  it('resolves doubts: what the provider delivered had left', async () => {
    const { place, to } = await sent();
    const path = place.files(`${stem}/sends`).find((one) => /sends\/2026/.test(one)) as string;
    const kept = place
      .read(path)
      .split('\n')
      .filter((line) => !(line.includes('"sent"') && line.includes('p1@')));
    place.write(path, kept.join('\n'));
    const doubts = async () => (await place.ok('campaign', 'resolve', 'News', '--json')).json.messages;
    const outbox = place.files('outbox').filter((one) => one.endsWith('.eml') || one.includes('/new/'));
    expect(outbox).toHaveLength(4);
    for (const one of outbox) place.write(one, '');
    expect(await doubts()).toMatchObject([{ address: 'p1@example.org', evidence: [] }]);
    await imported(place, saved('one.json', JSON.stringify(grid('delivered', to(1)))));
    expect(await doubts()).toMatchObject([
      {
        address: 'p1@example.org',
        suggests: 'sent',
        evidence: [{ what: 'delivered', ref: expect.stringMatching(/^sendgrid event [0-9a-f]{20}$/) }],
      },
    ]);
  });

  it('that was killed leaves nothing half done: the next one does the rest', async () => {
    const { place, to } = await sent();
    const many = Array.from({ length: 60_000 }, (_, n) =>
      grid('click', to(n % 4), { url: `https://example.org/${n}`, sg_event_id: `e${n}`, useragent: browser }),
    );
    const bounce = grid('bounce', to(2), { type: 'bounce', status: '5.1.1' });
    const file = saved('many.jsonl', lines(...many, bounce));
    for (const wait of [500, 900, 1300]) {
      const child = start(['-C', place.root, 'import', 'events', file], { env: place.env });
      const ended = once(child, 'exit');
      await Promise.race([pause(wait), ended]);
      child.kill('SIGKILL');
      await ended;
    }
    const report = await imported(place, file);
    expect(report).toMatchObject({ events: 60_001, refused: 0, unattributed: 0 });
    addsUp(report);
    expect(onFile(place)).toHaveLength(60_001);
    expect((await place.ok('suppress', 'list', '--json')).json).toMatchObject([{ reason: 'hard_bounce' }]);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await imported(place, file)).toMatchObject({ added: 0, known: 60_001 });
    expect(readdirSync(place.path('.itaca/tmp')).filter((name) => name.startsWith('events-'))).toEqual([]);
  });

  it('in two clones counts once when they meet', async () => {
    const { place: one, to } = await sent();
    one.edit('itaca.yaml', 'members:', 'members:\n  bea:\n    name: Bea');
    await one.git('commit', '-qam', 'members');
    const remote = folder();
    await git(remote, 'init', '-q', '--bare', '-b', 'main');
    await one.git('remote', 'add', 'origin', remote);
    await one.git('push', '-q', '-u', 'origin', 'HEAD:main');
    const home = folder();
    await git(home, 'clone', '-q', '-b', 'main', remote, 'W');
    const two = new Place(join(home, 'W'), home);
    const file = saved(
      'grid.jsonl',
      lines(
        grid('delivered', to(0)),
        grid('bounce', to(1), { type: 'bounce', status: '5.1.1' }),
        grid('unsubscribe', to(2)),
      ),
    );
    expect(await imported(one, file, '--as', 'anna')).toMatchObject({ added: 3 });
    expect(await imported(two, file, '--as', 'bea')).toMatchObject({ added: 3 });
    for (const place of [one, two, one]) await place.ok('sync');
    for (const place of [one, two]) {
      expect(place.files(`${stem}/events`)).toHaveLength(2);
      expect(place.files('suppressions')).toHaveLength(2);
      const { json } = await place.ok('campaign', 'results', 'News', '--json');
      expect(json).toMatchObject({ delivered: 1, bounced: 1, unsubscribed: 1 });
      expect(await imported(place, file)).toMatchObject({ added: 0, known: 3, suppressed: 0 });
    }
    expect((await one.itaca(['check'])).code).toBe(0);
  });

  it('writes nowhere but into the workspace', async () => {
    const { place, to } = await sent();
    const elsewhere = folder();
    symlinkSync(elsewhere, place.path(`${stem}/events`));
    const file = saved('one.json', JSON.stringify(grid('delivered', to(1))));
    expect(await place.itaca(['import', 'events', file, '--json'])).toMatchObject({ code: 4 });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('finds a ledger that was changed', async () => {
    const { place, to } = await sent();
    await imported(place, saved('one.json', JSON.stringify(grid('delivered', to(1)))));
    const [ledger] = place.files(`${stem}/events`) as [string];
    place.edit(ledger, 'delivered', 'complained');
    const check = await place.itaca(['check', '--json']);
    expect(check.code).toBe(1);
    expect(JSON.stringify(check.json)).toContain(ledger);
    expect(await place.itaca(['campaign', 'results', 'News', '--json'])).toMatchObject({ code: 4 });
    expect(readFileSync(place.path(ledger), 'utf8')).toContain('complained');
  });
});

describe('signed links', () => {
  const tracking = (more = '') => `  tracking:\n    url: https://go.example.org/r\n${more}`;
  const yes = '  - {purpose: tracking, channel: email, basis: consent, state: given, at: 2026-01-01}\n';
  const key = { ITACA_LINK_KEY: 'not a secret' };
  const body =
    'See [our shop](https://shop.example.org/list?a=1&b=2) or https://example.org/fair.\n\nWrite to <mailto:us@example.org>.\n';

  /** The messages in the outbox, by address, without the soft line ends of quoted-printable. */
  function messages(place: Place): Map<string, string> {
    const found = place.files('outbox').filter((one) => one.includes('/new/'));
    return new Map(
      found.map((path) => {
        const text = place
          .read(path)
          .replace(/=\r?\n/g, '')
          .replace(/=3D/g, '=');
        return [/^To: .*?([^\s<]+@example\.org)/m.exec(text)?.[1] ?? '', text];
      }),
    );
  }

  /** A line of a web server's log. */
  const hit = (link: string, { method = 'GET', agent = browser, at = '21/Nov/2026:12:00:00 +0000' } = {}) =>
    `192.0.2.1 - - [${at}] "${method} ${link.replace(/^https:\/\/[^/]+/, '')} HTTP/1.1" 302 0 "-" "${agent}"\n`;

  it('are for those who agreed to them, come back by the log, and cannot be changed', async () => {
    const { place, to } = await sent({ consents: yes, mail: tracking(), body, env: key });
    const mails = messages(place);
    expect(mails.size).toBe(4);
    const linksIn = (i: number) => {
      const text = mails.get(to(i).address) ?? '';
      const found = text.replaceAll('&#38;', '&').match(/https:\/\/go\.example\.org\/r\?[^\s">)]+[\w-]/g);
      return [...new Set(found ?? [])];
    };
    expect(linksIn(2)).toEqual([]);
    expect(mails.get('p2@example.org')).toContain('https://shop.example.org/list?a=1&b=2');
    const links = linksIn(0);
    // The same two in the HTML and in the text.
    expect(links.map((link) => new URL(link).searchParams.get('u'))).toEqual([
      'https://shop.example.org/list?a=1&b=2',
      'https://example.org/fair',
    ]);
    expect(links.every((link) => new URL(link).searchParams.get('m') === to(0).token)).toBe(true);
    expect(mails.get('p0@example.org')).toContain('mailto:us@example.org');
    expect(mails.get('p0@example.org')).not.toMatch(/<img/);

    const [shop = '', fair = ''] = links;
    const changed = shop.replace('shop.example.org', 'evil.example.org');
    const swapped = shop.replace(to(0).token, to(1).token);
    const log = saved(
      'access.log',
      hit('/favicon.ico') +
        hit(shop) +
        hit(fair, { at: '21/Nov/2026:12:01:00 +0000' }) +
        hit(fair, { agent: 'Barracuda Sentinel (EE)', at: '21/Nov/2026:11:00:00 +0000' }) +
        hit(linksIn(1)[0] ?? '', { method: 'HEAD' }) +
        hit(changed) +
        hit(swapped) +
        hit(shop.replace(/&s=.*/, '')) +
        'rubbish\n',
    );
    const refused = await place.itaca(['import', 'events', log, '--json']);
    expect(refused).toMatchObject({ code: 6, error: { code: 'refused' } });
    const run = await place.itaca(['import', 'events', log, '--json'], { env: key });
    expect(run.json).toMatchObject({
      format: 'redirector',
      events: 8,
      added: 4,
      refused: 4,
      unattributed: 0,
      ignored: { 'other request': 1 },
      suppressed: 0,
    });
    addsUp(run.json);
    expect(onFile(place)[0]).toMatchObject({
      event: 'clicked',
      contact: `p-${ids[0]}`,
      url: 'https://shop.example.org/list?a=1&b=2',
    });
    // The addresses of the readers' machines are nobody's business.
    expect(JSON.stringify(onFile(place))).not.toContain('192.0.2.1');
    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({ clicked: 1, clicked_by_machines: 1 });
  });

  it('are followed by the redirector of the help page, and by it alone as they are', async () => {
    const { place } = await sent({ consents: yes, mail: tracking('    pixel: true\n'), body, env: key });
    const page = (await place.ok('help', 'tracking')).stdout;
    const script = saved('redirector.mjs', /^ {2}import[\s\S]*?listen.*$/m.exec(page)?.[0] ?? '');
    // A free port is told by the port of a server that is gone.
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const server = spawn(process.execPath, [script], { env: { ...process.env, ...key, PORT: String(port) } });
    try {
      const ask = async (link: string) => {
        const url = link.replace('https://go.example.org', `http://127.0.0.1:${port}`);
        for (let tries = 0; ; tries++) {
          const response = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
          if (response) return [response.status, response.headers.get('location')];
          if (tries > 100) throw new Error('the redirector does not answer');
          await pause(50);
        }
      };
      const mail = (messages(place).get('p0@example.org') ?? '')
        .replaceAll('&#38;', '&')
        .replaceAll('&amp;', '&');
      const links = [...new Set(mail.match(/https:\/\/go\.example\.org\/r\?[^\s">)]+[\w-]/g))];
      const [shop = '', picture = ''] = [
        links.find((one) => one.includes('shop')),
        links.find((one) => /\?m=/.test(one)),
      ];
      expect(await ask(shop)).toEqual([302, 'https://shop.example.org/list?a=1&b=2']);
      expect(await ask(picture)).toEqual([204, null]);
      expect(await ask(shop.replace('shop', 'evil'))).toEqual([404, null]);
      expect(await ask(`${picture}&u=https://evil.example.org/`)).toEqual([404, null]);
      expect(await ask('https://go.example.org/r?u=https://evil.example.org/')).toEqual([404, null]);
    } finally {
      server.kill();
    }
  });

  it('are not made without a key, and not for a test', async () => {
    const { place } = await sent({ consents: yes });
    place.edit('itaca.yaml', 'transport: outbox', `transport: outbox\n${tracking('    pixel: true\n')}`);
    place.write(
      'campaigns/more-mmmmmmmmmm/campaign.md',
      '---\ntitle: More\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: More\nstate: draft\n---\n',
    );
    place.write('campaigns/more-mmmmmmmmmm/body.md', '[A](https://example.org/a) and more\n');
    const check = await place.itaca(['campaign', 'check', 'More', '--json']);
    const notes = check.json.filter(({ severity }: { severity: string }) => severity === 'info');
    expect(notes).toMatchObject([{ message: expect.stringContaining('2 of 4 people') }]);
    const send = ['campaign', 'send', 'More', '--confirm', 'More', '--yes', '--json'];
    const refused = await place.itaca(send);
    expect([refused.code, refused.stderr]).toEqual([6, expect.stringContaining('no key to sign links')]);
    for (const one of place.files('outbox').filter((path) => path.includes('/new/'))) place.write(one, '');
    await place.itaca(['campaign', 'test', 'More', '--to', 'x@example.org', '--yes', '--json'], { env: key });
    expect([...messages(place).values()].join('')).not.toContain('go.example.org');
    place.edit('itaca.yaml', '    pixel: true\n', '    pixel: true\n    key_command: echo another key\n');
    expect((await place.itaca(send)).json).toMatchObject({ sent: 4 });
    const mails = messages(place);
    expect(mails.get('p0@example.org')).toMatch(/<img src="https:\/\/go\.example\.org\/r\?m=/);
    expect(mails.get('p2@example.org')).not.toContain('go.example.org');
  });

  it('need a sound address, and no key in the shared folder', async () => {
    const place = await workspace();
    place.edit('itaca.yaml', 'transport: outbox', 'transport: outbox\n  tracking:\n    url: nowhere');
    expect((await place.itaca(['contact', 'list', '--json'])).error.message).toContain('redirector');
    place.edit('itaca.yaml', 'url: nowhere', 'url: https://go.example.org/r\n    key: abc');
    expect((await place.itaca(['contact', 'list', '--json'])).error.message).toContain('ITACA_LINK_KEY');
  });
});
