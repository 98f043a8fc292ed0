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
});
