import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place, workspace } from './harness.js';
import { bounceOf, mail, mbox } from './mails.js';
import { peopleIds, sendNews, smallCampaign } from './small-campaign.js';

/** A workspace with one person, and a way to pull messages into it. */
async function acme(): Promise<Place> {
  const place = await workspace();
  place.write(
    'contacts/mario-rossi-aaaaaaaaaa.md',
    '---\nname: Mario Rossi\nemails: [mario@example.it]\nidentifiers: {member: "00471"}\n---\n',
  );
  place.write(
    'contacts/giulia-bianchi-bbbbbbbbbb.md',
    '---\nname: Giulia Bianchi\nemails: [giulia@example.it]\n---\n',
  );
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

/** Puts a file outside of the workspace, and gives its path. */
function outside(name: string, content: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads into it and fails where it is wrong
async function pull(place: Place, content: string, ...args: string[]): Promise<any> {
  const run = await place.itaca(['inbox', 'pull', outside('m.eml', content), '--json', ...args]);
  if (run.code !== 0) throw new Error(run.stderr);
  return run.json;
}

const complaint = {
  id: 'c1@example.it',
  subject: 'Reclamo',
  text: 'I libri che ho ordinato in agosto non sono mai arrivati. È una vergogna: voglio i miei libri o i miei soldi.\n\nMario Rossi',
};

describe('a word of somebody on file', () => {
  it('is filed with him, at the time at which it arrived, and a complaint opens a case with that clock', async () => {
    const place = await acme();
    const dry = await pull(place, mail(complaint), '--dry-run');
    expect(dry).toEqual([
      expect.objectContaining({
        message_id: '<c1@example.it>',
        kind: 'person',
        intent: 'complaint',
        contact: 'mario-rossi-aaaaaaaaaa',
        bounces: [],
        opens_case: true,
        state: 'filed',
      }),
    ]);
    expect(place.files('inbox')).toEqual([]);
    expect(await pull(place, mail(complaint))).toMatchObject({ received: 1, filed: 1, cases_opened: 1 });
    const [kase] = (await place.ok('case', 'list', '--json')).json;
    expect(kase).toMatchObject({
      title: 'Reclamo',
      type: 'complaint',
      state: 'new',
      opened_at: '2026-11-19T09:00:00+01:00',
      contact: 'mario-rossi-aaaaaaaaaa',
    });
    const [interaction] = place.files('interactions');
    expect(place.read(interaction as string)).toContain('non sono mai arrivati');
    expect(place.read(interaction as string)).toContain('message_id: <c1@example.it>');
    expect(await place.git('status', '--porcelain')).toBe('');
    expect((await place.ok('check')).stdout).toBe('');
    expect((await place.ok('inbox', 'reconcile', '--json')).json).toMatchObject({
      received: 1,
      filed: 1,
      findings: [],
    });
  });

  it('counts once, however often and from wherever it comes', async () => {
    const place = await acme();
    await pull(place, mail(complaint));
    const again = outside(
      'again.mbox',
      mbox([mail({ ...complaint, headers: ['Received: from elsewhere'] })]),
    );
    const run = await place.ok('inbox', 'pull', again, '--json');
    expect(run.json).toMatchObject({ received: 1, filed: 0, again: 1 });
    expect((await place.ok('inbox', 'pull', again, '--json')).json).toMatchObject({ received: 0 });
    expect(place.files('interactions')).toHaveLength(1);
    expect(place.files('attachments')).toHaveLength(1);
  });

  it('goes on in the case where it began, and one who only answers the same newsletter does not', async () => {
    const place = await acme();
    await pull(place, mail(complaint));
    const [{ ref }] = (await place.ok('case', 'list', '--json', '--fields', 'ref')).json;
    await pull(
      place,
      mail({ id: 'c2@example.it', subject: 'Re: Reclamo', inReplyTo: 'c1@example.it', text: 'Allora?' }),
    );
    await pull(
      place,
      mail({
        id: 'g1@example.it',
        from: 'Giulia Bianchi <giulia@example.it>',
        subject: 'Re: Reclamo',
        inReplyTo: 'c1@example.it',
        text: 'Quanto costa il catalogo, per favore?',
      }),
    );
    const filed = place.files('interactions').map((path) => place.read(path));
    expect(filed.filter((text) => text.includes(`case: ${ref}`))).toHaveLength(2);
    expect(filed.find((text) => text.includes('giulia-bianchi'))).not.toContain(ref);
  });

  it('that was read later but came earlier moves the clock of the case back', async () => {
    const place = await acme();
    await pull(place, mail(complaint));
    await pull(
      place,
      mail({
        ...complaint,
        id: 'c0@example.it',
        date: 'Mon, 2 Nov 2026 08:30:00 +0100',
        subject: 'Libri mai arrivati',
      }),
    );
    expect((await place.ok('case', 'list', '--json')).json).toEqual([
      expect.objectContaining({ opened_at: '2026-11-02T08:30:00+01:00' }),
    ]);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('ends the agreement that he cancels, from the day on which it arrived', async () => {
    const place = await acme();
    place.write(
      'agreements/ab-1-cccccccccc.md',
      '---\nnumber: AB-1\nkind: subscription\ncontact: mario-rossi-aaaaaaaaaa\nstart: 2026-01-01\nstate: active\n---\n',
    );
    const text = 'Con la presente disdico il mio abbonamento AB-1.\n\nMario Rossi';
    await pull(place, mail({ id: 'd1@example.it', subject: 'Disdetta', text }));
    expect(place.read('agreements/ab-1-cccccccccc.md')).toMatch(
      /state: cancel_requested[\s\S]*at: 2026-11-19T09:00:00\+01:00[\s\S]*to: cancel_requested/,
    );
    expect((await place.ok('case', 'list', '--json')).json).toMatchObject([
      { type: 'cancellation', agreement: 'ab-1-cccccccccc' },
    ]);
    expect((await place.ok('check')).stdout).toBe('');
  });
});

describe('what is not certain', () => {
  it('waits for a person, with a clock, who files it with a contact, or puts the sender on file', async () => {
    const place = await acme();
    const stranger = mail({
      ...complaint,
      from: 'Ada Neri <ada@example.net>',
      text: 'Non è mai arrivato niente! Voglio i miei soldi.',
    });
    expect(await pull(place, stranger)).toMatchObject({ waiting: 1, filed: 0 });
    const [waiting] = (await place.ok('inbox', 'list', '--json')).json;
    expect(waiting).toMatchObject({ from: 'Ada Neri <ada@example.net>', state: 'waiting', overdue: true });
    expect((await place.ok('due', '--json')).json).toEqual([
      expect.objectContaining({ kind: 'inbox', ref: waiting.id, overdue: true }),
    ]);
    const late = await place.itaca(['inbox', 'reconcile', '--json']);
    expect(late.code).toBe(1);
    expect(late.json).toMatchObject({
      waiting: 1,
      overdue: 1,
      findings: [{ id: waiting.id, problem: 'overdue' }],
    });
    const unsaid = await place.itaca(['inbox', 'file', waiting.id, '--json']);
    expect(unsaid.code).toBe(2);
    expect(unsaid.error.hint).toContain('--new-contact');
    const filed = (
      await place.ok('inbox', 'file', waiting.id, '--new-contact', '--intent', 'complaint', '--json')
    ).json;
    expect(filed).toMatchObject({ opens_case: true, contact: expect.stringMatching(/^ada-neri-/) });
    expect((await place.ok('inbox', 'list', '--json')).json).toEqual([]);
    expect((await place.itaca(['inbox', 'reconcile'])).code).toBe(0);
    expect((await place.itaca(['inbox', 'file', waiting.id, '--contact', 'ada@example.net'])).code).toBe(5);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('is dismissed by name and with the reason', async () => {
    const place = await acme();
    await pull(place, mail({ id: 's@example.net', from: 'Ads <ads@example.net>', text: 'Buy now' }));
    const [{ id }] = (await place.ok('inbox', 'list', '--json')).json;
    expect((await place.itaca(['inbox', 'dismiss', id])).code).toBe(2);
    await place.ok('inbox', 'dismiss', id, '--why', 'advertising');
    expect((await place.ok('inbox', 'list', '--dismissed', '--json')).json).toMatchObject([
      { id, by: 'anna', why: 'advertising' },
    ]);
    // Who finds that it was none after all files it.
    expect(
      (await place.ok('inbox', 'file', id, '--contact', 'mario@example.it', '--json')).json.contact,
    ).toBe('mario-rossi-aaaaaaaaaa');
  });

  it('is a number of somebody else in a mail of one who is on file: it stays with who wrote it', async () => {
    const place = await acme();
    const text = 'Il socio 00471 è mio zio. Quanto costa il catalogo, per favore?';
    const [seen] = await pull(place, mail({ id: 'z@x', from: 'giulia@example.it', text }), '--dry-run');
    expect(seen.contact).toBe('giulia-bianchi-bbbbbbbbbb');
  });

  it('is an address of our own on what lies in the inbox: anybody can write that', async () => {
    const place = await acme();
    place.edit('itaca.yaml', 'emails:\n', 'emails:\n      - mario@example.it\n');
    expect(await pull(place, mail(complaint))).toMatchObject({ waiting: 1 });
  });
});

describe('what comes back from a campaign', () => {
  interface Sent {
    place: Place;
    /** Message-ID and token of each person. */
    messages: Map<string, { messageId: string; token: string }>;
  }

  async function sent(mailLines: string[] = []): Promise<Sent> {
    const place = await smallCampaign({ mail: ['bounce_address: bounces@acme.example', ...mailLines] });
    expect((await place.itaca(sendNews)).code).toBe(0);
    const [journal] = place.files('campaigns').filter((path) => /sends\/\d.*\.jsonl$/.test(path));
    const lines = place
      .read(journal as string)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return {
      place,
      messages: new Map(
        lines
          .filter(({ event }) => event === 'intent')
          .map(({ address, message_id, token }) => [address, { messageId: message_id, token }]),
      ),
    };
  }

  it('a hard bounce, known by its token alone, closes the address at once', async () => {
    const { place, messages } = await sent();
    const { token } = messages.get('p0@example.org') as { token: string };
    const report = bounceOf({ to: `bounces+${token}@acme.example`, recipient: 'elsewhere@example.com' });
    expect(await pull(place, report)).toMatchObject({ filed: 1, suppressed: 1, by_kind: { bounce: 1 } });
    const [suppression] = place.files('suppressions').map((path) => place.read(path));
    expect(suppression).toContain('address: p0@example.org');
    expect(suppression).toContain('reason: hard_bounce');
    expect((await place.ok('campaign', 'results', 'News', '--json')).json).toMatchObject({ bounced: 1 });
  });

  it('bounces that may pass close it after three messages, and a delay never does', async () => {
    const { place, messages } = await sent(['']);
    place.edit(
      'itaca.yaml',
      'version: 1',
      'version: 1\ninbox:\n  bounces:\n    soft: {count: 2, within: P30D}',
    );
    const { messageId } = messages.get('p1@example.org') as { messageId: string };
    const full = { to: 'info@acme.example', recipient: 'p1@example.org', messageId };
    expect(await pull(place, bounceOf({ ...full, status: '4.4.1', action: 'delayed' }))).toMatchObject({
      by_kind: { delayed: 1 },
      suppressed: 0,
    });
    const soft = { ...full, status: '5.2.2', said: '552 5.2.2 Mailbox full' };
    expect(await pull(place, bounceOf(soft))).toMatchObject({ by_kind: { bounce: 1 }, suppressed: 0 });
    // The same message twice is one.
    expect(await pull(place, bounceOf({ ...soft, id: 'second@mx' }))).toMatchObject({ suppressed: 0 });
    place.write(
      'campaigns/more-mmmmmmmmmm/campaign.md',
      place
        .read('campaigns/news-nnnnnnnnnn/campaign.md')
        .replace('title: News', 'title: More')
        .replace(/state: \w+/, 'state: draft'),
    );
    place.write('campaigns/more-mmmmmmmmmm/body.md', 'Something else altogether, with words of its own.\n');
    const more = ['campaign', 'send', 'More', '--confirm', 'More', '--yes', '--no-input', '--json'];
    expect((await place.itaca(more)).json).toMatchObject({ sent: 3 });
    const [journal] = place
      .files('campaigns/more-mmmmmmmmmm/sends')
      .filter((path) => /\/\d[^/]*\.jsonl$/.test(path));
    const second = place
      .read(journal as string)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ event, address }) => event === 'intent' && address === 'p1@example.org');
    expect(await pull(place, bounceOf({ ...soft, messageId: second.message_id }))).toMatchObject({
      suppressed: 1,
    });
  });

  it('a bounce that names no message of ours closes nothing by itself, and a person may', async () => {
    const { place } = await sent();
    const forged = bounceOf({
      to: 'info@acme.example',
      recipient: 'p2@example.org',
      messageId: '<forged@example.com>',
    });
    expect(await pull(place, forged)).toMatchObject({ waiting: 1, suppressed: 0 });
    const [{ id }] = (await place.ok('inbox', 'list', '--json')).json;
    await place.ok('inbox', 'file', id);
    expect((await place.itaca(['suppress', 'check', 'p2@example.org'])).stdout).toContain('hard_bounce');
  });

  it('an unsubscribe by its token, and one in words, take effect in the same run', async () => {
    const { place, messages } = await sent();
    const { token } = messages.get('p0@example.org') as { token: string };
    const one = mail({ id: 'u1@x', from: 'p0@example.org', subject: `unsubscribe ${token}`, text: '' });
    expect(await pull(place, one)).toMatchObject({ suppressed: 1, by_kind: { unsubscribe: 1 } });
    const { messageId } = messages.get('p1@example.org') as { messageId: string };
    const words = mail({
      id: 'u2@x',
      from: 'p1@example.org',
      subject: 'Re: Hello',
      inReplyTo: messageId.slice(1, -1),
      text: 'Please take me off your mailing list.',
    });
    expect(await pull(place, words)).toMatchObject({ suppressed: 1, by_kind: { unsubscribe: 1 } });
    const contacts = peopleIds.map((id) => place.read(`contacts/p-${id}.md`));
    expect(contacts.map((text) => text.includes('state: withdrawn'))).toEqual([true, true, false]);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('an answer to a test of the campaign is nobody’s wish', async () => {
    const { place } = await sent();
    const wish = mail({
      id: 'u3@x',
      from: 'p0@example.org',
      subject: 'unsubscribe test-0123456789',
      text: '',
    });
    expect(await pull(place, wish)).toMatchObject({ dismissed: 1, suppressed: 0 });
  });

  it('an answer from another address under another name is not filed with whom it was sent to', async () => {
    const { place, messages } = await sent();
    const { messageId } = messages.get('p0@example.org') as { messageId: string };
    const answer = mail({
      id: 'f1@x',
      from: 'Zoe Other <zoe@example.net>',
      subject: 'Re: Hello',
      inReplyTo: messageId.slice(1, -1),
      text: 'I want to complain: this never arrived and nobody answers me!',
    });
    expect(await pull(place, answer)).toMatchObject({ waiting: 1 });
    const [{ why }] = (await place.ok('inbox', 'list', '--json')).json;
    expect(why).toContain('it may be p-aaaaaaaaaa');
  });
});

describe('letters and faxes', () => {
  it('a scan and what was typed from it are one letter, of the day that its name tells', async () => {
    const place = await acme();
    const scans = folder();
    writeFileSync(join(scans, '2026-11-18 16-40 fax.pdf'), '%PDF-1.4 scanned');
    writeFileSync(
      join(scans, '2026-11-18 16-40 fax.txt'),
      'SONO IL SOCIO 00471. I LIBRI NON SONO MAI ARRIVATI. VERGOGNA.\n\nMario Rossi\n',
    );
    const run = await place.ok('inbox', 'pull', scans, '--channel', 'fax', '--json');
    expect(run.json).toMatchObject({ received: 1, filed: 1, cases_opened: 1 });
    const [path] = place.files('interactions');
    const text = place.read(path as string);
    expect(text).toContain('channel: fax');
    expect(text).toContain('at: 2026-11-18T16:40:00+01:00');
    expect(text).toMatch(
      /attachments\/mail\/2026\/11\/\w{10}\.txt[\s\S]*attachments\/mail\/2026\/11\/\w{10}\.pdf/,
    );
    expect((await place.ok('inbox', 'pull', scans, '--channel', 'fax', '--json')).json.received).toBe(0);
    expect((await place.itaca(['inbox', 'reconcile', scans])).code).toBe(0);
  });

  it('a scan that nobody typed waits, and is filed with the text that somebody types', async () => {
    const place = await acme();
    const scan = outside('scan.pdf', '%PDF-1.4 x');
    utimesSync(scan, new Date('2026-11-19T08:00:00Z'), new Date('2026-11-19T08:00:00Z'));
    expect((await place.ok('inbox', 'pull', scan, '--json')).json).toMatchObject({ waiting: 1 });
    const [{ id, channel, received_at }] = (await place.ok('inbox', 'list', '--json')).json;
    expect([channel, received_at]).toEqual(['letter', '2026-11-19T09:00:00+01:00']);
    await place.ok(
      'inbox',
      'file',
      id,
      '--contact',
      'mario@example.it',
      '--text',
      'Disdico tutto',
      '--intent',
      'cancellation',
    );
    expect(place.read(place.files('interactions')[0] as string)).toContain('Disdico tutto');
  });
});

describe('the proof', () => {
  it('names what was removed or changed behind its back', async () => {
    const place = await acme();
    const ids = ['a', 'b', 'c', 'd'];
    const mails = ids.map((id) =>
      mail({ ...complaint, id: `${id}@example.it`, text: `${complaint.text} ${id}` }),
    );
    const box = outside('month.mbox', mbox(mails));
    await place.ok('inbox', 'pull', box);
    expect((await place.itaca(['inbox', 'reconcile', box])).code).toBe(0);
    const findings = async () => {
      const run = await place.itaca(['inbox', 'reconcile', '--json']);
      expect(run.code).toBe(1);
      return run.json.findings;
    };
    const [raw] = place.files('attachments');
    const kept = place.read(raw as string);
    rmSync(place.path(raw as string));
    expect(await findings()).toMatchObject([{ problem: 'missing_file', path: raw, subject: 'Reclamo' }]);
    place.write(raw as string, `${kept} `);
    expect(await findings()).toMatchObject([{ problem: 'changed_file', path: raw }]);
    place.write(raw as string, kept);
    const [interaction] = place.files('interactions');
    const record = place.read(interaction as string);
    rmSync(place.path(interaction as string));
    expect(await findings()).toMatchObject([{ problem: 'missing_record', subject: 'Reclamo' }]);
    place.write(interaction as string, record);
    const [ledger] = place.files('inbox');
    const lines = place.read(ledger as string);
    place.write(ledger as string, lines.split('\n').slice(2).join('\n'));
    expect((await findings()).map(({ problem }: { problem: string }) => problem)).toContain('missing_line');
    place.write(ledger as string, lines);
    expect((await place.itaca(['inbox', 'reconcile'])).code).toBe(0);
    const more = mbox([...mails, mail({ ...complaint, id: 'e@example.it' })]);
    writeFileSync(box, more);
    const run = await place.itaca(['inbox', 'reconcile', box, '--json']);
    expect(run.json.findings).toMatchObject([{ problem: 'not_taken_in' }]);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing at all', ''],
    ['bytes of all kinds', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
    ['a header without end', `Subject: ${'x'.repeat(300_000)}`],
    [
      'escape sequences',
      mail({
        id: 'e@x',
        from: '\u001b[31mred <r@example.net>',
        subject: '\u001b]0;x\u0007',
        text: '\u001b[2J',
      }),
    ],
    ['a Message-ID that would be a path', mail({ id: '../../../etc/passwd', text: 'ciao' })],
  ])('%s is kept and waits', async (_what, content) => {
    const place = await acme();
    const run = await place.itaca(['inbox', 'pull', outside('m.eml', content), '--json']);
    expect(run.code, run.stderr).toBe(0);
    const shown = await place.itaca(['inbox', 'list']);
    expect(shown.stdout).not.toContain('\u001b');
    expect(
      place.files('attachments').every((path) => /^attachments\/mail\/\d{4}\/\d\d\/\w{10}\.eml$/.test(path)),
    ).toBe(true);
    expect(
      (await place.itaca(['inbox', 'pull', outside('again.eml', content), '--json'])).json,
    ).toMatchObject({ waiting: 0 });
  });

  it('cleans the names of attachments, which never leave their folder', async () => {
    const place = await acme();
    const evil = [
      'From: mario@example.it',
      'Message-ID: <evil@example.it>',
      'Subject: Reclamo: libri mai arrivati',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I libri non sono mai arrivati, vergogna.',
      '--b',
      'Content-Type: application/pdf; name="../../../.git/hooks/pre-commit"',
      'Content-Disposition: attachment; filename="../../../.git/hooks/pre-commit"',
      '',
      '#!/bin/sh',
      '--b--',
      '',
    ].join('\r\n');
    await pull(place, evil);
    expect(
      place
        .files('attachments')
        .some((path) => /^attachments\/2026-11-\d\d-[a-z-]+-[0-9a-f]{8}\.pdf$/.test(path)),
    ).toBe(true);
    expect(place.files('attachments').every((path) => !path.includes('..'))).toBe(true);
  });

  it('tells where there is no source, or nothing at it', async () => {
    const place = await acme();
    expect((await place.itaca(['inbox', 'pull', '--json'])).error).toMatchObject({ code: 'usage' });
    expect((await place.itaca(['inbox', 'pull', 'nowhere', '--json'])).error).toMatchObject({
      code: 'not_found',
    });
    expect((await place.itaca(['inbox', 'show', 'zzzz', '--json'])).code).toBe(3);
    mkdirSync(place.path('mail'));
    expect((await place.itaca(['inbox', 'pull', place.path('mail'), '--json'])).json.received).toBe(0);
  });
});

describe('what we wrote', () => {
  it('from a folder of sent mail answers in the case, and keeps the promise that was made there', async () => {
    const place = await acme();
    place.edit('itaca.yaml', 'emails:\n', 'emails:\n      - anna@acme.example\n');
    await pull(place, mail(complaint));
    const [kase] = (await place.ok('case', 'list', '--json')).json;
    await place.ok(
      'case',
      'reply',
      kase.id,
      'I look for them',
      '--promise',
      'write with the date',
      '--due',
      '2026-11-23',
    );
    const answer = mail({
      id: 'a1@acme.example',
      from: 'Anna <anna@acme.example>',
      to: 'Mario Rossi <mario@example.it>',
      subject: 'Re: Reclamo',
      inReplyTo: 'c1@example.it',
      date: 'Fri, 20 Nov 2026 11:00:00 +0100',
      text: 'I libri arrivano martedì.',
    });
    expect(await pull(place, answer, '--sent')).toMatchObject({ filed: 1 });
    const [promise] = (await place.ok('promise', 'list', '--all', '--json')).json;
    expect(promise).toMatchObject({ state: 'kept', kept_in: expect.stringContaining('email-re-reclamo') });
    const text = place
      .files('interactions')
      .map((path) => place.read(path))
      .find((one) => one.includes('martedì'));
    expect(text).toContain('direction: outbound');
    expect(text).toContain('by: anna');
    expect(text).toContain(`case: ${kase.ref}`);
    expect(
      await pull(
        place,
        mail({ id: 'x@acme.example', from: 'anna@acme.example', to: 'nobody@example.org' }),
        '--sent',
      ),
    ).toMatchObject({ dismissed: 1 });
    expect((await place.ok('check')).stdout).toBe('');
  });
});

describe('what is learned', () => {
  it('comes from what members say of messages, and from words of their own', async () => {
    const place = await acme();
    const odd = (n: number) =>
      mail({
        id: `o${n}@example.it`,
        subject: `Nota ${n}`,
        text: `Il perno del tornio balla ancora, nota ${n}.`,
      });
    for (const n of [1, 2, 3, 4]) await pull(place, odd(n));
    const waiting = (await place.ok('inbox', 'list', '--json')).json;
    expect(waiting).toHaveLength(4);
    await place.ok('inbox', 'teach', 'complaint', ...waiting.map(({ id }: { id: string }) => id), '--yes');
    // Teaching changes nothing else: they wait until somebody files them.
    expect((await place.ok('inbox', 'list', '--json')).json).toHaveLength(4);
    expect(await pull(place, odd(5))).toMatchObject({ filed: 1, cases_opened: 1 });
    place.write('inbox/words/it.yaml', 'language: it\norder:\n  strong: [mandatemi il solito]\n');
    const usual = mail({ id: 'u@example.it', from: 'giulia@example.it', text: 'Mandatemi il solito.' });
    expect((await pull(place, usual, '--dry-run'))[0].intent).toBe('order');
    place.write('inbox/words/it.yaml', 'language: it\nordre: {}\n');
    const broken = await place.itaca(['inbox', 'pull', outside('m.eml', usual), '--json']);
    expect(broken.error).toMatchObject({ code: 'invalid', path: 'inbox/words/it.yaml' });
    expect((await place.itaca(['check'])).stdout).toContain('inbox/words/it.yaml');
  });
});
