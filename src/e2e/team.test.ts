import { rmSync, symlinkSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder, workspace } from './harness.js';

describe.concurrent('many at once', () => {
  it('add to one list, and nothing is lost', async () => {
    const place = await workspace({ example: 'fair' });
    const who = 'petersen@lichthaus-nord.example';
    const tags = Array.from({ length: 12 }, (_, i) => `at-once-${i}`);
    const runs = await Promise.all(tags.map((tag) => place.itaca(['contact', 'set', who, `tags+=${tag}`])));
    expect(runs.map(({ code }) => code)).toEqual(tags.map(() => 0));
    const { json } = await place.ok('contact', 'show', who, '--json');
    expect(json.tags).toEqual(expect.arrayContaining(tags));
    expect(await place.git('status', '--porcelain')).toBe('');
    expect((await place.git('log', '--format=%s')).trim().split('\n')).toHaveLength(1 + tags.length);
  });

  it('add one person, who is then on file once', async () => {
    const place = await workspace();
    const line = [
      'contact',
      'add',
      '--name',
      'Same Guy',
      '--email',
      'same@example.it',
      '--company',
      'New srl',
    ];
    const runs = await Promise.all(Array.from({ length: 6 }, () => place.itaca(line)));
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 5, 5, 5, 5, 5]);
    expect((await place.ok('contact', 'list', '--json')).json).toHaveLength(1);
    expect((await place.ok('company', 'list', '--json')).json).toHaveLength(1);
  });
});

describe.concurrent('what another program leaves', () => {
  it('a held git index: the next command catches up, and nothing is committed away', async () => {
    const place = await workspace({ example: 'fair' });
    const who = 'petersen@lichthaus-nord.example';
    place.write('.git/index.lock', '');
    const held = await place.itaca(['log', 'note', who, 'while the index is held']);
    expect(held.code).toBe(0);
    expect(held.stderr).toContain('another git holds the index');
    rmSync(place.path('.git/index.lock'));
    await place.ok('log', 'note', who, 'afterwards');
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('the lock of a branch: the commit says what to remove, and doctor finds an old one', async () => {
    const place = await workspace({ example: 'fair' });
    const lock = (await place.git('symbolic-ref', 'HEAD')).trim();
    place.write(`.git/${lock}.lock`, '');
    const held = await place.itaca(['log', 'note', 'petersen@lichthaus-nord.example', 'kept', '--json']);
    expect(held.code).toBe(5);
    expect(JSON.parse(held.stderr).error.hint).toContain(`${lock}.lock; then commit them by hand`);
    utimesSync(place.path(`.git/${lock}.lock`), 1, 1);
    const findings = (await place.itaca(['doctor', '--json'])).json as { check: string; fix?: string }[];
    expect(findings.find(({ check }) => check === 'git lock')?.fix).toContain(`${lock}.lock`);
  });

  it('a link inside a folder of records: told by check, and nothing is sent', async () => {
    const place = await workspace({ example: 'fair' });
    symlinkSync(folder(), place.path('suppressions/more'));
    const check = await place.itaca(['check', 'suppressions']);
    expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining('symbolic link') });
    const send = await place.itaca(['campaign', 'send', 'Spring news', '--confirm', 'Spring news', '--json']);
    expect(send.code).toBe(6);
    rmSync(place.path('suppressions/more'));
    expect((await place.itaca(['check'])).stdout).not.toContain('symbolic link');
  });
});

describe.concurrent('in doubt nobody is written to', () => {
  const send = ['campaign', 'send', 'Spring news', '--confirm', 'Spring news', '--json'];

  it('where two files claim one id', async () => {
    const place = await workspace({ example: 'fair' });
    const [path = ''] = place.files('contacts').filter((name) => name.includes('annika'));
    place.write(`contacts/copy-${path.slice(-13)}`, place.read(path));
    const run = await place.itaca(send);
    expect(run).toMatchObject({ code: 6 });
    expect(run.error.message).toContain('two records claim the id');
  });

  it('where a firm that names no person complains', async () => {
    const place = await workspace({ example: 'fair' });
    await place.ok('case', 'open', 'Wrong lamps', '--company', 'Lichthaus Nord', '--type', 'complaint');
    const { json } = await place.ok('campaign', 'preview', 'Spring news', '--json');
    const petersen = json.people.find(({ ref }: { ref: string }) => ref.startsWith('annika'));
    expect(petersen).toMatchObject({ reason: 'open_complaint' });
  });

  it('and a purpose that nobody knows is refused where it is typed', async () => {
    const place = await workspace({ example: 'fair' });
    const run = await place.itaca(['suppress', 'add', 'x@example.org', '--scope', 'typo', '--json']);
    expect(run).toMatchObject({ code: 2 });
    expect(run.error.hint).toContain('newsletter');
  });

  it('and an empty audience freezes nothing', async () => {
    const place = await workspace({ example: 'fair' });
    await place.ok(
      'campaign',
      'new',
      'Nobody',
      '--purpose',
      'newsletter',
      '--audience',
      '+nobody-yet',
      '--subject',
      'x',
      '--body',
      'y',
    );
    expect(
      (await place.ok('campaign', 'send', 'Nobody', '--confirm', 'Nobody', '--json')).json,
    ).toMatchObject({ audience: 0, sent: 0 });
    expect((await place.ok('campaign', 'status', 'Nobody', '--json')).json).toMatchObject({
      state: 'draft',
      began_at: null,
    });
  });
});

describe.concurrent('keys that name a record', () => {
  it('are not set by hand, and a record’s own key by such a name is told apart', async () => {
    const place = await workspace({ example: 'bookclub' });
    const [contact] = (await place.ok('contact', 'list', '--json')).json;
    expect(await place.itaca(['contact', 'set', contact.id, 'id=xxx'])).toMatchObject({ code: 2 });
    const [agreement = ''] = place.files('agreements');
    const { json } = await place.ok('show', agreement, '--json');
    expect(json).toMatchObject({ kind: 'agreement', agreement_kind: expect.any(String) });
  });
});
