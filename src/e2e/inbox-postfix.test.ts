import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import type { Place } from './harness.js';
import { mailFirm, sentBy } from './mail-firm.js';
import { type Postfix, postfix, runPostfix } from './postfix.js';
import { sendNews } from './small-campaign.js';
import { runSink, sink } from './smtp-sink.js';

/** Whose addresses are at servers that refuse them, that put them off, and that take what they get. */
const people = { gone: 'p0@gone.example', later: 'p1@later.example', fine: 'p2@fine.example' };

describe.skipIf(!postfix || !sink)('a campaign that goes out by a real server (skipped: no postfix)', () => {
  it('that cannot deliver reports it, and who is told by the token alone gets no more', async () => {
    const { place, server } = await sent();
    const reports = await server.delivered('bounces', 2);
    const tokens = sentBy(place);
    const gone = reports.find((text) => text.includes('550 5.1.1')) as string;
    expect(gone).toContain(`To: bounces+${tokens.get(people.gone)?.token}@acme.example`);
    // Nothing but the token may tell: the report loses the message and the recipient.
    const box = server.maildir('bounces');
    place.write('../bare/new/1.bare', bare(gone));
    expect(
      (await place.ok('inbox', 'pull', place.path('../bare'), '--dry-run', '--json')).json,
    ).toMatchObject([
      { kind: 'bounce', campaign: 'news-nnnnnnnnnn', contact: 'p-aaaaaaaaaa', state: 'filed' },
    ]);
    expect((await place.ok('inbox', 'pull', box, '--json')).json).toMatchObject({
      received: 2,
      filed: 2,
      suppressed: 1,
      by_kind: { bounce: 1, delayed: 1 },
    });
    const [suppression, ...others] = place.files('suppressions').map((path) => place.read(path));
    expect(others).toEqual([]);
    expect(suppression).toContain(`address: ${people.gone}`);
    expect(suppression).toContain('reason: hard_bounce');
    expect((await place.ok('campaign', 'results', 'News', '--json')).json).toMatchObject({
      sent: 3,
      bounced: 1,
    });
    expect((await place.ok('inbox', 'pull', box, '--json')).json.received).toBe(0);
    await proved(place, box);
    expect(await sendAnother(place)).toMatchObject({ sent: 2 });
    expect([...sentBy(place, 'more-mmmmmmmmmm').keys()].sort()).toEqual([people.later, people.fine]);
  });

  it('brings wishes to get no more, by the address and by the subject', async () => {
    const { place, server, mails } = await sent();
    const post = createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true });
    // From addresses that nobody knows: only the tokens tell who it is.
    const wish = { from: 'somebody@fine.example', text: '' };
    const [mail] = mails();
    const link = /^List-Unsubscribe:\s*<(mailto:[^>]+)>/im.exec(mail?.replace(/\r?\n[ \t]/g, ' ') ?? '')?.[1];
    const { pathname, searchParams } = new URL(link as string);
    const subject = searchParams.get('subject') as string;
    expect(subject).toContain(sentBy(place).get(people.fine)?.token);
    await post.sendMail({ ...wish, to: pathname, subject });
    const address = `unsubscribe+${sentBy(place).get(people.later)?.token}@acme.example`;
    await post.sendMail({ ...wish, to: address, subject: 'unsubscribe' });
    await server.delivered('unsubscribe', 2);
    const box = server.maildir('unsubscribe');
    expect((await place.ok('inbox', 'pull', box, '--json')).json).toMatchObject({
      filed: 2,
      suppressed: 2,
      by_kind: { unsubscribe: 2 },
    });
    const withdrawn = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'].map((id) =>
      place.read(`contacts/p-${id}.md`).includes('state: withdrawn'),
    );
    expect(withdrawn).toEqual([false, true, true]);
    await proved(place, box);
    expect(await sendAnother(place)).toMatchObject({ sent: 1 });
  });
});

/** A firm whose campaign was sent through a server of its own, which passes it on. */
async function sent(): Promise<{ place: Place; server: Postfix; mails(): string[] }> {
  const sinks = await Promise.all([
    runSink('-f', 'RCPT', '-B', '550 5.1.1 User unknown'),
    runSink('-r', 'RCPT', '-b', '450 4.2.1 Try again later'),
    runSink(),
  ]);
  const [gone, later, fine] = sinks.map(({ port }) => port) as [number, number, number];
  const server = await runPostfix({
    domain: 'acme.example',
    mailboxes: ['bounces', 'unsubscribe'],
    routes: { 'gone.example': gone, 'later.example': later, 'fine.example': fine },
  });
  const smtp = `smtp: {host: 127.0.0.1, port: ${server.port}, secure: false}`;
  const place = await mailFirm(people, {
    mail: ['bounce_address: bounces@acme.example', smtp],
    transport: 'smtp',
  });
  return { place, server, mails: () => sinks[2]?.mails() ?? [] };
}

/** A report as some servers write it: without the message, and without saying to whom it was. */
function bare(report: string): string {
  const boundary = /boundary="([^"]+)"/.exec(report)?.[1] as string;
  return report
    .slice(0, report.lastIndexOf(`--${boundary}\nContent-Description: Undelivered`))
    .replaceAll(people.gone, 'somebody@elsewhere.example')
    .concat(`--${boundary}--\n`);
}

async function sendAnother(place: Place): Promise<unknown> {
  place.write(
    'campaigns/more-mmmmmmmmmm/campaign.md',
    place
      .read('campaigns/news-nnnnnnnnnn/campaign.md')
      .replace('title: News', 'title: More')
      .replace(/state: \w+/, 'state: draft'),
  );
  place.write('campaigns/more-mmmmmmmmmm/body.md', 'Something else altogether, with words of its own.\n');
  const run = await place.itaca(sendNews.map((word) => (word === 'News' ? 'More' : word)));
  expect(run.code, run.stderr).toBe(0);
  return run.json;
}

/** All that lies in the mailbox is accounted for. */
async function proved(place: Place, box: string): Promise<void> {
  expect((await place.itaca(['inbox', 'reconcile', box, '--json'])).json.findings).toEqual([]);
  expect((await place.itaca(['check'])).stdout).toBe('');
  expect(await place.git('status', '--porcelain')).toBe('');
}
