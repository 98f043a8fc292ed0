import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folder, type Place, start, sum } from './harness.js';
import { sendNews, smallCampaign } from './small-campaign.js';

const addresses = (i: number) => [
  'addresses:',
  `  - {street: Via Roma ${i}, postal_code: "20121", locality: Milano, region: MI}`,
];

function letters(person: (i: number) => string[] = addresses, body?: string): Promise<Place> {
  return smallCampaign({ channel: 'letter', person, campaign: [], ...(body === undefined ? {} : { body }) });
}

const rowsOf = (text: string) => parse(text, { columns: true, bom: true }) as Record<string, string>[];
const csv = (place: Place, under = 'letters') =>
  place.files(under).filter((path) => /\/[^.][^/]*\.csv$/.test(path));
const rows = (place: Place, under?: string) => csv(place, under).flatMap((path) => rowsOf(place.read(path)));

describe('a letter campaign', () => {
  it('writes one file for a mail merge, with a row for each person, that git overlooks', async () => {
    const place = await letters();
    const { json } = await place.ok(...sendNews);
    expect(json).toMatchObject({
      audience: 3,
      sent: 3,
      left_out: {},
      transport: 'letter',
      files: ['letters/news-nnnnnnnnnn/2026-11-20.csv'],
    });
    const [path = ''] = csv(place);
    expect(path).toBe(json.files[0]);
    expect(place.read(path).startsWith('\ufeffreference,name,')).toBe(true);
    expect(rows(place).sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))[1]).toMatchObject({
      reference: 'nnnnnnnnnn-bbbbbbbbbb',
      name: 'Person 1',
      language: 'it',
      address_1: 'Via Roma 1',
      address_2: '20121 Milano MI',
      address_3: '',
      text: expect.stringMatching(/^Hello Person 1\n[\s\S]*Via Roma 1[\s\S]*Se non desidera ricevere altre/),
    });
    expect(await place.git('status', '--porcelain')).toBe('');
    // The journals name the people by their references, and their addresses to nobody who does not know them.
    const journal = place.files('campaigns').find((file) => /sends\/2026/.test(file)) ?? '';
    expect(place.read(journal)).toMatch(/"contact":"p-bbbbbbbbbb","address":"letter:[0-9a-f]{32}"/);
    expect((await place.ok('contact', 'show', 'nnnnnnnnnn-bbbbbbbbbb', '--json')).json.name).toBe('Person 1');
    expect((await place.ok('campaign', 'status', 'News', '--json')).json).toMatchObject({
      state: 'finished',
      sent: 3,
      transport: 'letter',
    });
  });

  it('a second time writes nothing, and later only those who were not in it', async () => {
    const place = await letters();
    await place.ok(...sendNews);
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 0, left_out: { already_sent: 3 } });
    expect(csv(place)).toHaveLength(1);
    // Also where the file went to the printer.
    expect(rows(place)).toHaveLength(3);
  });

  it('leaves out who cannot be reached or said no, each with the reason', async () => {
    const place = await letters((i) => (i === 0 ? [] : addresses(i)));
    await place.ok('suppress', 'add', 'p1@example.org', '--reason', 'unsubscribed', '--scope', 'newsletter');
    await place.ok('suppress', 'add', 'p2@example.org', '--reason', 'hard_bounce');
    const { json } = await place.ok(...sendNews);
    // Whoever unsubscribed wants none by post either; a mailbox that is gone has nothing to do with the letter-box.
    expect(json).toMatchObject({ audience: 3, sent: 1, left_out: { no_address: 1, suppressed: 1 } });
    expect(rows(place).map(({ name }) => name)).toEqual(['Person 2']);
  });

  it('asks for a consent to letters, writes one letter to one person, and each to a household', async () => {
    const place = await letters(() => addresses(7));
    place.edit('contacts/p-aaaaaaaaaa.md', 'channel: letter', 'channel: email');
    place.write(
      'contacts/p-dddddddddd.md',
      place.read('contacts/p-cccccccccc.md').replace('name: Person 2', 'name: PERSON 2').replace('p2@', 'x@'),
    );
    const { json } = await place.ok(...sendNews);
    expect(json).toMatchObject({ audience: 4, sent: 2, left_out: { consent_unknown: 1, same_person: 1 } });
    expect(rows(place).map(({ address_1 }) => address_1)).toEqual(['Via Roma 7', 'Via Roma 7']);
  });

  it('is looked through for what concerns letters, and refused for what does', async () => {
    const place = await letters();
    place.edit('itaca.yaml', /^ {2}from: .*$/m.exec(place.read('itaca.yaml'))?.[0] ?? '', '');
    place.edit(
      'itaca.yaml',
      '  postal_address: Via Roma 1',
      '  postal_address: Via Roma 1\n  complaint_address: c@example.org',
    );
    expect((await place.itaca(['campaign', 'check', 'News'])).stdout).toBe('');
    place.write('campaigns/news-nnnnnnnnnn/body.md', 'Dear {{ contact.title }}\n');
    const check = (await place.itaca(['campaign', 'check', 'News', '--json'])).json as { tag: string }[];
    expect(check.map(({ tag }) => tag)).toEqual(Array(3).fill('contact.title'));
    expect((await place.itaca(sendNews)).code).toBe(6);
    expect(place.files('letters')).toEqual([]);
    expect((await place.itaca(['campaign', 'test', 'News', '--to', 'p0@example.org', '--yes'])).code).toBe(6);
    const shown = await place.itaca(['campaign', 'preview', 'News', '--json']);
    expect(shown.json.people[0].address).toBe('Via Roma 0, 20121 Milano MI');
  });

  it('puts no formula into a spreadsheet', async () => {
    const place = await letters((i) => [
      'given_name: "=cmd|calc"',
      'title: "@SUM(A1)"',
      'addresses:',
      `  - {street: "+Via ${i}", locality: "-Milano"}`,
    ]);
    await place.ok(...sendNews);
    for (const row of rows(place)) {
      expect(row.given_name).toBe("'=cmd|calc");
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@-]/);
    }
  });

  it('goes where it is told, and replaces no file', async () => {
    const place = await letters();
    const file = join(folder(), 'mine.csv');
    writeFileSync(file, 'mine');
    const taken = await place.itaca([...sendNews, '--output', file]);
    expect(taken.code).toBe(2);
    expect((await place.itaca([...sendNews, '--output', '/nowhere/at/all.csv'])).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(place.files('letters')).toEqual([]);
    const { json } = await place.ok(...sendNews, '--output', `${file}2`);
    expect(json.files).toEqual([`${file}2`]);
    expect(rowsOf(readFileSync(`${file}2`, 'utf8'))).toHaveLength(3);
    expect(statSync(`${file}2`).mode & 0o077).toBe(0);
    const mail = await smallCampaign();
    expect((await mail.itaca([...sendNews, '--output', 'x.csv'])).code).toBe(2);
  });

  it('a dry run writes nothing', async () => {
    const place = await letters();
    const before = place.tree();
    expect((await place.ok(...sendNews, '--dry-run')).json).toMatchObject({ sent: 0, remaining: 3 });
    expect(place.tree()).toEqual(before);
  });

  it.each([0, 60, 120, 180, 240, 300, 400, 500])(
    'killed after %i ms, is gone on with: everybody is in one file once',
    async (ms) => {
      const place = await letters();
      // Many people make the moments between journal, register and file long enough to be hit.
      for (let i = 0; i < 400; i++) {
        const id = `z${String(i).padStart(9, '0')}`;
        place.write(
          `contacts/z-${id}.md`,
          place.read('contacts/p-aaaaaaaaaa.md').replace('Person 0', `Z ${i}`).replace('p0@', `z${i}@`),
        );
      }
      await place.ok('check', 'contacts');
      const child = start(['-C', place.root, ...sendNews], { env: place.env });
      const begun = () => place.files('campaigns').some((file) => file.endsWith('plan.jsonl'));
      while (!begun() && child.exitCode === null) await wait(1);
      await wait(ms / 10);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const run = await place.itaca(sendNews);
      const { json } = run;
      expect(
        json.sent + json.unknown + json.deferred + json.remaining + json.rejected + sum(json.left_out),
      ).toBe(403);
      const names = rows(place).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      // Who is in doubt is in no file, or the register would know it.
      expect(names.length + json.unknown).toBe(403);
      expect(json.unknown).toBe(0);
    },
  );
});

describe('a phone campaign', () => {
  const phones = (i: number) => [
    'timezone: Europe/Rome',
    'phones:',
    `  - {number: 02 123456${i}, label: fax}`,
    `  - 347 555 014${i}`,
  ];

  it('writes a list of calls: who, at which number, and what to say', async () => {
    const place = await smallCampaign({
      channel: 'phone',
      person: phones,
      campaign: [],
      body: 'Ask {{ contact.name }} whether the books came.\n',
    });
    const { json } = await place.ok(...sendNews);
    expect(json).toMatchObject({
      sent: 3,
      transport: 'phone',
      files: ['call-lists/news-nnnnnnnnnn/2026-11-20.csv'],
    });
    const [first] = rows(place, 'call-lists').sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
    expect(first).toMatchObject({
      reference: 'nnnnnnnnnn-aaaaaaaaaa',
      name: 'Person 0',
      number: '+393475550140',
      as_written: '347 555 0140',
      timezone: 'Europe/Rome',
      say: 'Ask Person 0 whether the books came.',
    });
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('leaves out who has no number, and who does not want to be called', async () => {
    const place = await smallCampaign({
      channel: 'phone',
      person: (i) => (i === 0 ? ['phones: [n/a]'] : phones(i)),
      campaign: [],
    });
    place.edit('contacts/p-bbbbbbbbbb.md', 'state: given', 'state: refused');
    expect((await place.ok(...sendNews)).json).toMatchObject({
      sent: 1,
      left_out: { no_address: 1, consent_refused: 1 },
    });
    expect(rows(place, 'call-lists').map(({ name }) => name)).toEqual(['Person 2']);
  });
});
