import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../mail/parse-message.js';
import { leftIn, mario } from './erase-team.js';
import { folder, type Place, workspace } from './harness.js';
import { mail } from './mails.js';
import { twoClones } from './two-clones.js';

const erase = ['contact', 'erase', 'mario@example.it', '--confirm', 'Mario Rossi', '--json'];
const said = 'Scrivete a Mario Rossi, mario@example.it, tel 02 1234567. Quanto costa?\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');

async function withMario(): Promise<Place> {
  const place = await workspace();
  place.write(
    `contacts/mario-rossi-${mario}.md`,
    '---\nname: Mario Rossi\nemails: [mario@example.it]\nphones: ["02 1234567"]\n---\n',
  );
  place.write(
    'contacts/anna-bianchi-2s8hbhmhza.md',
    '---\nname: Anna Bianchi\nemails: [anna@example.it]\n---\n',
  );
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

async function pulled(place: Place, ...mails: string[]): Promise<void> {
  const dir = folder();
  for (const [i, text] of mails.entries()) {
    const file = join(dir, `${i}.eml`);
    writeFileSync(file, text);
    await place.ok('inbox', 'pull', file);
  }
}

const kept = (place: Place) => place.files('attachments').filter((path) => path.endsWith('.eml'));
const isWhole = async (place: Place) => {
  expect((await place.ok('inbox', 'reconcile', '--json')).json.findings ?? []).toEqual([]);
  expect((await place.ok('check', '--json')).json).toEqual([]);
};

describe('the mails of others, when a person is erased', () => {
  it('are without him however they are encoded, today and in the past, and add up', async () => {
    const place = await withMario();
    await pulled(
      place,
      `From: Anna <anna@example.it>\nTo: info@acme.example\nMessage-ID: <a@example.it>\nSubject: =?utf-8?B?${base64('Per Mario Rossi è pronto')}?=\nDate: Thu, 19 Nov 2026 09:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64(said)}\n--b\nContent-Type: text/vcard; name="card.vcf"\nContent-Disposition: attachment; filename="card.vcf"\nContent-Transfer-Encoding: base64\n\n${base64('BEGIN:VCARD\nVERSION:4.0\nFN:Mario Rossi\nEMAIL:mario@example.it\nEND:VCARD\n')}\n--b\nContent-Type: application/pdf; name="offer.pdf"\nContent-Disposition: attachment; filename="offer.pdf"\nContent-Transfer-Encoding: base64\n\n${base64('%PDF\0')}\n--b--\n`,
    );
    const before = (await place.ok('contact', 'erase', 'Mario Rossi', '--dry-run', '--json')).json;
    const [path = ''] = kept(place);
    expect(before.redacted).toContain(path);
    expect(before.look).toContainEqual({ path, why: 'offer.pdf in it cannot be read here' });

    const { history } = (await place.ok(...erase, '--purge-history')).json;
    expect(history.remains.found).toEqual([]);
    const { subject, text, from } = await parseMessage(Buffer.from(place.read(path)));
    expect([subject, text.trim(), from[0]?.address]).toEqual([
      'Per (erased) è pronto',
      'Scrivete a (erased), (erased), tel (erased). Quanto costa?',
      'anna@example.it',
    ]);
    expect(leftIn(place)).toEqual([]);
    const objects = await place.git('cat-file', '--batch', '--batch-all-objects', '--buffer');
    for (const start of [0, 1, 2])
      expect(objects).not.toContain(base64(said.slice(start, start + 60)).slice(0, 60));
    await isWhole(place);
  });

  it('stay where he is one of several, and go where he wrote them or alone was written to', async () => {
    const place = await withMario();
    await pulled(
      place,
      mail({ id: 'his@x.example', cc: 'Anna Bianchi <anna@example.it>', text: 'mine' }),
      mail({
        id: 'cc@x',
        from: 'Anna Bianchi <anna@example.it>',
        cc: 'Mario Rossi <mario@example.it>',
        text: 'Quanto costa?',
        inReplyTo: 'his@x.example',
      }),
    );
    const records = () => place.files('interactions').map((path) => place.read(path));
    expect(records().some((text) => text.includes('in_reply_to: <his@x.example>'))).toBe(true);
    await place.ok(...erase);
    const [path = '', ...others] = kept(place);
    expect(others).toEqual([]);
    const { from, cc, text } = await parseMessage(Buffer.from(place.read(path)));
    expect([from[0]?.address, text.trim(), JSON.stringify(cc).includes('mario')]).toEqual([
      'anna@example.it',
      'Quanto costa?',
      false,
    ]);
    expect(records().some((text) => text.includes('in_reply_to'))).toBe(false);
    // His own mail went, and nothing names a file that is no more.
    for (const [, file = ''] of records()
      .join('\n')
      .matchAll(/path: (attachments\S+)/g))
      expect(place.files('attachments')).toContain(file);
    const sha256 = createHash('sha256').update(place.read(path)).digest('hex');
    expect(records().join('\n')).toContain(`sha256: ${sha256}`);
    await isWhole(place);
  });

  it('wait in the outbox without him, and those to him are gone', async () => {
    const place = await withMario();
    const waiting = (to: string, text: string) =>
      `Return-Path: <info@acme.example>\r\nDelivered-To: ${to}\r\nFrom: info@acme.example\r\nTo: ${to}\r\nSubject: =?utf-8?B?${base64('Restituzione: Mario Rossi')}?=\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(text)}\r\n`;
    place.write('outbox/.gitignore', '*\n');
    place.write('outbox/new/one', waiting('luca@acme.example', `Chiama ${said}`));
    place.write('outbox/new/two', waiting('mario@example.it', 'Ciao'));
    place.write('outbox/new/three', waiting('luca@acme.example', 'Ciao').replace(/Subject:.*/, 'Subject: x'));
    await place.ok('case', 'open', 'A broken lamp', '--contact', 'mario@example.it', '--type', 'complaint');
    const [, id = ''] = /-(\w{10})\.md$/.exec(place.files('cases')[0] ?? '') ?? [];
    place.write('outbox/new/four', waiting('luca@acme.example', `itaca case show ${id}`));
    place.write('outbox/new/zero', waiting('luca@acme.example', 'Il signor Rossi'));
    const three = place.read('outbox/new/three');
    const { outbox, redacted, look } = (await place.ok(...erase)).json;
    expect(outbox).toEqual(['outbox/new/four', 'outbox/new/two']);
    expect(look).toContainEqual({ path: 'outbox/new/zero', why: 'it carries the family name' });
    expect(redacted).toContain('outbox/new/one');
    expect(place.files('outbox').filter((path) => path.includes('new/'))).toEqual([
      'outbox/new/one',
      'outbox/new/three',
      'outbox/new/zero',
    ]);
    expect(place.read('outbox/new/three')).toBe(three);
    const { subject, text } = await parseMessage(Buffer.from(place.read('outbox/new/one')));
    expect([subject, text.trim()]).toEqual([
      'Restituzione: (erased)',
      'Chiama Scrivete a (erased), (erased), tel (erased). Quanto costa?',
    ]);
  });

  it.each([
    ['with the past', ['--purge-history'], ['sync', '--adopt-rewrite']],
    ['today', [], ['sync']],
  ])('are the same in every clone, %s', async (_, how, follow) => {
    const { a, b } = await twoClones(await withMario());
    await pulled(
      a,
      mail({ id: 'his@x.example' }),
      `From: anna@example.it\nMessage-ID: <a@x>\nDate: Thu, 19 Nov 2026 09:00:00 +0100\nContent-Transfer-Encoding: base64\n\n${base64(said)}\n`,
    );
    await a.ok('sync');
    await b.ok('sync');
    await b.ok('log', 'phone', 'Anna Bianchi', 'she called', '--in');
    await a.ok(...erase, ...how);
    await a.ok('sync');
    await b.ok(...follow);
    await a.ok('sync');
    for (const place of [a, b]) {
      await isWhole(place);
      expect((await parseMessage(Buffer.from(place.read(kept(place)[0] ?? '')))).text).toContain(
        'Quanto costa?',
      );
    }
    expect(await a.git('rev-parse', 'HEAD')).toBe(await b.git('rev-parse', 'HEAD'));
    if (how.length > 0) expect(leftIn(b)).toEqual([]);
  });
});
