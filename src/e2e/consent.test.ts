import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const mario = 'mario@example.it';
const text = 'Vorrei ricevere la newsletter.\n';
const hash = createHash('sha256').update(text).digest('hex');
const kept = `wordings/newsletter-${hash.slice(0, 12)}.md`;

/** A workspace with one person, and a file beside it that holds a wording. */
async function one(): Promise<{ place: Place; wording: string; card: string }> {
  const place = await workspace();
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', mario);
  const wording = join(place.home, 'form.txt');
  writeFileSync(wording, text);
  const [card = ''] = place.files('contacts');
  return { place, wording, card };
}

const give = (place: Place, ...more: string[]) =>
  place.ok('consent', 'give', mario, '--purpose', 'newsletter', '--json', ...more);

const show = async (place: Place, ...more: string[]) =>
  (await place.ok('consent', 'show', mario, '--json', ...more)).json as {
    standings: Record<string, unknown>[];
    said: unknown[];
    wordings: { path: string; text: string }[];
  };

const newsletter = async (place: Place, ...more: string[]) =>
  (await show(place, ...more)).standings.filter(({ purpose }) => purpose === 'newsletter');

const at = (place: Place, time: string, ...args: string[]) => place.itaca(args, { env: { ITACA_NOW: time } });

describe.concurrent('consent give', () => {
  it('puts a yes on file, bound to purpose, channel, basis and the words that were shown', async () => {
    const { place, wording, card } = await one();
    const before = await place.commits();
    const { json } = await give(
      place,
      '--wording',
      wording,
      '--source',
      'Fiera 2026',
      '--until',
      '2028-12-31',
    );
    expect(json).toMatchObject({
      name: 'Mario Rossi',
      wording: kept,
      added: [
        {
          purpose: 'newsletter',
          channel: 'email',
          basis: 'consent',
          state: 'given',
          at: '2026-11-20T11:00:00+01:00',
          until: '2028-12-31',
          wording_sha256: hash,
          source: 'Fiera 2026',
          by: 'anna',
        },
      ],
      standings: [{ state: 'given', may_write: true }],
    });
    expect(place.read(kept)).toBe(text);
    expect(await place.commits()).toBe(before + 1);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.git('show', '--format=', '--name-only')).toBe(`${card}\n${kept}`);
    expect((await place.ok('check')).stdout).toBe('');
    // Said again it is on file already.
    expect(
      (await give(place, '--wording', wording, '--source', 'Fiera 2026', '--until', '2028-12-31')).json.added,
    ).toEqual([]);
    expect(await place.commits()).toBe(before + 1);
  });

  it('names a text that is kept by its name or hash, and the same words are the same text', async () => {
    const { place, wording } = await one();
    await give(place, '--wording', wording);
    writeFileSync(wording, `\ufeff${text.replace('\n', '\r\n\r\n')}`);
    for (const named of [wording, kept, kept.slice('wordings/'.length), hash, hash.slice(0, 8)])
      expect((await give(place, '--wording', named, '--source', named)).json.wording).toBe(kept);
    expect(place.files('wordings')).toEqual([kept]);
  });

  it('keeps what was signed, with its hash; or says where the paper lies', async () => {
    const { place } = await one();
    const sheet = join(place.home, 'sheet 24.pdf');
    writeFileSync(sheet, '%PDF signed');
    const [entry] = (await give(place, '--evidence', sheet)).json.added;
    expect(entry.evidence).toMatch(/^attachments\/2026-11-20-sheet-24-[0-9a-f]{8}\.pdf$/);
    expect(entry.evidence_sha256).toBe(createHash('sha256').update('%PDF signed').digest('hex'));
    expect(place.read(entry.evidence)).toBe('%PDF signed');
    place.write(entry.evidence, '%PDF forged');
    const check = await place.itaca(['check']);
    expect(check.code).toBe(1);
    expect(check.stdout).toContain('is not what was kept');
    const words = (await give(place, '--evidence', 'signed sheet 3, binder "Fiera"')).json.added[0];
    expect(words.evidence).toBe('signed sheet 3, binder "Fiera"');
    const slip = await place.itaca([
      'consent',
      'give',
      mario,
      '--purpose',
      'newsletter',
      '--evidence',
      'shet.pdf',
    ]);
    expect(slip).toMatchObject({ code: 3 });
  });

  it('says where nothing proves it, and who may get the data', async () => {
    const { place } = await one();
    const run = await give(place, '--third-parties', 'ACME srl, Beta');
    expect(run.stderr).toContain('nothing proves this consent');
    expect(run.json.added[0].third_parties).toEqual(['ACME srl', 'Beta']);
    expect((await newsletter(place))[0]).toMatchObject({
      proof: 'none',
      third_parties: ['ACME srl', 'Beta'],
    });
    const check = await place.ok('check');
    expect(check.stderr).toContain('nothing proves one consent: itaca report consents');
    const all = await give(place, '--third-parties', 'all', '--channel', 'all');
    expect(all.json.added[0].third_parties).toBe(true);
    expect(all.json.added[0].channel).toBeUndefined();
    expect(place.read(place.files('contacts')[0] as string)).toContain('third_parties: true');
  });

  it.each([
    ['2026-10-08', '2y', '2028-10-08'],
    ['2026-10-08', 'P6M', '2027-04-08'],
    ['2026-10-08T09:00:00+02:00', '30d', '2026-11-07'],
  ])('given %s for %s it ends %s', async (said, length, until) => {
    const { place } = await one();
    const { json } = await give(place, '--evidence', 'sheet 24', '--at', said, '--until', length);
    expect(json.added[0].until).toBe(until);
  });

  it('takes a yes of the past that has ended, and says so', async () => {
    const { place } = await one();
    const past = ['--evidence', 'sheet 24', '--at', '2024-01-01', '--until', '2025-01-01'];
    const words = ['consent', 'give', mario, '--purpose', 'newsletter', ...past];
    expect((await place.ok(...words, '--dry-run', '--json')).json).toMatchObject({
      ended: '2025-01-01',
      standings: [{ state: 'expired', may_write: false }],
    });
    const terminal = { env: { ITACA_FORCE_TTY: '120' } };
    expect((await place.itaca(words, terminal)).stdout).toContain('(ended 2025-01-01)');
    expect(await newsletter(place)).toMatchObject([{ state: 'expired', may_write: false }]);
    // A later word is not undone by it.
    await give(place, '--evidence', 'sheet 25');
    expect(await newsletter(place)).toMatchObject([{ state: 'given' }]);
  });

  it.each([
    [['--purpose', 'lottery'], 2, 'itaca.yaml knows no purpose "lottery"', 'newsletter, service'],
    [[], 2, 'a yes is to something', 'newsletter, service'],
    [['--purpose', 'newsletter', '--at', '2026-12-01'], 2, 'still to come', ''],
    [['--purpose', 'newsletter', '--until', '2026-11-01'], 2, 'when it was said', '--at'],
    [
      ['--purpose', 'newsletter', '--at', '2026-10-08', '--until', '2026-10-07'],
      2,
      'when it was said',
      '--at',
    ],
    [['--purpose', 'newsletter', '--at', '2026-10-08', '--until', '-2d'], 2, 'when it was said', '--at'],
    [['--purpose', 'newsletter', '--until', 'someday'], 2, 'someday', ''],
    [['--purpose', 'newsletter', '--by', 'eve'], 2, '"eve" is not a member', 'anna'],
    [['--purpose', 'newsletter', '--wording', 'gone.txt'], 3, 'there is no wording gone.txt', ''],
    [['--purpose', 'newsletter', '--third-parties', ' , '], 2, 'names nobody', ''],
  ])('refuses %j', async (words, code, message, hint) => {
    const { place } = await one();
    const before = place.tree();
    const run = await place.itaca(['consent', 'give', mario, ...words, '--json']);
    expect(run.code).toBe(code);
    expect(run.error.message).toContain(message);
    expect(run.error.hint ?? '').toContain(hint);
    expect(place.tree()).toEqual(before);
  });

  it.each([
    ['', 'the wording is empty'],
    [' \n\n', 'the wording is empty'],
    ['%PDF\0', 'a wording is a text in UTF-8'],
    [Buffer.from([0xe8, 0x20]), 'a wording is a text in UTF-8'],
    ['x'.repeat(1_100_000), 'larger than 1 MB'],
  ])('refuses a wording that is none', async (content, message) => {
    const { place, wording } = await one();
    writeFileSync(wording, content);
    const run = await place.itaca([
      'consent',
      'give',
      mario,
      '--purpose',
      'newsletter',
      '--wording',
      wording,
      '--json',
    ]);
    expect(run.code).toBe(4);
    expect(run.error.message).toContain(message);
    expect(place.files('wordings')).toEqual([]);
  });

  it('writes nothing in a dry run', async () => {
    const { place, wording } = await one();
    const before = place.tree();
    const sheet = join(place.home, 'sheet.pdf');
    writeFileSync(sheet, '%PDF');
    const run = await give(place, '--wording', wording, '--evidence', sheet, '--dry-run');
    expect(run.json.standings[0].state).toBe('given');
    expect(place.tree()).toEqual(before);
  });

  it('opens no suppression, and says so', async () => {
    const { place, wording } = await one();
    await place.ok('suppress', 'add', mario, '--reason', 'unsubscribed');
    expect((await give(place, '--wording', wording)).stderr).toContain(`itaca suppress rm ${mario}`);
  });
});

describe.concurrent('a wording', () => {
  it('that is edited is found by check, also before a commit, and proves nothing more', async () => {
    const { place, wording } = await one();
    await give(place, '--wording', wording);
    place.write(kept, 'Vorrei tutto da tutti.\n');
    const check = await place.itaca(['check', '--json']);
    expect(check.code).toBe(1);
    expect(check.json).toMatchObject([{ path: kept, message: expect.stringContaining('was edited') }]);
    await place.git('add', '.');
    expect((await place.itaca(['check', '--staged'])).stdout).toContain('was edited');
    for (const named of [kept, wording]) {
      const run = await place.itaca([
        'consent',
        'give',
        mario,
        '--purpose',
        'newsletter',
        '--wording',
        named,
      ]);
      expect(run.code, named).toBe(5);
    }
    expect((await newsletter(place))[0]).toMatchObject({ wording: null, wording_sha256: hash });
    expect((await place.ok('report', 'consents', '--json')).json.people).toMatchObject([
      { why: 'without_proof' },
    ]);
    await place.git('rm', '-qf', kept);
    const gone = await place.itaca(['check', '--json']);
    expect(gone.json).toMatchObject([{ path: place.files('contacts')[0], line: expect.any(Number) }]);
  });
});

describe.concurrent('check', () => {
  it('is not led astray by what lies where a text or a proof should', async () => {
    const { place, wording, card } = await one();
    await give(place, '--wording', wording, '--evidence', wording);
    place.write('wordings/folder-0123456789ab.md/file', '');
    place.write(`wordings/huge-${'ab'.repeat(6)}.md`, 'x'.repeat(1_100_000));
    place.write('wordings/README.md', 'These are the texts.\n');
    for (const path of ['../../../etc/passwd', 'attachments', 'attachments/gone.pdf']) {
      const before = place.read(card);
      place.write(card, before.replace(/evidence: .*/, `evidence: ${path}`));
      const { json, code } = await place.itaca(['check', '--json']);
      expect(code).toBe(1);
      expect(json).toMatchObject([
        { path: card, message: `${path} is not there, or is not what was kept` },
        { path: `wordings/huge-${'ab'.repeat(6)}.md` },
      ]);
      place.write(card, before);
    }
  });
});

describe.concurrent('consent withdraw and refuse', () => {
  it('withdraw all that was given, as easily as it was, by every channel', async () => {
    const { place, wording } = await one();
    await give(place, '--wording', wording, '--at', '2026-11-01');
    await give(place, '--wording', wording, '--at', '2026-11-01', '--channel', 'phone');
    const run = await place.ok('consent', 'withdraw', mario, '--json');
    expect(run.json.added).toHaveLength(1);
    expect((await newsletter(place)).map(({ channel, state }) => [channel, state])).toEqual([
      ['email', 'withdrawn'],
      ['phone', 'withdrawn'],
      [null, 'withdrawn'],
    ]);
    expect(place.read(place.files('contacts')[0] as string).match(/state: given/g)).toHaveLength(2);
    const again = await place.itaca(['consent', 'withdraw', mario]);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('--purpose newsletter');
    // A no needs no yes before it.
    await place.ok('consent', 'withdraw', mario, '--purpose', 'service');
  });

  it('refuse what was never given, and one channel alone', async () => {
    const { place, wording } = await one();
    await give(place, '--wording', wording, '--channel', 'all', '--at', '2026-11-01');
    await place.ok('consent', 'refuse', mario, '--purpose', 'newsletter', '--channel', 'phone');
    expect((await newsletter(place)).map(({ channel, may_write }) => [channel, may_write])).toEqual([
      ['phone', false],
      [null, true],
    ]);
    expect(await place.itaca(['consent', 'refuse', mario])).toMatchObject({ code: 2 });
  });

  it('hold against a yes of before, whenever that is written down', async () => {
    const { place, wording } = await one();
    await place.ok('consent', 'refuse', mario, '--purpose', 'newsletter', '--at', '2026-11-10');
    const late = await give(place, '--wording', wording, '--at', '2026-11-01');
    expect(late.stderr).toContain('still counts as refused');
    expect(late.json.standings).toMatchObject([{ state: 'refused', may_write: false }]);
    expect((await give(place, '--wording', wording)).json.standings).toMatchObject([{ state: 'given' }]);
  });
});

describe.concurrent('consent show', () => {
  it('tells how he stands towards each purpose, since when, by what proof, and what he read', async () => {
    const { place, wording } = await one();
    expect((await show(place)).standings).toMatchObject([
      {
        purpose: 'newsletter',
        basis: 'consent',
        state: 'unknown',
        may_write: false,
        since: null,
        proof: null,
      },
      { purpose: 'service', basis: 'contract', state: 'unknown', may_write: true },
    ]);
    await give(place, '--wording', wording, '--at', '2026-11-01', '--until', '2026-12-10');
    const { standings, wordings, said } = await show(place);
    expect(standings[0]).toMatchObject({
      state: 'expiring',
      since: '2026-11-01',
      until: '2026-12-10',
      proof: 'wording',
      wording: kept,
    });
    expect(wordings).toMatchObject([{ path: kept, text }]);
    expect(said).toHaveLength(1);
    expect((await place.ok('consent', 'show', mario)).stdout.split('\n')[0]).toMatch(
      /^newsletter\temail\tconsent\texpiring\t2026-11-01\t2026-12-10\twording\twordings\//,
    );
  });

  it('tells it of another day', async () => {
    const { place, wording } = await one();
    await give(place, '--wording', wording, '--at', '2026-10-08', '--until', '2027-10-08');
    await place.ok('consent', 'withdraw', mario, '--at', '2026-11-10');
    const on = async (day: string) => (await newsletter(place, '--on', day))[0]?.state;
    expect(await on('2026-10-07')).toBe('unknown');
    expect(await on('2026-10-08')).toBe('given');
    expect(await on('2026-11-09')).toBe('given');
    expect(await on('2026-11-10')).toBe('withdrawn');
    await place.ok(
      'consent',
      'give',
      mario,
      '--purpose',
      'newsletter',
      '--until',
      '2026-12-01',
      '--wording',
      wording,
    );
    expect((await at(place, '2026-12-02T10:00:00Z', 'consent', 'show', mario)).stdout).toContain(
      '\texpired\t',
    );
  });

  it('counts what he said under a record that was merged into his', async () => {
    const { place, wording } = await one();
    await place.ok('contact', 'add', '--name', 'M. Rossi', '--email', 'm@example.it');
    await give(place, '--wording', wording);
    await place.ok('consent', 'refuse', 'm@example.it', '--purpose', 'newsletter', '--at', '2026-01-01');
    await place.ok('contact', 'merge', mario, 'm@example.it');
    expect((await newsletter(place)).map(({ state }) => state)).toEqual(['refused', 'refused']);
  });
});

describe.concurrent('consents that end', () => {
  it('are due a month before, to whom the person belongs, and counted by the report', async () => {
    const { place, wording } = await one();
    await place.ok('contact', 'set', mario, 'owner=anna');
    await give(place, '--wording', wording, '--at', '2026-11-01', '--until', '2026-12-10');
    expect((await place.ok('due', '--mine', '--json')).json).toMatchObject([
      { kind: 'consent', due: '2026-12-10', for: 'Mario Rossi', by: 'anna', overdue: false },
    ]);
    const rows = (await place.ok('report', 'consents', '--json')).json;
    expect(rows).toMatchObject({
      channel: 'email',
      purposes: [
        { purpose: 'newsletter', given: 0, expiring: 1, unknown: 0, without_proof: 0 },
        { purpose: 'service', basis: 'contract', unknown: 1 },
      ],
      people: [{ name: 'Mario Rossi', why: 'expiring', until: '2026-12-10' }],
    });
    expect((await place.itaca(['report', 'consents', '--fail-if-any'])).code).toBe(0);
    await give(place);
    expect((await place.itaca(['report', 'consents', '--fail-if-any'])).code).toBe(1);
    expect((await place.ok('due', '--json')).json).toEqual([]);
  });
});
