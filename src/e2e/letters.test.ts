import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folder, Place, start, sum } from './harness.js';
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

  it('a second time writes nothing, also where the file went to the printer', async () => {
    const place = await letters();
    await place.ok(...sendNews);
    rmSync(place.path(csv(place)[0] as string));
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 0, left_out: { already_sent: 3 } });
    expect(csv(place)).toEqual([]);
  });

  it('where no file can be written has sent nothing, and later writes them all', async () => {
    const place = await letters();
    place.write('letters', 'in the way');
    const run = await place.itaca(sendNews);
    expect(run.code).toBe(6);
    expect(run.error).toMatchObject({
      message: expect.stringContaining('cannot be written'),
      path: 'letters/news-nnnnnnnnnn',
    });
    rmSync(place.path('letters'));
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3 });
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

  it.each([
    ['the plan', /\/plan\.jsonl$/],
    ['the intents', /\/sends\/2026[^/]*\.jsonl$/],
    ['the rows', /\.csv\.[0-9a-f]+\.tmp$/],
    ['the file', /\/2026-11-20\.csv$/],
  ])('killed as %s came to be, is gone on with: everybody is in a file once', async (_what, piece) => {
    const place = await letters();
    // Many people make the moments between journal, register and file long enough to be hit.
    const many = 300;
    for (let i = 0; i < many; i++) {
      const card = place
        .read('contacts/p-aaaaaaaaaa.md')
        .replace('Person 0', `Z ${i}`)
        .replace('p0@', `z${i}@`);
      place.write(`contacts/z-z${String(i).padStart(9, '0')}.md`, card);
    }
    const child = start(['-C', place.root, ...sendNews], { env: place.env });
    const ended = once(child, 'exit');
    const isThere = () =>
      [...place.files('campaigns'), ...place.files('letters')].some(
        (file) => piece.test(file) && statSync(place.path(file), { throwIfNoEntry: false })?.size,
      );
    while (!isThere() && child.exitCode === null) await wait(1);
    child.kill('SIGKILL');
    await ended;
    const { json } = await place.itaca(sendNews);
    const outcomes = json.sent + json.unknown + json.deferred + json.remaining + json.rejected;
    expect(outcomes + sum(json.left_out)).toBe(many + 3);
    const names = rows(place).map(({ name }) => name);
    expect(names).toHaveLength(many + 3);
    expect(new Set(names).size).toBe(names.length);
    expect(json.unknown).toBe(0);
  });
});

describe('letters whose journal knows no outcome', () => {
  /** As a crash after the intents leaves it, on a machine that remembers nothing else. */
  function cutOff(place: Place): Place {
    const journal = place.files('campaigns').find((file) => /sends\/2026/.test(file)) as string;
    place.write(journal, place.read(journal).replace(/^.*"event":"sent".*\n/gm, ''));
    return new Place(place.root, folder());
  }

  it('are found by the register, also where the file is gone; nobody gets a second one', async () => {
    const place = await letters();
    await place.ok(...sendNews);
    rmSync(place.path(csv(place)[0] as string));
    const again = await cutOff(place).ok(...sendNews);
    expect(again.json).toMatchObject({ sent: 3, unknown: 0 });
    expect(csv(place)).toEqual([]);
  });

  it('stay in doubt in a copy of the folder, and where the register is lost', async () => {
    const place = await letters();
    await place.ok(...sendNews);
    const home = folder();
    cpSync(place.root, join(home, 'W'), { recursive: true });
    const copy = new Place(join(home, 'W'), home);
    expect(await copy.itaca(sendNews)).toMatchObject({ code: 6 });
    for (const one of [copy, place]) {
      if (one === place) rmSync(place.path('letters'), { recursive: true });
      const run = await cutOff(one).itaca([...sendNews, '--take-over']);
      expect(run.code).toBe(7);
      expect(run.json).toMatchObject({ sent: 0, unknown: 3 });
    }
  });
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
