import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, git, itaca, Place, workspace } from './harness.js';

const add = ['contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it'];

/** The values of a trailer in the last commit. */
async function trailer(place: Place, key: string): Promise<string[]> {
  const text = await place.git('log', '-1', `--format=%(trailers:key=${key},valueonly)`);
  return text.split('\n').filter(Boolean);
}

describe.concurrent('a command that writes', () => {
  it('is one commit, with who did what to which record, and no name of a person', async () => {
    const place = await workspace();
    const { id, company } = (await place.ok(...add, '--company', 'ACME srl', '--as', 'anna', '--json')).json;
    expect(await place.commits()).toBe(2);
    expect(await trailer(place, 'Itaca-Command')).toEqual(['contact add']);
    expect(await trailer(place, 'Itaca-Actor')).toEqual(['anna']);
    expect((await trailer(place, 'Itaca-Record')).sort()).toEqual([id, company.slice(-10)].sort());
    expect(await place.git('log', '-1', '--format=%B')).not.toMatch(/mario|rossi|acme/i);
    const changed = (await place.git('diff', '--name-only', 'HEAD~', 'HEAD')).split('\n');
    expect(changed).toEqual([`companies/${company}.md`, `contacts/mario-rossi-${id}.md`]);
    expect(await place.git('status', '--porcelain')).toBe('');
    await place.git('fsck', '--strict', '--no-dangling');
  });

  it('is one commit for each of a story, and the tree is clean after each', async () => {
    const place = await workspace();
    place.write('../list.csv', 'Name,Email\nA B,a@example.org\nC D,c@example.org\nE F,e@example.org\n');
    const story = [
      add,
      ['contact', 'set', 'mario@example.it', 'title=Boss'],
      ['company', 'add', '--name', 'Beta'],
      ['log', 'phone', 'mario@example.it', 'hello', '--promise', 'a letter'],
      ['promise', 'add', 'mario@example.it', 'a book', '--due', '2026-12-01'],
      ['case', 'open', 'Late', '--contact', 'mario@example.it'],
      ['case', 'assign', 'Late', 'anna'],
      ['suppress', 'add', 'x@example.org'],
      ['suppress', 'rm', 'x@example.org'],
      ['import', 'csv', place.path('../list.csv'), '--yes'],
      [
        'campaign',
        'new',
        'News',
        '--purpose',
        'service',
        '--audience',
        'kind:contact',
        '--subject',
        'S',
        '--body',
        'B',
      ],
    ];
    for (const [i, args] of story.entries()) {
      await place.ok(...args);
      expect(await place.commits(), args.join(' ')).toBe(i + 2);
      expect(await place.git('status', '--porcelain'), args.join(' ')).toBe('');
      expect(await trailer(place, 'Itaca-Command')).toEqual([
        args.slice(0, args[0] === 'log' ? 1 : 2).join(' '),
      ]);
      expect((await trailer(place, 'Itaca-Record')).length).toBeGreaterThan(0);
    }
    expect(await place.itaca(['check'])).toMatchObject({ code: 0 });
  });

  it('commits nothing where nothing changed', async () => {
    const place = await workspace();
    await place.ok(...add);
    await place.ok('contact', 'set', 'mario@example.it', 'name=Mario Rossi');
    expect(await place.commits()).toBe(2);
  });

  it('leaves alone what the user staged, changed and left untracked', async () => {
    const place = await workspace({ example: 'fair' });
    place.write('staged.txt', 'staged');
    await place.git('add', 'staged.txt');
    const contact = place.files('contacts')[0] as string;
    place.write(contact, `${place.read(contact)}\nby hand\n`);
    place.write('untracked.txt', 'untracked');
    const before = await place.git('status', '--porcelain');
    await place.ok(...add);
    expect(await place.git('status', '--porcelain')).toBe(before);
    expect((await place.git('show', '--name-only', '--format=', 'HEAD')).split('\n')).toHaveLength(1);
  });

  it('takes along what a person changed by hand in the same record, and nothing is lost', async () => {
    const place = await workspace();
    const { path } = (await place.ok(...add, '--json')).json;
    place.write(path, `${place.read(path)}\nby hand\n`);
    await place.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    expect(place.read(path)).toContain('by hand');
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('works without a git identity', async () => {
    const place = await workspace();
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.useConfigOnly', GIT_CONFIG_VALUE_0: 'true' };
    const run = await place.itaca(add, { env });
    expect(run.code, run.stderr).toBe(0);
    expect(await place.commits()).toBe(2);
    expect(await place.git('log', '-1', '--format=%an')).not.toBe('');
  });

  it('acts as the member whose address git has', async () => {
    const place = await workspace({ example: 'fair' });
    await place.git('config', 'user.email', 'Karin.Oberhofer@officinalume.example');
    await place.ok(...add);
    expect(await trailer(place, 'Itaca-Actor')).toEqual(['karin']);
    await place.ok('contact', 'add', '--name', 'X Y', '--as', 'giulia');
    expect(await trailer(place, 'Itaca-Actor')).toEqual(['giulia']);
  });
});

describe.concurrent('a repository', () => {
  it('in the middle of a merge: written, warned, not committed', async () => {
    const place = await workspace();
    await place.git('checkout', '-q', '-b', 'other');
    place.write('a.txt', 'other');
    await place.git('add', '.');
    await place.git('commit', '-q', '-m', 'other');
    await place.git('checkout', '-q', '-');
    place.write('a.txt', 'mine');
    await place.git('add', '.');
    await place.git('commit', '-q', '-m', 'mine');
    await expect(place.git('merge', 'other')).rejects.toThrow();
    const head = await place.git('rev-parse', 'HEAD');
    const run = await place.itaca(add);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/warning: a merge is under way/);
    expect(place.files('contacts')).toHaveLength(1);
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
    expect(await place.git('status', '--porcelain')).toContain('AA a.txt');
  });

  it('with a detached HEAD gets its commit there', async () => {
    const place = await workspace();
    await place.git('checkout', '-q', '--detach');
    await place.ok(...add);
    expect(await place.commits()).toBe(2);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.git('for-each-ref', 'refs/itaca')).toBe('');
  });

  it('that is a second work tree works as the first', async () => {
    const place = await workspace();
    await place.git('worktree', 'add', '-q', '-b', 'second', '../second');
    const second = new Place(join(place.home, 'second'), place.home);
    await second.ok(...add);
    expect(await second.commits()).toBe(2);
    expect(await second.git('status', '--porcelain')).toBe('');
    expect(await place.commits()).toBe(1);
  });

  it('in which the workspace is a folder gets commits of that folder alone', async () => {
    const home = folder();
    await git(home, 'init', '-q');
    mkdirSync(join(home, 'sub'));
    expect(await itaca(['init', 'sub/crm', '--country', 'IT'], { cwd: home })).toMatchObject({ code: 0 });
    const place = new Place(join(home, 'sub/crm'), home);
    await git(home, 'commit', '-q', '--allow-empty', '-m', 'root');
    const before = await place.commits();
    const { path } = (await place.ok(...add, '--json')).json;
    expect(await place.commits()).toBe(before + 1);
    expect(await place.git('show', '--name-only', '--format=', 'HEAD')).toBe(`sub/crm/${path}`);
    expect(await git(home, 'status', '--porcelain', 'sub/crm/contacts')).toBe('');
  });

  it('with file names that git would quote', async () => {
    const place = await workspace();
    place.write('contacts/Zoë "the best" \\ 名前-k3f9w2q8ab.md', '---\nname: Zoë\n---\n');
    await place.ok('contact', 'set', 'k3f9w2q8ab', 'title=Boss');
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.git('ls-files', '-z', 'contacts')).toBe(
      'contacts/Zoë "the best" \\ 名前-k3f9w2q8ab.md\0',
    );
  });

  it('with commit: manual gets files and no commit', async () => {
    const place = await workspace();
    place.edit('itaca.yaml', 'commit: auto ', 'commit: manual ');
    await place.git('commit', '-qam', 'manual');
    await place.ok(...add);
    expect(await place.commits()).toBe(2);
    expect(await place.git('status', '--porcelain')).toMatch(/^\?\? contacts\/$/);
  });

  it('is none: everything works but history', async () => {
    const home = folder();
    expect(await itaca(['init', 'W', '--no-git', '--country', 'IT'], { cwd: home })).toMatchObject({
      code: 0,
    });
    const place = new Place(join(home, 'W'), home);
    expect(place.files('.git')).toEqual([]);
    await place.ok(...add);
    await place.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    expect((await place.ok('contact', 'show', 'mario@example.it', '--json')).json.title).toBe('Boss');
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe.concurrent('--dry-run', () => {
  it('writes nothing and commits nothing', async () => {
    const place = await workspace({ example: 'fair' });
    place.write('../list.csv', readFileSync('examples/fair.csv'));
    const kase = (await place.ok('report', 'cases', '--json')).json[0].id;
    const before = { tree: place.tree(), head: await place.git('rev-parse', 'HEAD') };
    const who = 'Caterina Dal Molin';
    for (const args of [
      add,
      ['contact', 'set', who, 'title=Queen'],
      ['company', 'add', '--name', 'New'],
      ['log', 'phone', who, 'hello', '--promise', 'a letter'],
      ['promise', 'add', who, 'a book'],
      ['case', 'open', 'x', '--contact', who],
      ['case', 'assign', kase, 'giulia'],
      ['suppress', 'add', 'somebody@example.org'],
      ['suppress', 'rm', 'stampaluce.example'],
      ['import', 'csv', place.path('../list.csv')],
      [
        'campaign',
        'new',
        'N',
        '--purpose',
        'service',
        '--audience',
        'kind:contact',
        '--body',
        'B',
        '--subject',
        'S',
      ],
      ['campaign', 'send', 'Spring news'],
      [
        'dedupe',
        place.path('../list.csv'),
        '-o',
        place.path('clean.csv'),
        '--removed',
        place.path('removed.csv'),
      ],
    ]) {
      const run = await place.itaca([...args, '--dry-run', '--json']);
      expect(run.code, `${args.join(' ')}: ${run.stderr}`).toBe(0);
      expect(run.json).toBeTruthy();
    }
    expect(place.tree()).toEqual(before.tree);
    expect(await place.git('rev-parse', 'HEAD')).toBe(before.head);
    expect(await itaca(['init', 'new', '--dry-run'], { cwd: place.home })).toMatchObject({ code: 0 });
    expect(new Place(join(place.home, 'new'), place.home).files()).toEqual([]);
  });
});
