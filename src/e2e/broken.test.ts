import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { itaca, type Place, workspace } from './harness.js';

const name = 'contacts/broken-aaaaaaaaaa.md';
const consents =
  'consents:\n  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}\n';
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** A workspace with one sound person who may be written to, and a campaign to everybody. */
async function ready(): Promise<Place> {
  const place = await workspace();
  place.write(
    'contacts/sound-bbbbbbbbbb.md',
    `---\nname: Sound\nemails:\n  - s@example.org\n${consents}---\n`,
  );
  place.edit('itaca.yaml', '# postal_address: Via Roma 1', 'postal_address: Via Roma 1');
  const audience =
    'title: News\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: S\nstate: draft\n';
  place.write('campaigns/news-nnnnnnnnnn/campaign.md', `---\n${audience}---\n`);
  place.write('campaigns/news-nnnnnnnnnn/body.md', 'Hello\n');
  return place;
}

const send = ['campaign', 'send', 'News', '--confirm', 'News', '--json'];

describe.concurrent('a broken record', () => {
  const broken: [what: string, content: string | Buffer, line: number | undefined, message: RegExp][] = [
    ['front matter in JavaScript', '---js\nglobalThis.process.exit(99)\n---\n', 1, /YAML/],
    ['front matter in javascript', '---javascript\nrequire("fs").writeFileSync("ran", "")\n---\n', 1, /YAML/],
    ['front matter in JSON', '---json\n{"name": "x"}\n---\n', 1, /YAML/],
    ['front matter in CoffeeScript', '---coffee\nname: "x"\n---\n', 1, /YAML/],
    ['YAML that does not close', '---\nname: Mario\ntags: [a, b\nemails: x\n---\n', undefined, /YAML/],
    ['a tab for an indent', '---\nname: Mario\nsource:\n\tname: x\n---\n', 4, /YAML/],
    ['a key twice', '---\nname: Mario\nname: Maria\n---\n', 3, /YAML/],
    ['conflict markers', '---\n<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> other\n---\n', 2, /conflict/],
    [
      'conflict markers in the note',
      '---\nname: A\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n',
      4,
      /conflict/,
    ],
    ['a NUL byte', '---\nname: A\ntitle: b\0c\n---\n', 3, /NUL/],
    ['40 MB', `---\nname: A\n---\n${'x'.repeat(40 << 20)}`, undefined, /MB/],
    ['UTF-16', utf16('---\nname: A\n---\n'), undefined, /UTF-8/],
    ['Latin-1', Buffer.from('---\nname: Zo\u00eb\n---\n', 'latin1'), undefined, /UTF-8/],
    ['no front matter', 'just text\n', 1, /---/],
    ['nothing', '', 1, /---/],
    ['front matter without end', '---\nname: A\n', undefined, /---/],
    ['a list for front matter', '---\n- a\n- b\n---\n', 2, /keys/],
    ['nesting without end', `---\nname: A\nx: ${'['.repeat(5000)}\n---\n`, undefined, /./],
    [
      'an alias that explodes',
      `---\nname: A\na: &a [x,x,x,x,x,x,x,x,x]\n${bomb()}---\n`,
      undefined,
      /alias|values/,
    ],
  ];

  function bomb(): string {
    const letters = 'abcdefghi';
    return [...letters]
      .slice(1)
      .map((letter, i) => `${letter}: &${letter} [${Array(9).fill(`*${letters[i]}`).join(',')}]\n`)
      .join('');
  }

  const idOf = (i: number) => `aaaaaaaa${String(i).padStart(2, '0')}`;
  const pathOf = (i: number) => `contacts/broken-${idOf(i)}.md`;
  const shared = workspaceOf(broken);

  /** A workspace with all of them. */
  async function workspaceOf(records: typeof broken): Promise<Place> {
    const place = await ready();
    for (const [i, [, content]] of records.entries()) place.write(pathOf(i), content);
    await place.itaca(['contact', 'list']);
    return place;
  }

  it.each(broken.map((record, i) => [...record, i] as const))(
    'with %s is not run, and as the subject ends with its place and 4',
    async (_what, content, line, message, i) => {
      const place = await shared;
      const run = await place.itaca(['contact', 'show', idOf(i), '--json'], { cwd: place.home });
      expect(run, run.stderr).toMatchObject({ code: 4, stdout: '' });
      expect(run.error).toMatchObject({
        code: 'invalid',
        path: pathOf(i),
        message: expect.stringMatching(message),
        ...(line ? { line } : {}),
      });
      expect(readFileSync(place.path(pathOf(i))).equals(Buffer.from(content))).toBe(true);
      expect(existsSync(join(place.home, 'ran'))).toBe(false);
    },
  );

  it('is a warning beside what can be read, and check lists each with its place', async () => {
    const place = await shared;
    const beside = await place.itaca(['contact', 'list', '--json']);
    expect(beside).toMatchObject({ code: 0, stderr: expect.stringContaining(pathOf(0)) });
    expect(beside.json).toMatchObject([{ name: 'Sound' }]);
    const checked = await place.itaca(['check', '--json']);
    expect(checked.code).toBe(1);
    for (const [i, [, , line, message]] of broken.entries()) {
      const about = { path: pathOf(i), message: expect.stringMatching(message), ...(line ? { line } : {}) };
      expect(checked.json).toContainEqual(expect.objectContaining(about));
    }
  });

  it.each(broken.filter(([what]) => /javascript|conflict markers$|UTF-16|no front/.test(what)))(
    'with %s is not written to, and refuses a send with 6',
    async (_what, content) => {
      const place = await ready();
      place.write(name, content);
      const set = await place.itaca(['contact', 'set', name, 'title=Boss', '--json']);
      expect(set).toMatchObject({ code: 4, stdout: '' });
      const sent = await place.itaca(send);
      expect(sent).toMatchObject({ code: 6, stdout: '' });
      expect(sent.error).toMatchObject({ code: 'refused', path: name });
      expect(place.files('outbox/new')).toEqual([]);
      expect(readFileSync(place.path(name)).equals(Buffer.from(content))).toBe(true);
    },
  );

  it.each([
    ['name: A\nbirthday: someday\n', 3, /birthday/],
    ['name: A\nlanguage: not a language\n', 3, /language/],
    ['title: nameless\n', undefined, /name/],
    ['name: A\nemails:\n  - {label: work}\n', 4, /emails/],
  ])(
    'by its schema (%j) is shown, reported with its place, and not written to',
    async (yaml, line, message) => {
      const place = await ready();
      place.write(name, `---\n${yaml}---\n`);
      const checked = await place.itaca(['check', '--json']);
      expect(checked.code).toBe(1);
      expect(checked.json[0]).toMatchObject({
        path: name,
        message: expect.stringMatching(message),
        ...(line ? { line } : {}),
      });
      const plain = await place.itaca(['check']);
      expect(plain.stdout).toMatch(/^contacts\/broken-aaaaaaaaaa\.md:\d+:\d+: /);
      expect((await place.itaca(['contact', 'list', '--json'])).json).toHaveLength(2);
      expect((await place.itaca(send)).code).toBe(6);
    },
  );

  it.each([
    'suppressions/x-aaaaaaaaaa.md',
    'agreements/x-aaaaaaaaaa.md',
    'cases/x-aaaaaaaaaa.md',
    'orders/x-aaaaaaaaaa.md',
  ])('that might forbid a message refuses the send: %s', async (path) => {
    const place = await ready();
    place.write(path, '---\naddress: [\n---\n');
    const run = await place.itaca(send);
    expect(run.code).toBe(6);
    expect(run.error).toMatchObject({ code: 'refused', path });
    expect(place.files('outbox/new')).toEqual([]);
  });
});

describe.concurrent('a record as another program wrote it', () => {
  it.each([
    ['CRLF', '', '\r\n'],
    ['a byte order mark', '\ufeff', '\n'],
    ['both', '\ufeff', '\r\n'],
  ])('with %s keeps every byte that is not changed', async (_what, bom, eol) => {
    const place = await workspace();
    const lines = [
      '---',
      '# who he is',
      "name:   'Mario Rossi'   # as on the card",
      'emails: [mario@example.it,   "M@example.org"]',
      'x_custom: {b: 1, a: [ 1,2 ]}',
      'postal_code: 00184',
      'title: "Clerk"',
      'tags:',
      '    - one   # first',
      '    - two',
      'empty:',
      'at: 12:30',
      '---',
      '',
      'A note.  ',
      '---',
      'name: not this one',
      '',
      'no line end',
    ];
    const text = bom + lines.join(eol);
    place.write('contacts/mario-k3f9w2q8ab.md', text);
    await place.ok('contact', 'set', 'k3f9w2q8ab', 'title=Boss');
    const after = readFileSync(place.path('contacts/mario-k3f9w2q8ab.md'), 'utf8');
    const boss = /title: ("?)Boss\1/.exec(after)?.[0] as string;
    expect(after).toBe(text.replace('title: "Clerk"', boss));
    await place.ok('contact', 'set', 'k3f9w2q8ab', 'tags+=three', 'language=it', 'title=');
    const [head, note] = [
      after.indexOf(`---${eol}${eol}A note.`),
      readFileSync(place.path('contacts/mario-k3f9w2q8ab.md'), 'utf8'),
    ];
    expect(note.endsWith(after.slice(head))).toBe(true);
    if (eol === '\r\n') expect(note.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of [1, 2, 3, 4, 5, 8, 9, 10, 11]) expect(note).toContain(lines[line]);
    expect((await place.ok('contact', 'show', 'k3f9w2q8ab', '--json')).json).toMatchObject({
      name: 'Mario Rossi',
      tags: ['one', 'two', 'three'],
      language: 'it',
    });
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it.each([
    'with space',
    'quote"\'`$(x)',
    'emoji 🎈',
    'new\nline',
    '-dash',
    'Zoë',
    'back\\slash',
    'a;b|c&d',
    '%s%n',
  ])('under the file name %j is found, changed, committed', async (stem) => {
    const place = await workspace();
    const path = `contacts/${stem}-k3f9w2q8ab.md`;
    place.write(path, '---\nname: Odd\n---\n');
    await place.ok('contact', 'set', 'Odd', 'title=Boss');
    expect(place.read(path)).toContain('title: Boss');
    expect(await place.git('status', '--porcelain')).toBe('');
    expect((await place.ok('contact', 'show', 'k3f9w2q8ab', '--json')).json.path).toBe(path);
    expect((await place.ok('contact', 'list')).stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('without an id in its name is reported', async () => {
    const place = await workspace();
    place.write('contacts/readme.md', '---\nname: X\n---\n');
    const run = await place.itaca(['check']);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('contacts/readme.md: ') });
  });
});

describe.concurrent('a path that leads out of the workspace', () => {
  it('is refused where a folder of records is a link', async () => {
    const place = await workspace();
    mkdirSync(join(place.home, 'outside'));
    writeFileSync(join(place.home, 'outside', 'x-k3f9w2q8ab.md'), '---\nname: Outsider\n---\n');
    symlinkSync(join(place.home, 'outside'), place.path('contacts'));
    for (const args of [
      ['contact', 'add', '--name', 'X Y'],
      ['contact', 'set', 'Outsider', 'title=Boss'],
      ['contact', 'list'],
    ]) {
      const run = await place.itaca([...args, '--json']);
      expect(run, args.join(' ')).toMatchObject({ code: 4, stdout: '' });
      expect(run.error).toMatchObject({ message: expect.stringContaining('out of the workspace') });
    }
    expect(readFileSync(join(place.home, 'outside', 'x-k3f9w2q8ab.md'), 'utf8')).toBe(
      '---\nname: Outsider\n---\n',
    );
  });

  it('is refused where a folder of records is a file', async () => {
    const place = await workspace();
    place.write('suppressions', 'x');
    expect((await place.itaca(['contact', 'list', '--json'])).error).toMatchObject({ path: 'suppressions' });
  });

  it('is not followed where a record is a link', async () => {
    const place = await workspace();
    writeFileSync(join(place.home, 'secret.md'), '---\nname: Secret\n---\n');
    mkdirSync(place.path('contacts'));
    symlinkSync(join(place.home, 'secret.md'), place.path('contacts/secret-k3f9w2q8ab.md'));
    expect((await place.ok('contact', 'list', '--json')).json).toEqual([]);
    expect((await place.itaca(['contact', 'set', 'k3f9w2q8ab', 'title=x'])).code).toBeGreaterThan(0);
    expect(readFileSync(join(place.home, 'secret.md'), 'utf8')).toBe('---\nname: Secret\n---\n');
  });

  it('is no type of case', async () => {
    const place = await workspace();
    const run = await place.itaca(['case', 'open', 'x', '--type', '../../../etc/passwd', '--json']);
    expect(run.code).toBeLessThan(70);
    expect(place.files('processes')).toHaveLength(6);
  });
});

describe.concurrent('a list that is no list', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
  const bad: [what: string, content: string | Buffer, code: number][] = [
    ['nothing', '', 4],
    ['blank lines', '\n\n\n', 4],
    ['a picture', png, 4],
    ['noise', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255)), 4],
    ['no usable column', 'colour,size\nred,1\nblue,2\n', 4],
    ['a workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), png, png]), 4],
  ];

  it.each(bad)(
    '%s: a clear error from dedupe and import, and nothing written',
    async (_what, content, code) => {
      const place = await workspace();
      place.write('../list.csv', content);
      const before = place.tree();
      const list = place.path('../list.csv');
      const dedupe = [
        'dedupe',
        list,
        '-o',
        place.path('../clean.csv'),
        '--removed',
        place.path('../removed.csv'),
      ];
      for (const args of [dedupe, ['import', 'csv', list, '--yes']]) {
        const run = await place.itaca([...args, '--json']);
        expect(run, args.join(' ')).toMatchObject({ code, stdout: '' });
        expect(run.error.code).toBe('invalid');
        expect(run.error.message.length).toBeGreaterThan(10);
      }
      expect(place.tree()).toEqual(before);
      expect(existsSync(place.path('../clean.csv'))).toBe(false);
      expect(existsSync(place.path('../removed.csv'))).toBe(false);
    },
  );

  it('that is missing: 3; a folder: 4', async () => {
    const place = await workspace();
    for (const args of [['dedupe'], ['import', 'csv']]) {
      expect((await place.itaca([...args, place.path('missing.csv')])).code).toBe(3);
      expect((await place.itaca([...args, place.path('processes')])).code).toBe(4);
    }
  });

  it('whose result cannot be written leaves no half of it', async () => {
    const place = await workspace();
    place.write('../list.csv', 'name,email\nA,a@example.org\n');
    mkdirSync(join(place.home, 'folder'));
    const before = readdirSync(place.home);
    for (const out of ['no/such/folder.csv', 'folder', 'list.csv/clean.csv']) {
      const run = await itaca(['dedupe', 'list.csv', '-o', out, '--json'], { cwd: place.home });
      expect(run, out).toMatchObject({ code: 4, stdout: '' });
      expect(run.error).toMatchObject({ code: 'invalid', path: out });
    }
    expect(readdirSync(place.home)).toEqual(before);
  });
});

describe.concurrent('a list as another program wrote it', () => {
  const rows =
    'Name;Email;City\nZo\u00eb D\u00fcrr;zoe@example.org;K\u00f6ln\nMario Rossi;mario@example.it;Cant\u00f9\n';
  it.each([
    ['UTF-8', Buffer.from(rows)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${rows}`)],
    ['UTF-16 LE', utf16(rows)],
    ['UTF-16 BE', utf16(rows).swap16()],
    ['Latin-1', Buffer.from(rows, 'latin1')],
    ['CRLF', Buffer.from(rows.replaceAll('\n', '\r\n'))],
    ['tabs', Buffer.from(rows.replaceAll(';', '\t'))],
    ['commas', Buffer.from(rows.replaceAll(';', ','))],
    ['no line end', Buffer.from(rows.trimEnd())],
  ])('in %s is read right', async (_what, content) => {
    const place = await workspace();
    place.write('../list.csv', content);
    const { json } = await place.ok('import', 'csv', place.path('../list.csv'), '--json');
    expect(json).toMatchObject({ rows: 2, created: 2, refused: 0 });
    const names = (await place.ok('contact', 'list', '--json')).json.map((row: { name: string }) => row.name);
    expect(names).toEqual(['Mario Rossi', 'Zo\u00eb D\u00fcrr']);
  });

  it('with ragged rows is taken row by row, each refusal with its line', async () => {
    const place = await workspace();
    place.write(
      '../list.csv',
      'Name,Email\nA B,a@example.org\nC D,c@example.org,too,much\nE F\n,,\nG H,g@example.org\n',
    );
    const { json } = await place.ok('import', 'csv', place.path('../list.csv'), '--yes', '--json');
    expect(json).toMatchObject({ rows: 4, created: 3, refused: 1 });
    expect(json.errors).toContainEqual(expect.objectContaining({ line: 3 }));
    const clean = (await place.ok('dedupe', place.path('../list.csv'), '--json')).json;
    expect(clean).toMatchObject({ rows: 5, kept: 4, removed: 1, flagged: { ragged: expect.any(Number) } });
  });

  it('with an open quote says where, or takes it as a row', async () => {
    const place = await workspace();
    place.write('../list.csv', 'Name,Email\n"A B,a@example.org\nC D,c@example.org\n');
    const run = await place.itaca(['import', 'csv', place.path('../list.csv'), '--yes', '--json']);
    expect([0, 4]).toContain(run.code);
    if (run.code === 4) expect(run.error.line).toEqual(expect.any(Number));
  });
});

describe('sql', () => {
  const shared = sound();

  async function sound(): Promise<Place> {
    const place = await workspace();
    place.write('contacts/sound-bbbbbbbbbb.md', '---\nname: Sound\n---\n');
    await place.ok('contact', 'list');
    return place;
  }

  afterAll(async () => {
    const place = await shared;
    expect((await place.ok('sql', 'select count(*) as n from contacts', '--json')).json).toEqual([{ n: 1 }]);
    expect((await place.ok('find', 'Sound', '--json')).json).toHaveLength(1);
  });

  it.each([
    "select writefile('made', 'x')",
    "select readfile('itaca.yaml')",
    'select "readfile"(\'itaca.yaml\')',
    "select readfile/**/('itaca.yaml')",
    "select readfile--\n('itaca.yaml')",
    "select load_extension('x')",
    "select edit('x', 'touch made')",
    "attach database 'made' as made",
    "vacuum into 'made'",
    'pragma query_only = off',
    'pragma journal_mode',
    'select 1; delete from records',
    'delete from records',
    'with x as (select 1) delete from records',
    "insert into search(search) values ('delete-all')",
    'explain select 1',
    'select * from sqlite_master',
    'select * from "sqlite_master"',
    'select * from pragma_database_list',
    "select * from fsdir('.')",
    "select fts3_tokenizer('simple')",
    'drop table records',
    'create temp table made(a)',
    'reindex',
    '',
    ';',
    'select',
    "select 'unclosed",
  ])('reads the index and nothing else: %j', async (statement) => {
    const place = await shared;
    const before = place.tree();
    const run = await place.itaca(['sql', statement, '--json'], { cwd: place.root });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.error.code).toBe('usage');
    expect(place.tree()).toEqual(before);
    expect(existsSync(join(place.home, 'made'))).toBe(false);
  });
});
