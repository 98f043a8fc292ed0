import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

/** An answer of the Google Business Profile API. */
const google = (some: object[] = []) =>
  JSON.stringify({
    reviews: [
      {
        reviewId: 'r-bad',
        reviewer: { displayName: 'Ada Lovelace' },
        starRating: 'ONE',
        comment: 'Mai arrivata. Scriverò al mio avvocato.\n---\ntitle: x',
        createTime: '2026-11-18T09:00:00Z',
        updateTime: '2026-11-18T09:00:00Z',
      },
      {
        reviewId: 'r-good',
        reviewer: { displayName: 'Bob' },
        starRating: 'FIVE',
        comment: 'Perfetto',
        createTime: '2026-11-17T09:00:00Z',
      },
      {
        reviewId: 'r-old',
        starRating: 'TWO',
        comment: 'Meh',
        createTime: '2025-01-17T09:00:00Z',
        reviewReply: { comment: 'We are sorry', updateTime: '2025-01-18T09:00:00Z' },
      },
      ...some,
    ],
  });

const imports = (place: Place, ...args: string[]) =>
  place.ok('import', 'reviews', ...args, '--yes', '--json');
const records = (place: Place, under = 'interactions') => place.files(under).map((path) => place.read(path));
const gaps = async (place: Place, now: string) =>
  (await place.itaca(['report', 'gaps', '--json'], { env: { ITACA_NOW: now } })).json as {
    gap: string;
    for: string;
    what: string;
  }[];

describe.concurrent('import reviews', () => {
  it('puts reviews on file as inbound messages, the unhappy ones with a case and its clock, once', async () => {
    const place = await workspace();
    place.write('google.json', google());
    const dry = await place
      .ok('import', 'reviews', 'google.json', '--dry-run', '--json')
      .catch((error) => error);
    expect(dry.message ?? dry.stderr).toMatch(/there is no file google.json/);
    const path = place.path('google.json');
    const before = place.tree();
    expect((await place.ok('import', 'reviews', path, '--dry-run', '--json')).json).toMatchObject({
      created: 3,
      cases: 1,
    });
    expect(place.tree()).toEqual(before);
    const asked = await place.itaca(['import', 'reviews', path, '--no-input']);
    expect(asked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('3 reviews on file, and open 1 cases?'),
    });
    expect((await imports(place, path)).json).toEqual({
      ...{ format: 'google', reviews: 3, created: 3, updated: 0, unchanged: 0, refused: 0 },
      ...{ replies: 1, cases: 1, errors: [] },
    });
    const [bad] = records(place).filter((text) => text.includes('author: Ada Lovelace'));
    expect(bad).toMatch(/^at: 2026-11-18T10:00:00\+01:00$/m);
    expect(bad).toMatch(/^channel: web\naddress: google\ndirection: inbound\ncase: \S+\nsubject: 1 of 5\n/m);
    expect(bad).toMatch(/^rating: 1$/m);
    expect(bad).toMatch(/^ {2}lawyer: /m);
    const [kase] = (await place.ok('case', 'list', '--json')).json;
    expect(kase).toMatchObject({
      title: '1 of 5 on google by Ada Lovelace: Mai arrivata. Scriverò al mio avvocato.',
      type: 'complaint',
      state: 'new',
      opened_at: '2026-11-18T10:00:00+01:00',
      office: 'main',
    });
    const tree = place.tree();
    const head = await place.git('rev-parse', 'HEAD');
    expect((await imports(place, path)).json).toMatchObject({
      created: 0,
      unchanged: 3,
      replies: 0,
      cases: 0,
    });
    expect(place.tree()).toEqual(tree);
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
    expect((await place.ok('check')).stdout).toBe('');
    // The clock ran from when it was written: eight open hours are over by now.
    const { clocks } = (await place.ok('case', 'show', kase.id, '--json')).json;
    expect(clocks[0]).toMatchObject({ clock: 'first_response', state: 'breached' });
    expect((await place.ok('run', '--json')).json.escalated).toMatchObject([
      { why: 'the message speaks of a lawyer: "mio avvocato"' },
      { level: '1', why: 'first response missed' },
      { level: '2', why: 'first response missed' },
    ]);
  });

  it('makes the same files in another clone, and puts a changed review beside what it said, in its case', async () => {
    const place = await workspace();
    place.write('g.json', google());
    const path = place.path('g.json');
    await imports(place, path);
    const first = records(place);
    await place.ok('undo', '--yes');
    expect(records(place)).toEqual([]);
    place.write('g.json.gz', gzipSync(google()));
    await imports(place, place.path('g.json.gz'));
    expect(records(place)).toEqual(first);
    place.write(
      'g.json',
      google()
        .replace('Mai arrivata', 'Arrivata rotta')
        .replace('"updateTime":"2026-11-18T09', '"updateTime":"2026-11-19T09')
        .replace('Perfetto","createTime"', 'Ora rotta","updateTime":"2026-11-19T10:00:00Z","createTime"')
        .replace('"FIVE"', '"TWO"'),
    );
    expect((await imports(place, path)).json).toMatchObject({
      created: 0,
      updated: 2,
      unchanged: 1,
      cases: 1,
    });
    const [changed] = records(place).filter((text) => text.includes('Arrivata rotta'));
    const [was] = place.files('interactions').filter((file) => place.read(file).includes('Mai arrivata'));
    expect(changed).toContain(`edits: ${was?.replace(/^.*\//, '').slice(0, -3)}`);
    expect(changed).toMatch(/^at: 2026-11-19T10:00:00\+01:00$/m);
    expect(
      new Set([changed, place.read(was ?? '')].map((text) => /^case: .*$/m.exec(text ?? '')?.[0])).size,
    ).toBe(1);
    expect((await imports(place, path)).json).toMatchObject({ updated: 0, unchanged: 3, cases: 0 });
    expect((await place.ok('case', 'list', '--json')).json).toHaveLength(2);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('reads tables, JSON Lines and feeds, and knows whose a review is by what it names', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.org');
    await place.ok('contact', 'add', '--name', 'Eva', '--email', 'eva@example.org');
    const [mario = ''] = place.files('contacts').filter((file) => file.includes('mario'));
    place.write(
      'orders/o-aaaaaaaaaa.md',
      `---\nnumber: 2026/0431\ncontact: ${mario.slice('contacts/'.length, -3)}\nplaced_at: 2026-11-01\n---\n`,
    );
    place.write(
      'r.csv',
      'Data;Autore;Voto;Recensione;Fonte\r\n18/11/2026 09:30;M. Rossi;4,0;"=HYPERLINK(""x"") ordine 2026/0431, in ritardo";Facebook\r\n13.11.2026;Rossi;5;Grazie;\r\nieri;x;1;y;\r\n',
    );
    place.write(
      'r.jsonl',
      '{"date":"2026-11-16T10:00:00Z","email":"eva@example.org","text":"Ok"}\n{"date":5}\n',
    );
    place.write(
      'f.xml',
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>
       <entry><id>tag:1</id><title>Lamps</title><updated>2026-11-15T10:00:00Z</updated><author><name>Zoe</name><uri>u</uri></author>
       <link rel="self" href="https://b.example/self"/><link href="https://b.example/1"/>
       <content type="html">&lt;p&gt;Nice &amp;amp; warm&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</content></entry></feed>`,
    );
    place.write(
      'r.xml',
      '<rss><channel><title>T</title><item><guid>g1</guid><pubDate>Mon, 16 Nov 2026 10:00:00 +0100</pubDate><description><![CDATA[<b>Sconsiglio a tutti</b>]]></description><link>https://b.example/2</link></item></channel></rss>',
    );
    const files = ['r.csv', 'r.jsonl', 'f.xml', 'r.xml'].map((name) => place.path(name));
    const run = await imports(place, ...files);
    expect(run.json).toMatchObject({
      ...{ format: 'csv+feed+json', reviews: 7, created: 5, refused: 2, cases: 2 },
      errors: [
        { line: 4, message: expect.stringContaining('"ieri" is no time') },
        { line: 2, message: expect.stringContaining('neither a text nor a rating') },
      ],
    });
    const [order] = records(place).filter((text) => text.includes('2026/0431'));
    expect(order).toContain(`contacts:\n  - ${mario.slice('contacts/'.length, -3)}`);
    expect(order).toMatch(/^channel: social$/m);
    expect(records(place, 'cases').filter((text) => text.includes('order: o-aaaaaaaaaa'))).toHaveLength(1);
    expect(records(place).filter((text) => text.includes('contacts:\n  - eva'))).toHaveLength(1);
    const [zoe] = records(place).filter((text) => text.includes('author: Zoe'));
    expect(zoe).toContain('Nice & warm\nx\n');
    expect(zoe).toContain('url: https://b.example/1\n');
    expect((await place.ok('check')).stdout).toBe('');
    // A spreadsheet runs nothing of it.
    const list = await place.ok('sql', "select note from records where note like '%HYPERLINK%'", '--csv');
    expect(list.stdout).toContain(`'=HYPERLINK`);
  });

  it('waits for an answer as any message does, until one is on file', async () => {
    const place = await workspace();
    place.write(
      'r.json',
      '[{"id":"1","date":"2026-11-18T10:00:00Z","author":"Zoe","stars":4,"text":"Nice, but dim"}]',
    );
    await imports(place, place.path('r.json'));
    const at = '2026-11-23T10:00:00Z';
    expect(await gaps(place, at)).toMatchObject([{ gap: 'answer', for: 'Zoe', who: 'anna' }]);
    place.write(
      'r.json',
      '[{"id":"1","date":"2026-11-18T10:00:00Z","updated":"2026-11-19T08:00:00Z","author":"Zoe","stars":4,"text":"Dim"}]',
    );
    expect((await imports(place, place.path('r.json'))).json).toMatchObject({ updated: 1 });
    expect(await gaps(place, at)).toHaveLength(1);
    const [, last = ''] = place.files('interactions');
    const ref = last.replace(/^.*\//, '').slice(0, -3);
    await place.ok('log', 'web', 'Try the 12 W bulb', '--answers', ref);
    expect(await gaps(place, at)).toEqual([]);
    expect((await place.itaca(['log', 'web', 'x', '--answers', ref, '--in'])).code).toBe(2);
  });

  it('whose case is open is answered in its case', async () => {
    const place = await workspace();
    place.write('g.json', google());
    await imports(place, place.path('g.json'));
    const [path = ''] = place.files('interactions').filter((file) => file.includes('ada-lovelace'));
    await place.ok('log', 'web', 'A new one is on its way', '--answers', path.slice(-13, -3));
    const [kase] = (await place.ok('case', 'list', '--json')).json;
    const { clocks } = (await place.ok('case', 'show', kase.id, '--json')).json;
    expect(clocks[0]).toMatchObject({ clock: 'first_response', ended_at: '2026-11-20T11:00:00+01:00' });
  });

  it.each<[string, string | Buffer, number, RegExp]>([
    ['an empty file', '', 4, /empty/],
    ['a picture', Buffer.from([0x89, 0x50, 0, 0, 1]), 4, /not text/],
    ['a list of people', 'name,e-mail\nAda,ada@example.org\n', 4, /no column is known to hold .*the time/],
    ['a page', '<html><body>x</body></html>', 4, /this is no feed: it begins with <html>/],
    ['a bomb', '<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>', 4, /document type is not read/],
    ['a torn feed', '<rss><channel><item>', 4, /broken XML/],
    ['a deep feed', `<rss>${'<a>'.repeat(100)}`, 4, /nested more than 64 deep/],
    ['torn JSON', '[{"date":"2026-11-01","text":"x"', 4, /broken, cut off or too long/],
    ['no reviews', '{"reviews":[{"x":1}]}', 4, /all 1 reviews were refused.*neither a text nor a rating/],
  ])('says what is wrong with %s', async (_what, content, code, message) => {
    const place = await workspace();
    place.write('x', content);
    const run = await place.itaca(['import', 'reviews', place.path('x'), '--yes']);
    expect(run).toMatchObject({ code, stderr: expect.stringMatching(message) });
    expect(place.files('interactions')).toEqual([]);
  });

  it('names nobody as its author by a number alone, only the order', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.org');
    const [mario = ''] = place.files('contacts');
    place.write(
      'orders/o-aaaaaaaaaa.md',
      `---\nnumber: 2026/0431\ncontact: ${mario.slice('contacts/'.length, -3)}\nplaced_at: 2026-11-01\n---\n`,
    );
    const of = (author: object) => ({
      date: '2026-11-18T10:00:00Z',
      stars: 1,
      text: 'Ordine 2026/0431',
      ...author,
    });
    place.write(
      'r.json',
      JSON.stringify([of({ author: 'Giulia Bianchi' }), of({}), of({ author: 'Mario G. Rossi' })]),
    );
    await imports(place, place.path('r.json'));
    const cases = records(place, 'cases');
    expect(cases).toHaveLength(3);
    expect(cases.every((text) => text.includes('order: o-aaaaaaaaaa'))).toBe(true);
    expect(cases.filter((text) => /^contact: /m.test(text))).toEqual([
      expect.stringContaining('Mario G. Rossi'),
    ]);
    expect(records(place).filter((text) => /^contacts:/m.test(text))).toEqual([
      expect.stringContaining('author: Mario G. Rossi'),
    ]);
  });

  it('knows a review that is on file from a file of another name', async () => {
    const place = await workspace();
    const at = '2026-11-18T10:00:00.500Z';
    const first = [
      { id: '1', date: at, author: 'Ada', stars: 1, text: 'Mai  arrivata' },
      { id: '2', date: at, author: 'Ada', stars: 1, text: 'Mai  arrivata' },
      { id: '3', date: at, stars: 1, text: 'Rotta', url: 'https://b.example/r' },
      { id: '4', date: at, stars: 2 },
      { id: '5', date: at, stars: 2 },
    ];
    place.write('week-1.json', JSON.stringify(first));
    expect((await imports(place, place.path('week-1.json'))).json).toMatchObject({ created: 5 });
    const [one, two, three] = first;
    const { id: _, ...nameless } = one as (typeof first)[0];
    place.write(
      'week-2.json',
      JSON.stringify([
        ...[{ ...one, text: 'Arrivata rotta', updated: '2026-11-19T10:00:00Z' }, two, three],
        { id: '6', date: at, author: 'Bob', stars: 5, text: 'Bene' },
      ]),
    );
    place.write('week-3.json', JSON.stringify([nameless]));
    const before = records(place, 'cases').length;
    const files = ['week-2.json', 'week-3.json'].map((name) => place.path(name));
    expect((await imports(place, ...files)).json).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 3,
      cases: 0,
    });
    expect(records(place, 'cases')).toHaveLength(before);
    expect((await imports(place, ...files)).json).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('opens no case where there is no process for complaints', async () => {
    const place = await workspace();
    await place.git('rm', '-q', 'processes/complaint.yaml');
    await place.git('commit', '-qm', 'none');
    place.write('g.json', google());
    expect((await imports(place, place.path('g.json'))).json).toMatchObject({ created: 3, cases: 0 });
  });
});
