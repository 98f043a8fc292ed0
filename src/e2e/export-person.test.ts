import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mario, teamWithMario } from './erase-team.js';
import { folder } from './harness.js';

describe('what is on file about a person', () => {
  it('is handed over whole: to read, for machines, with hashes, and without other people', async () => {
    const { a } = await teamWithMario();
    const wording = 'I agree to the newsletter.\n';
    const sha256 = createHash('sha256').update(wording).digest('hex');
    a.write('wordings/newsletter.txt', wording);
    a.edit(`contacts/mario-rossi-${mario}.md`, 'basis: consent', `basis: consent, wording_sha256: ${sha256}`);
    const out = join(folder(), 'mario');
    const done = (await a.ok('contact', 'export', 'Mario Rossi', '-o', out, '--json')).json;
    expect(done.counts).toMatchObject({ contact: 1, case: 1, promise: 1, files: 1 });
    expect(done.missing).toEqual([]);
    const read = (name: string) => readFileSync(join(out, name), 'utf8');
    const lines = (name: string) =>
      read(name)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const records = lines('records.jsonl');
    expect(records.filter(({ kind }) => kind === 'interaction')).toHaveLength(done.counts.interaction);
    const shared = records.find(({ subject }) => subject === 'Lamps');
    expect(shared.contacts).toEqual([`mario-rossi-${mario}`, 'another person']);
    const ledgers = lines('ledgers.jsonl').map(({ event }) => event);
    expect(ledgers).toEqual(expect.arrayContaining(['recipient', 'intent', 'sent', 'received']));
    expect(JSON.parse(read('contact.json')).consents[0].wording).toBe(wording);
    expect(read('README.md')).toContain('SECRETWORD on the telephone');
    const { files } = JSON.parse(read('manifest.json'));
    for (const { path, sha256: hash } of files)
      expect(
        createHash('sha256')
          .update(readFileSync(join(out, path)))
          .digest('hex'),
      ).toBe(hash);
    expect(files.some(({ path }: { path: string }) => /^files\/attachments\/mail\/.*\.eml$/.test(path))).toBe(
      true,
    );
    const all = files
      .map(({ path }: { path: string }) => path + readFileSync(join(out, path), 'latin1'))
      .join('\n');
    expect(all).not.toMatch(/anna@example\.it|Anna Bianchi|anna-bianchi/);
    expect(statSync(out).mode & 0o077).toBe(0);
    const again = await a.itaca(['contact', 'export', 'Mario Rossi', '-o', out, '--json']);
    expect(again.code).toBe(5);
    const dry = join(folder(), 'dry');
    await a.ok('contact', 'export', 'Mario Rossi', '-o', dry, '--dry-run');
    expect(existsSync(dry)).toBe(false);
  });

  it('is whole, and no one else’s: others named without a reference, their mail, deals and agreements', async () => {
    const { a } = await teamWithMario();
    const at = 'at: 2026-11-11T10:00:00+01:00\nchannel: meeting\n';
    const anna = 'anna-bianchi-2s8hbhmhza';
    a.edit(`contacts/${anna}.md`, 'A colleague.', 'Knows mario@example.it well.');
    a.edit(`contacts/${anna}.md`, 'emails:', 'phones: [+39 06 7777777]\nemails:');
    a.write(
      `interactions/2026/11/with-anna-bianchi-c1hdym51y5.md`,
      `---\n${at}contacts: [mario-rossi-${mario}]\nattachments: [attachments/mail/x/hers.eml, attachments/plan.txt]\n---\nAnna Bianchi, anna@example.it, 06 777 7777, came; others are in copy: x@y.example\n`,
    );
    a.write('attachments/mail/x/hers.eml', 'From: anna@example.it\n\nhers\n');
    a.write('attachments/plan.txt', 'a plan\n');
    a.write(
      'agreements/service-6jw701jfas.md',
      `---\nkind: service\ntitle: Lamps kept\ncontact: mario-rossi-${mario}\nstate: active\nstart: 2026-01-01\n---\n`,
    );
    a.write(
      'deals/lamps-ssf7wkfazy.md',
      `---\ntitle: Ten lamps\ncontact: mario-rossi-${mario}\nstage: lead\n---\n`,
    );
    const out = join(folder(), 'mario');
    const done = (await a.ok('contact', 'export', 'Mario Rossi', '-o', out, '--json')).json;
    expect(done.counts).toMatchObject({ deal: 1, agreement: 1 });
    const readme = readFileSync(join(out, 'README.md'), 'utf8');
    for (const told of ['Lamps kept', 'Ten lamps', 'another-person', '1 message that other people wrote'])
      expect(readme.replaceAll('another person', 'another-person')).toContain(told);
    expect(existsSync(join(out, 'files/attachments/plan.txt'))).toBe(true);
    const all = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
      .files.map(({ path }: { path: string }) => path + readFileSync(join(out, path), 'latin1'))
      .join('\n');
    expect(all).not.toMatch(/anna@|Anna Bianchi|anna-bianchi|2s8hbhmhza|777 ?7777|x@y\.example|hers\n/);
    const agreement = readFileSync(join(out, 'records.jsonl'), 'utf8')
      .split('\n')
      .find((line) => line.includes('6jw701jfas'));
    expect(JSON.parse(agreement as string)).toMatchObject({ kind: 'agreement', agreement_kind: 'service' });
    expect(readme).toContain('Where else the person is named');
  });
});
