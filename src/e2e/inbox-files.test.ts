import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place, workspace } from './harness.js';

interface TestPart {
  headers: string[];
  body: string;
}

/** A message of several parts, and what `inbox show` says of it once it was pulled. */
async function shown(place: Place, parts: TestPart[], subject = 'Danno') {
  const lines = [
    'From: Mario Rossi <mario@example.it>',
    `Message-ID: <m${parts.length}@example.it>`,
    `Subject: ${subject}`,
    'Date: Thu, 19 Nov 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    ...parts.flatMap(({ headers, body }) => ['', '--b', ...headers, '', body]),
    '--b--',
    '',
  ];
  const path = join(folder(), 'm.eml');
  writeFileSync(path, lines.join('\r\n'));
  await place.ok('inbox', 'pull', path);
  const [{ id }] = (await place.ok('inbox', 'list', '--all', '--json')).json;
  return { id, ...(await place.ok('inbox', 'show', id, '--json')).json };
}

const html = (body: string): TestPart => ({ headers: ['Content-Type: text/html; charset=utf-8'], body });
const picture = (...headers: string[]): TestPart => ({
  headers: ['Content-Type: image/jpeg', 'Content-Transfer-Encoding: base64', ...headers],
  body: Buffer.from(headers.join()).toString('base64'),
});
const names = (message: { files: { path: string }[] }) =>
  message.files.map(({ path }) => path.replace(/^attachments\/\d{4}-\d\d-\d\d-|-[0-9a-f]{8}(?=\.|$)/g, ''));

describe.concurrent('files that came with a message', () => {
  it('are kept however small, but for the pictures that its page shows', async () => {
    const message = await shown(await workspace(), [
      html('<p>Guardate</p><img src="cid:logo%40x"><img src=cid:two>'),
      picture('Content-ID: <logo@x>', 'Content-Disposition: attachment; filename="logo.jpg"'),
      picture('Content-ID: <two>'),
      picture('Content-Disposition: inline'),
      picture('Content-Disposition: inline; filename="foto.jpg"'),
      picture('Content-ID: <other>', 'Content-Disposition: attachment; filename=danno.jpg'),
      picture('X: nameless'),
    ]);
    expect(names(message)).toEqual(['foto.jpg', 'danno.jpg', 'picture.jpg']);
  });

  it('are kept where there is no page that could show them', async () => {
    const message = await shown(await workspace(), [
      { headers: ['Content-Type: text/plain'], body: 'Guardate' },
      picture('Content-Disposition: inline'),
    ]);
    expect(names(message)).toEqual(['picture.jpg']);
  });

  it('have names and endings where the message gives none, and an invitation is shown in words', async () => {
    const place = await workspace();
    const calendar = [
      ...[
        'BEGIN:VCALENDAR',
        'METHOD:REPLY',
        'BEGIN:VEVENT',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:m@example.it',
      ],
      ...[
        'SUMMARY:Sopralluogo',
        'DTSTART:20261120T090000Z',
        'LOCATION:Torino',
        'END:VEVENT',
        'END:VCALENDAR',
      ],
    ].join('\r\n');
    const message = await shown(place, [
      { headers: ['Content-Type: text/calendar; method=REPLY'], body: calendar },
    ]);
    expect(names(message)).toEqual(['invite.ics']);
    expect(message.whole_text).toBe(
      'reply to an invitation: Sopralluogo\nanswer: accepted\nwhen: 2026-11-20T10:00:00+01:00\nwhere: Torino',
    );
  });
});

describe.concurrent('what a message is called', () => {
  it('has no control characters in the record, and times are those of the place', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it');
    const message = await shown(
      place,
      [{ headers: ['Content-Type: text/plain'], body: 'I libri non sono mai arrivati. Vergogna, reclamo!' }],
      '=?utf-8?q?Reclamo_=1B[31mrosso=1B[0m=E2=80=AE?=',
    );
    expect(message).toMatchObject({ state: 'filed', decided_at: expect.stringMatching(/\+01:00$/) });
    const written = [...place.files('interactions'), ...place.files('cases')].map((path) => place.read(path));
    expect(written.length).toBeGreaterThan(1);
    for (const text of written) expect(text).toMatch(/^(?:subject|title): Reclamo rosso$/m);
    const text = (await place.itaca(['inbox', 'show', message.id], { env: { ITACA_FORCE_TTY: '80' } }))
      .stdout;
    expect(text).toMatch(/^kind {6}person, complaint$/m);
    expect(text).toMatch(/^sure {6}\d+ %$/m);
  });

  it('is not listed for a source that there is not', async () => {
    const place = await workspace();
    expect(await place.itaca(['inbox', 'list', '--source', 'info'])).toMatchObject({ code: 3 });
    await shown(place, [html('Ciao')]);
    const run = await place.itaca(['inbox', 'list', '--source', 'constructor']);
    expect(run).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no source "constructor"[\s\S]*m-eml/),
    });
    expect((await place.ok('inbox', 'list', '--source', 'm-eml', '--all', '--json')).json).toHaveLength(1);
  });
});
