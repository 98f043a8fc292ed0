import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

/** A list of people who came in without a basis, and a newsletter to all of them. */
async function imported(purpose: string): Promise<Place> {
  const place = await workspace();
  const list = join(place.home, 'stand.csv');
  writeFileSync(
    list,
    'Name,Email,Opt-in\nAda,ada@example.org,yes\nBo,bo@example.org,1\nCy,cy@example.org,true\n',
  );
  await place.ok('import', 'csv', list, '--yes', '--no-input');
  const what = ['--purpose', purpose, '--audience', 'kind:contact', '--subject', 'Hi', '--body', 'Hi\n'];
  await place.ok('campaign', 'new', 'News', ...what);
  return place;
}

const preview = async (place: Place) =>
  (await place.ok('campaign', 'preview', 'News', '--json')).json as {
    to_send: number;
    left_out: Record<string, number>;
    people: {
      name: string;
      reason: string | null;
      detail: string | null;
      remedy: string | null;
      ref: string;
    }[];
  };

describe.concurrent('people who come in without a basis', () => {
  it('may not be written to for what rests on consent, whatever a column of the list says; the preview names them', async () => {
    const place = await imported('newsletter');
    const all = await preview(place);
    expect(all).toMatchObject({ to_send: 0, left_out: { consent_unknown: 3 } });
    const ada = all.people.find(({ name }) => name === 'Ada');
    expect(ada).toMatchObject({
      reason: 'consent_unknown',
      detail: 'no consent to newsletter on file',
      remedy: `his consent: itaca consent give ${ada?.ref} --purpose newsletter --wording <file>`,
    });
    await place.ok(
      'consent',
      'give',
      'ada@example.org',
      '--purpose',
      'newsletter',
      '--evidence',
      'sheet 3, binder A',
    );
    await place.ok('consent', 'withdraw', 'bo@example.org', '--purpose', 'newsletter', '--at', '2026-11-10');
    const some = await preview(place);
    expect(some).toMatchObject({ to_send: 1, left_out: { consent_unknown: 1, consent_withdrawn: 1 } });
    expect(some.people.map(({ name, detail }) => [name, detail]).sort()).toEqual([
      ['Ada', null],
      ['Bo', 'withdrew the consent to newsletter on 2026-11-10'],
      ['Cy', 'no consent to newsletter on file'],
    ]);
    await place.ok(
      'consent',
      'give',
      'ada@example.org',
      '--purpose',
      'newsletter',
      '--at',
      '2026-11-20',
      '--channel',
      'phone',
    );
    expect((await preview(place)).to_send).toBe(1);
  });

  it('may be written to for what rests on something else, unless they said no', async () => {
    const place = await imported('service');
    expect(await preview(place)).toMatchObject({ to_send: 3 });
    await place.ok('consent', 'refuse', 'cy@example.org', '--purpose', 'service');
    const some = await preview(place);
    expect(some).toMatchObject({ to_send: 2, left_out: { consent_refused: 1 } });
  });
});

describe.concurrent('a list with a consent', () => {
  const rows = [
    'Ada,ada@example.org,',
    'Bo,bo@example.org,',
    'Cy,cy@example.org,',
    'Di,di@example.org,',
    'Ed,ed@example.org,yes',
  ];
  const bring = (place: Place, ...more: string[]) =>
    place.itaca(['import', 'csv', join(place.home, 'stand.csv'), '--yes', '--no-input', '--json', ...more]);

  async function signed(): Promise<Place> {
    const place = await workspace();
    writeFileSync(join(place.home, 'stand.csv'), `Name,Email,Unsubscribed\n${rows.join('\n')}\n`);
    writeFileSync(join(place.home, 'form.txt'), 'Vorrei ricevere la newsletter.\n');
    for (const [name, email] of [
      ['Bo', 'bo@example.org'],
      ['Cy', 'cy@example.org'],
      ['Di', 'di@example.org'],
    ])
      await place.ok('contact', 'add', '--name', name as string, '--email', email as string);
    await place.ok('consent', 'withdraw', 'bo@example.org', '--purpose', 'newsletter', '--at', '2026-10-01');
    await place.ok(
      'consent',
      'give',
      'cy@example.org',
      '--purpose',
      'newsletter',
      '--evidence',
      'sheet 3, binder A',
    );
    await place.ok('suppress', 'add', 'di@example.org', '--scope', 'newsletter');
    return place;
  }

  const consent = (place: Place) => [
    '--consent',
    'newsletter',
    '--wording',
    join(place.home, 'form.txt'),
    '--at',
    '2026-10-08',
  ];

  it('gives it with source and proof to whom it brings; who said no before stays as he is, and is named', async () => {
    const place = await signed();
    const before = place.tree();
    const dry = await bring(place, ...consent(place), '--dry-run');
    expect(place.tree()).toEqual(before);
    const { json } = await bring(place, ...consent(place));
    const consents = {
      given: 1,
      already: 1,
      withheld: [
        { line: 3, name: 'Bo', why: 'withdrawn on 2026-10-01' },
        { line: 5, name: 'Di', why: 'di@example.org is suppressed' },
        { line: 6, name: 'Ed', why: 'ed@example.org is suppressed' },
      ],
    };
    expect(json).toMatchObject({ rows: 5, created: 2, refused: 0, consents });
    expect(dry.json.consents).toEqual(consents);
    const shown = (await place.ok('consent', 'show', 'ada@example.org', '--json')).json.standings[0];
    expect(shown).toMatchObject({
      channel: 'email',
      state: 'given',
      since: '2026-10-08',
      proof: 'wording',
      wording: expect.stringMatching(/^wordings\/newsletter-/),
      source: 'stand.csv',
      by: 'anna',
    });
    expect(await place.git('status', '--porcelain')).toBe('');
    const after = place.tree();
    const again = await bring(place, ...consent(place));
    expect(again.json).toMatchObject({ unchanged: 5, consents: { given: 0, already: 2 } });
    expect(place.tree()).toEqual(after);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('goes to nobody whose own row says no, in whichever of his rows', async () => {
    const place = await workspace();
    writeFileSync(join(place.home, 'form.txt'), 'Vorrei ricevere la newsletter.\n');
    const lines = [
      'Ada,ada@example.org,sì',
      'Bo,bo@example.org,NO',
      'Cy,cy@example.org,',
      'Di,di@example.org,x',
    ];
    const text = `Name,Email,Consenso newsletter\n${[...lines, 'Di,di@example.org,no', 'Bo,bo@example.org,sì'].join('\n')}\n`;
    writeFileSync(join(place.home, 'stand.csv'), text);
    const { json } = await bring(place, ...consent(place));
    expect(json).toMatchObject({
      created: 4,
      consents: {
        given: 1,
        withheld: [
          { line: 3, name: 'Bo', why: 'the list says Consenso newsletter: NO' },
          { line: 4, name: 'Cy', why: 'Consenso newsletter is blank, where others in the list answer' },
          { line: 6, name: 'Di', why: 'the list says Consenso newsletter: no' },
          { line: 7, name: 'Bo', why: 'another row of the list says no' },
        ],
      },
    });
    const given = (await place.ok('contact', 'list', '--json')).json.filter(
      ({ consents }: { consents?: unknown[] }) => consents?.length,
    );
    expect(given.map(({ name }: { name: string }) => name)).toEqual(['Ada']);
  });

  it.each([
    [['--consent', 'newsletter'], 2],
    [['--wording', 'form.txt'], 2],
    [['--consent', 'lottery', '--wording', 'package.json'], 2],
    [['--consent', 'newsletter', '--wording', 'gone.txt'], 3],
  ])('is refused where it is not said what for, or what they were shown: %j', async (words, code) => {
    const place = await signed();
    const before = place.tree();
    expect((await bring(place, ...words)).code).toBe(code);
    expect(place.tree()).toEqual(before);
  });
});
