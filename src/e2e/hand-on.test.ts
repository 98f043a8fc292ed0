import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place, workspace } from './harness.js';

const consent = (more: string) =>
  `consents:\n  - {purpose: partners, basis: consent, state: given, at: 2026-03-01, third_parties: [ACME srl]${more}}\n`;

/** Anna may go to ACME; Bruno said nothing; Carla took it back; Dino is suppressed. */
async function firm(): Promise<Place> {
  const place = await workspace();
  const person = (name: string, letter: string, front: string) =>
    place.write(
      `contacts/${name}-${letter.repeat(10)}.md`,
      `---\nname: ${name}\nemails:\n  - ${name}@x.example\ntags:\n  - vip\nowner: anna\n${front}---\n\nowes us money\n`,
    );
  person('anna', 'a', consent(''));
  person('bruno', 'b', '');
  person('carla', 'c', `${consent('')}  - {purpose: partners, state: withdrawn, at: 2026-04-01}\n`);
  person('dino', 'd', consent(''));
  await place.ok('suppress', 'add', 'dino@x.example', '--reason', 'unsubscribed');
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

const ledger = (place: Place) =>
  place.files('exports').flatMap((path) =>
    place
      .read(path)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );

describe.concurrent('an export to a third party', () => {
  it('is refused as a whole where one person is not covered, and says who and why', async () => {
    const place = await firm();
    const out = join(folder(), 'out.csv');
    const commits = await place.commits();
    const run = await place.itaca(['export', 'csv', '--to', 'ACME srl', '-o', out]);
    expect(run.code).toBe(6);
    expect(run.stderr).toContain('bruno (bruno-bbbbbbbbbb): no consent speaks of third parties');
    expect(run.stderr).toContain('carla (carla-cccccccccc): consent withdrawn');
    expect(run.stderr).toContain('dino (dino-dddddddddd): an address is suppressed');
    expect(run.stderr).toContain('--leave-out exports the 1');
    const json = await place.itaca(['export', 'jsonl', '--to', 'ACME srl', '-o', out, '--json']);
    expect(json.error).toMatchObject({ code: 'refused', message: expect.stringContaining('bruno') });
    expect(existsSync(out)).toBe(false);
    expect(ledger(place)).toEqual([]);
    expect(await place.commits()).toBe(commits);
  });

  it('leaves them out with --leave-out, hands on no more than reaches a person, and puts it on record', async () => {
    const place = await firm();
    const out = join(folder(), 'out.csv');
    const args = ['export', 'csv', '--to', 'Acme SRL', '--leave-out', '-o', out, '--json'];
    const dry = await place.ok(...args, '--dry-run');
    expect(existsSync(out)).toBe(false);
    expect(ledger(place)).toEqual([]);
    const { json } = await place.ok(...args);
    expect(json).toEqual(dry.json);
    expect(json).toEqual({
      format: 'csv',
      records: 1,
      to: 'Acme SRL',
      left_out: 3,
      people: [
        expect.objectContaining({ name: 'bruno', reason: 'consent_unknown' }),
        expect.objectContaining({ name: 'carla', reason: 'consent_withdrawn' }),
        expect.objectContaining({ ref: 'dino-dddddddddd', reason: 'suppressed', detail: expect.any(String) }),
      ],
      path: out,
    });
    expect(readFileSync(out, 'utf8')).toBe('id,name,email_1\naaaaaaaaaa,anna,anna@x.example\n');
    expect(ledger(place)).toEqual([
      {
        id: expect.any(String),
        event: 'handed_on',
        at: '2026-11-20T11:00:00+01:00',
        contact: 'anna-aaaaaaaaaa',
        to: 'Acme SRL',
        purpose: 'partners',
        consent_at: '2026-03-01',
        format: 'csv',
        file_sha256: createHash('sha256').update(readFileSync(out)).digest('hex'),
        by: 'anna',
      },
    ]);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.git('log', '-1', '--format=%B')).toMatch(
      /^export csv: 1 handed on\n\nItaca-Command: export csv\nItaca-Actor: anna\nItaca-Record: aaaaaaaaaa/,
    );
    expect((await place.itaca(['undo', '--yes'])).code).not.toBe(0);
    expect(ledger(place)).toHaveLength(1);
    const lines = await place.ok('export', 'jsonl', 'name:anna', '--to', 'ACME srl', '-o', `${out}.jsonl`);
    expect(lines.code).toBe(0);
    expect(JSON.parse(readFileSync(`${out}.jsonl`, 'utf8'))).toEqual({
      ...{ id: 'aaaaaaaaaa', kind: 'contact', ref: 'anna-aaaaaaaaaa', path: 'contacts/anna-aaaaaaaaaa.md' },
      ...{ name: 'anna', emails: ['anna@x.example'], note: '' },
    });
    expect(ledger(place)).toHaveLength(2);
    await place.ok('export', 'vcard', 'name:anna', '--to', 'ACME srl', '-o', `${out}.vcf`);
    const card = readFileSync(`${out}.vcf`, 'utf8');
    expect(card).toContain('anna@x.example');
    for (const own of ['vip', 'owes us money']) expect(card).not.toContain(own);
    expect(ledger(place).map(({ format }) => format)).toEqual(['csv', 'jsonl', 'vcard']);
  });

  it('is on a record that check holds to be what was written', async () => {
    const place = await firm();
    await place.ok('export', 'csv', 'name:anna', '--to', 'ACME srl', '-o', join(folder(), 'out.csv'));
    const [path] = place.files('exports') as [string];
    expect((await place.itaca(['check'])).stdout).not.toContain(path);
    place.edit(path, '"to":"ACME srl"', '"to":"Beta srl"');
    expect((await place.itaca(['check'])).stdout).toContain(`${path}:1`);
  });

  it('goes by a no and a suppression of those who were merged', async () => {
    const place = await firm();
    place.write(
      'contacts/twin-eeeeeeeeee.md',
      '---\nname: anna\nemails:\n  - twin@x.example\nconsents:\n  - {purpose: partners, state: refused, at: 2026-09-01}\n---\n',
    );
    await place.ok('contact', 'merge', 'anna@x.example', 'twin@x.example', '--yes');
    const run = await place.itaca([
      'export',
      'csv',
      'name:anna',
      '--to',
      'ACME srl',
      '-o',
      join(folder(), 'o'),
    ]);
    expect(run).toMatchObject({ code: 6, stderr: expect.stringContaining('consent refused') });
  });

  it('is refused while a record cannot be trusted that may say no', async () => {
    const place = await firm();
    const out = join(folder(), 'out.csv');
    place.write('suppressions/x-ffffffffff.md', '---\nreason: [\n---\n');
    const run = await place.itaca(['export', 'csv', 'name:anna', '--to', 'ACME srl', '-o', out]);
    expect(run).toMatchObject({ code: 6, stderr: expect.stringContaining('suppressions/x-ffffffffff.md') });
    expect(existsSync(out)).toBe(false);
  });

  it('wants a file, people, and a party', async () => {
    const place = await firm();
    const out = join(folder(), 'out.csv');
    const code = async (...args: string[]) => (await place.itaca(['export', 'csv', ...args])).code;
    expect(await code('name:anna', '--to', 'ACME srl')).toBe(2);
    expect(await code('name:anna', '--to', ' - ', '-o', out)).toBe(2);
    expect(await code('name:anna', '--leave-out', '-o', out)).toBe(2);
    expect(await code('kind:suppression', '--to', 'ACME srl', '-o', out)).toBe(2);
    expect(await code('name:nobody', '--to', 'ACME srl', '-o', out)).toBe(6);
    expect(await code('name:anna', '--to', 'ACME srl', '--purpose', 'newsletter', '-o', out)).toBe(6);
    expect(await code('name:anna', '--to', 'ACME srl', '-o', join(out, 'no', 'x'))).toBe(4);
    expect(ledger(place)).toEqual([]);
    expect(await code('name:anna', '--to', 'ACME srl', '--purpose', 'partners', '-o', out)).toBe(0);
  });
});
