import { describe, expect, it } from 'vitest';
import { folder, git, itaca, type Place, sum, workspace } from './harness.js';

// The command lines that are promised to work as they are written, and what their JSON holds.

const mario = [
  ...['contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it', '--phone', '02 1234567'],
  ...['--company', 'ACME srl', '--tag', 'fiera-2026'],
];

async function withMario(): Promise<Place> {
  const place = await workspace();
  await place.ok(...mario);
  return place;
}

const list = `Name,Email,Phone,Company
Mario Rossi,Mario.Rossi@gmail.com,02 1234567,ACME srl
Mario Rossi,mariorossi+fiera@googlemail.com,,ACME srl
Anna Bianchi,anna@example.it,02 7654321,Beta spa
"Bianchi, Anna",anna@example.it,,
,,,
Luca Verdi,luca@example.org,,
`;

/** rows = created + updated + unchanged + refused. */
function expectImportAddsUp(report: Record<string, number>): void {
  const { rows, created = 0, updated = 0, unchanged = 0, refused = 0 } = report;
  expect(rows).toBe(created + updated + unchanged + refused);
}

/** audience = the sum of all outcomes. */
function expectSendAddsUp(report: Record<string, number> & { left_out: Record<string, number> }): void {
  const { audience, sent = 0, unknown = 0, deferred = 0, rejected = 0, remaining = 0, left_out } = report;
  expect(audience).toBe(sent + unknown + deferred + rejected + remaining + sum(left_out));
}

describe.concurrent('init', () => {
  it('copies an example into a git repository with one commit', async () => {
    const at = folder();
    const run = await itaca(['init', 'W', '--example', 'fair'], { cwd: at });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(await git(`${at}/W`, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(await git(`${at}/W`, 'status', '--porcelain')).toBe('');
    const checked = await itaca(['-C', 'W', 'check'], { cwd: at });
    expect(checked).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('makes an empty workspace that checks, here or where it is told', async () => {
    const at = folder();
    expect(await itaca(['init', '--json'], { cwd: at })).toMatchObject({ code: 0 });
    expect(await itaca(['check'], { cwd: at })).toMatchObject({ code: 0, stdout: '' });
    expect(await itaca(['init'], { cwd: at })).toMatchObject({ code: 5 });
    expect((await itaca(['contact', 'list', '--json'], { cwd: at })).json).toEqual([]);
  });

  it('does not lay an example over what is there', async () => {
    const place = await workspace();
    place.write('sub/mine.txt', 'mine');
    const run = await itaca(['init', place.path('sub'), '--example', 'fair']);
    expect(run.code).toBe(5);
    expect(place.files('sub')).toEqual(['sub/mine.txt']);
  });
});

describe.concurrent('contact', () => {
  it('add puts a person on file, and the firm', async () => {
    const place = await workspace();
    const { json } = await place.ok(...mario, '--json');
    expect(json).toMatchObject({
      kind: 'contact',
      name: 'Mario Rossi',
      emails: ['mario@example.it'],
      phones: ['02 1234567'],
      tags: ['fiera-2026'],
      note: '',
    });
    expect(json.id).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
    expect(json.path).toBe(`contacts/mario-rossi-${json.id}.md`);
    expect(place.files('companies')).toEqual([`companies/${json.company}.md`]);
    expect((await place.ok('company', 'show', 'ACME srl', '--json')).json.name).toBe('ACME srl');
  });

  it('add refuses the same person twice, and warns of a shared address', async () => {
    const place = await withMario();
    expect((await place.itaca(mario)).code).toBe(5);
    const other = await place.itaca(['contact', 'add', '--name', 'Lia Po', '--email', 'MARIO@example.it']);
    expect(other).toMatchObject({ code: 0 });
    expect(other.stderr).toContain('Mario Rossi');
  });

  it('set changes, empties, adds to and takes from', async () => {
    const place = await withMario();
    const who = 'mario@example.it';
    expect((await place.ok('contact', 'set', who, 'title=Boss', 'language=it', '--json')).json).toMatchObject(
      {
        title: 'Boss',
        language: 'it',
      },
    );
    await place.ok('contact', 'set', who, 'tags+=vip', 'title=');
    const after = (await place.ok('contact', 'show', who, '--json')).json;
    expect(after.tags).toEqual(['fiera-2026', 'vip']);
    expect(after).not.toHaveProperty('title');
    await place.ok('contact', 'set', who, 'tags-=vip');
    expect((await place.ok('contact', 'show', who, '--json')).json.tags).toEqual(['fiera-2026']);
  });

  it('set refuses what the schema refuses, and leaves the file as it was', async () => {
    const place = await withMario();
    const before = place.tree();
    const run = await place.itaca([
      'contact',
      'set',
      'mario@example.it',
      'language=not a language',
      '--json',
    ]);
    expect(run.code).toBe(4);
    expect(run.error).toMatchObject({ code: 'invalid', path: expect.stringMatching(/^contacts\//) });
    expect(place.tree()).toEqual(before);
  });
});

describe.concurrent('log', () => {
  it('files a call and the promise made in it', async () => {
    const place = await withMario();
    const { json } = await place.ok(
      ...['log', 'phone', 'mario@example.it', 'asks where his order is', '--in'],
      ...['--promise', 'call back with the date', '--due', '2026-11-24', '--json'],
    );
    expect(json).toMatchObject({
      kind: 'interaction',
      channel: 'phone',
      direction: 'inbound',
      note: 'asks where his order is',
      promise: { what: 'call back with the date', due: '2026-11-24' },
    });
    expect(json.promise.made_in).toContain(json.id);
    const due = (await place.ok('due', '--json')).json;
    expect(due).toHaveLength(1);
    expect(due[0]).toMatchObject({ kind: 'promise', what: 'call back with the date', overdue: false });
    await place.ok('promise', 'keep', json.promise.id);
    expect((await place.ok('due', '--json')).json).toEqual([]);
  });

  it('takes the text from standard input, and asks nobody in a pipe', async () => {
    const place = await withMario();
    const run = await place.itaca(['log', 'fax', 'mario@example.it', '-', '--in', '--json'], {
      input: 'two pages\nabout books\n',
    });
    expect(run.json.note.trim()).toBe('two pages\nabout books');
    expect((await place.itaca(['log'])).code).toBe(2);
  });
});

describe.concurrent('case', () => {
  it('opens one, which the report shows until it is resolved', async () => {
    const place = await withMario();
    const opened = (
      await place.ok(
        ...['case', 'open', 'Books never arrived', '--contact', 'mario@example.it'],
        ...['--type', 'complaint', '--channel', 'fax', '--json'],
      )
    ).json;
    expect(opened).toMatchObject({ kind: 'case', title: 'Books never arrived', state: 'new' });
    const later = { env: { ITACA_NOW: '2026-11-20T12:30:00Z' } };
    const [shown] = (await place.itaca(['report', 'cases', '--json'], later)).json;
    expect(shown).toMatchObject({
      id: opened.id,
      title: 'Books never arrived',
      type: 'complaint',
      state: 'new',
      owner: null,
      age_hours: 2.5,
      overdue: expect.any(Boolean),
    });
    expect(Date.parse(shown.opened_at)).toBe(Date.parse('2026-11-20T10:00:00Z'));
    expect(shown.contact).toMatch(/^mario-rossi-/);
    expect((await place.itaca(['report', 'cases', '--fail-if-any'])).code).toBe(1);
    await place.ok('case', 'assign', opened.id, 'anna');
    await place.ok('case', 'resolve', opened.id, '--why', 'sent again', '--cause', 'supplier');
    const early = await place.itaca(['case', 'close', opened.id, '--json']);
    expect(early.code).toBe(6);
    expect(early.error.message).toContain('no answer has left');
    expect(early.error.hint).toContain('the customer has not confirmed it');
    await place.ok('case', 'reply', opened.id, 'They left again today', '--channel', 'phone');
    await place.ok('log', 'phone', 'mario@example.it', 'has them', '--in', '--case', opened.id);
    await place.ok('case', 'close', opened.id, '--confirmed');
    expect((await place.ok('report', 'cases', '--json')).json).toEqual([]);
    await place.ok('case', 'reopen', opened.id, '--why', 'the wrong ones');
    expect((await place.ok('report', 'cases', '--json')).json).toHaveLength(1);
  });

  it.each(['fair', 'bookclub'] as const)('report of the example %s has all its keys', async (example) => {
    const place = await workspace({ example });
    const rows = (await place.ok('report', 'cases', '--json')).json;
    expect(rows.length).toBeGreaterThan(1);
    const keys = ['id', 'title', 'type', 'state', 'contact', 'owner', 'opened_at', 'age_hours', 'overdue'];
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(keys));
  });
});

describe.concurrent('suppress', () => {
  it('adds once, checks with exit 6, lists, takes away', async () => {
    const place = await withMario();
    const add = ['suppress', 'add', 'mario@example.it', '--reason', 'unsubscribed'];
    await place.ok(...add);
    const commits = await place.commits();
    expect((await place.ok(...add, '--json')).json.added).toBe(false);
    expect(await place.commits()).toBe(commits);
    const check = await place.itaca(['suppress', 'check', 'MARIO@Example.IT', '--json']);
    expect(check.code).toBe(6);
    expect(check.json).toMatchObject({ suppressed: true });
    expect((await place.ok('suppress', 'list', '--json')).json).toHaveLength(1);
    await place.ok('suppress', 'rm', 'mario@example.it');
    expect((await place.itaca(['suppress', 'check', 'mario@example.it'])).code).toBe(0);
    expect((await place.itaca(['suppress', 'rm', 'mario@example.it'])).code).toBe(3);
  });
});

describe.concurrent('dedupe', () => {
  const line = ['-o', 'clean.csv', '--removed', 'removed.csv', '--country', 'IT', '--json'];

  it('needs no workspace; rows in = rows kept + rows removed', async () => {
    const at = await workspace();
    at.write('../list.csv', list);
    const { code, json } = await itaca(['dedupe', 'list.csv', ...line], { cwd: at.home });
    expect(code).toBe(0);
    expect(json).toMatchObject({ rows: 6, kept: 3, removed: 3, reasons: { same_email: 2, blank: 1 } });
    expect(json.rows).toBe(json.kept + json.removed);
    expect(sum(json.reasons)).toBe(json.removed);
    expect(at.read('../clean.csv').trimEnd().split('\n')).toHaveLength(1 + 3);
    expect(at.read('../removed.csv').trimEnd().split('\n')).toHaveLength(1 + 3);
  });

  it('takes out whom the workspace suppresses', async () => {
    const place = await withMario();
    place.write('list.csv', list);
    await place.ok('suppress', 'add', 'luca@example.org', '--reason', 'unsubscribed');
    const { json } = await place.itaca(['dedupe', 'list.csv', ...line], { cwd: place.root });
    expect(json).toMatchObject({ rows: 6, kept: 2, reasons: { suppressed: 1 } });
    expect(place.read('clean.csv')).not.toContain('luca@example.org');
  });

  it('is a filter without -o', async () => {
    const run = await itaca(['dedupe', '-', '--country', 'IT'], { input: list });
    expect(run.code).toBe(0);
    expect(run.stdout.split('\n')[0]).toBe('Name,Email,Phone,Company');
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(run.stderr).toContain('6 rows');
  });

  it('cleans the example list, and comes to the same from its own result', async () => {
    const at = await workspace();
    at.write('../fair.csv', (await import('node:fs')).readFileSync('examples/fair.csv'));
    const first = (await itaca(['dedupe', 'fair.csv', ...line], { cwd: at.home })).json;
    expect(first.removed).toBeGreaterThan(0);
    expect(first.rows).toBe(first.kept + first.removed);
    const again = (await itaca(['dedupe', 'clean.csv', '--country', 'IT', '--json'], { cwd: at.home })).json;
    expect(again).toMatchObject({ rows: first.kept, kept: first.kept, removed: 0 });
  });
});

describe.concurrent('import csv', () => {
  it('accounts for every row; a second import changes nothing and commits nothing', async () => {
    const place = await withMario();
    place.write('../list.csv', list);
    const line = ['import', 'csv', '../list.csv', '--yes', '--no-input', '--json'];
    const first = (await place.itaca(line, { cwd: place.root })).json;
    expectImportAddsUp(first);
    expect(first).toMatchObject({ created: 2, refused: 0 });
    const { head, tree } = { head: await place.git('rev-parse', 'HEAD'), tree: place.tree() };
    const second = (await place.itaca(line, { cwd: place.root })).json;
    expectImportAddsUp(second);
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: second.rows });
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
    expect(place.tree()).toEqual(tree);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('brings in the example list, twice the same', async () => {
    const place = await workspace({ example: 'fair' });
    const line = ['import', 'csv', 'examples/fair.csv', '--yes', '--no-input', '--json'];
    const cwd = process.cwd();
    const first = (await place.itaca(line, { cwd })).json;
    expectImportAddsUp(first);
    expect(first.created).toBeGreaterThan(200);
    const head = await place.git('rev-parse', 'HEAD');
    const second = (await place.itaca(line, { cwd })).json;
    expectImportAddsUp(second);
    expect(second).toMatchObject({ created: 0, updated: 0, refused: first.refused });
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('shows first, with --dry-run, what it then does', async () => {
    const place = await withMario();
    place.write('../list.csv', list);
    const before = place.tree();
    const line = ['import', 'csv', '../list.csv', '--json'];
    const dry = (await place.itaca([...line, '--dry-run'], { cwd: place.root })).json;
    expect(place.tree()).toEqual(before);
    const done = (await place.itaca([...line, '--yes'], { cwd: place.root })).json;
    const { records, ...counts } = dry;
    expect(done).toEqual(counts);
    expect(records).toHaveLength(dry.created + dry.updated + dry.unchanged);
  });

  it('fills what is empty over what a person corrected, and lists the rest', async () => {
    const place = await workspace();
    place.write('../list.csv', 'Name,Email,Title\nMario Rossi,mario@example.it,Buyer\n');
    await place.ok(
      'contact',
      'add',
      '--name',
      'Mario Rossi',
      '--email',
      'mario@example.it',
      '--title',
      'Boss',
    );
    place.write('../more.csv', 'Name,Email,Title,Phone\nMario Rossi,mario@example.it,Buyer,02 1234567\n');
    const { json } = await place.itaca(['import', 'csv', '../more.csv', '--json'], { cwd: place.root });
    expect(json).toMatchObject({ updated: 1, left: [{ key: 'title', record: 'Boss', file: 'Buyer' }] });
    const after = (await place.ok('contact', 'show', 'mario@example.it', '--json')).json;
    expect(after).toMatchObject({ title: 'Boss', phones: ['02 1234567'] });
  });

  it('asks before it writes three or more, and writes nothing where nobody can be asked', async () => {
    const place = await workspace();
    place.write('../list.csv', list);
    const before = place.tree();
    const run = await place.itaca(['import', 'csv', '../list.csv', '--json'], { cwd: place.root });
    expect(run.code).toBe(2);
    expect(place.tree()).toEqual(before);
  });

  it('makes the same files in two clones', async () => {
    const place = await workspace();
    place.write('../list.csv', list);
    await place.git('clone', '-q', '.', '../other');
    const line = ['import', 'csv', '../list.csv', '--yes', '--json'];
    const cwd = place.root;
    await place.itaca(line, { cwd });
    await itaca(['-C', '../other', ...line], {
      cwd,
      env: { ...place.env, ITACA_NOW: '2027-01-01T00:00:00Z' },
    });
    expect(await git(`${place.home}/other`, 'rev-parse', 'HEAD^{tree}')).toBe(
      await place.git('rev-parse', 'HEAD^{tree}'),
    );
  });
});

describe.concurrent('campaign', () => {
  it('goes from a draft to messages, each person once', async () => {
    const place = await workspace({ example: 'fair' });
    const { id } = (
      await place.ok(
        ...[
          'campaign',
          'new',
          'Summer news',
          '--purpose',
          'newsletter',
          '--audience',
          '+fiera-2026 language:it',
        ],
        ...['--subject', 'Hello', '--body', 'Hello {{ contact.name }}', '--json'],
      )
    ).json;
    expect((await place.ok('sql', 'select id, title from campaigns', '--json')).json).toContainEqual({
      id,
      title: 'Summer news',
    });
    const send = ['campaign', 'send', id, '--confirm', 'Summer news', '--yes', '--no-input', '--json'];
    const first = (await place.ok(...send)).json;
    expect(first.sent).toBeGreaterThan(0);
    expect(first.transport).toBe('outbox');
    expectSendAddsUp(first);
    expect(place.files('outbox/new')).toHaveLength(first.sent);
    const second = (await place.ok(...send)).json;
    expect(second).toMatchObject({
      audience: first.audience,
      sent: 0,
      left_out: { already_sent: first.sent },
    });
    expectSendAddsUp(second);
    expect(place.files('outbox/new')).toHaveLength(first.sent);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['fair', 'Spring news'],
    ['bookclub', 'wq7ax7p6m2'],
  ] as const)('of the example %s: audience, preview, send and status agree', async (example, ref) => {
    const place = await workspace({ example });
    const audience = (await place.ok('campaign', 'audience', ref, '--json')).json;
    const preview = (await place.ok('campaign', 'preview', ref, '--json')).json;
    expect(audience.audience).toBe(audience.to_send + sum(audience.left_out));
    expect(preview.people).toHaveLength(audience.audience);
    const planned = (await place.ok('campaign', 'status', ref, '--json')).json;
    expectSendAddsUp(planned);
    const { json } = await place.ok('campaign', 'send', ref, '--confirm', audience.title, '--json');
    expect(json).toMatchObject({
      audience: audience.audience,
      sent: audience.to_send,
      left_out: audience.left_out,
    });
    expectSendAddsUp(json);
    const status = (await place.ok('campaign', 'status', ref, '--json')).json;
    expect(status).toMatchObject({ state: 'finished', sent: json.sent, remaining: 0 });
    expectSendAddsUp(status);
  });
});

describe.concurrent('sql', () => {
  it('answers a select', async () => {
    const place = await withMario();
    const { json } = await place.ok(
      'sql',
      "select name, json_extract(emails, '$[0]') as e from contacts",
      '--json',
    );
    expect(json).toEqual([{ name: 'Mario Rossi', e: 'mario@example.it' }]);
  });
});
