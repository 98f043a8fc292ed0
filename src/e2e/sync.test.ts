import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, workspace } from './harness.js';

/** Two clones of one workspace, and the bare repository between them. */
async function team(): Promise<{ a: Place; b: Place; remote: string }> {
  const a = await workspace();
  const remote = join(folder(), 'team.git');
  mkdirSync(remote);
  await git(remote, 'init', '-q', '--bare', '-b', 'main');
  await a.git('branch', '-M', 'main');
  await a.git('remote', 'add', 'origin', remote);
  for (const [name, email] of people) await a.ok('contact', 'add', '--name', name, '--email', email);
  await a.git('push', '-q', '-u', 'origin', 'main');
  return { a, b: await clone(remote), remote };
}

const people = [
  ['Mario Rossi', 'mario@example.it'],
  ['Anna Bianchi', 'anna@example.it'],
  ['Carlo Verdi', 'carlo@example.it'],
] as const;

async function clone(remote: string): Promise<Place> {
  const home = folder();
  await git(home, 'clone', '-q', remote, 'W');
  return new Place(join(home, 'W'), home);
}

const fileOf = (place: Place, name: string) =>
  place.files('contacts').find((path) => path.includes(name)) as string;

const synced = async (place: Place) => (await place.ok('sync', '--json')).json;

describe.concurrent('sync', () => {
  it('joins what two clones did at once, and loses nothing', async () => {
    const { a, b } = await team();
    const calls = 30;
    await Promise.all(
      [a, b].map(async (place, side) => {
        for (let i = 0; i < calls; i++)
          await place.ok('log', 'phone', people[i % 3]?.[1] as string, `call ${side}.${i}`);
        for (const [i, [, email]] of people.entries()) {
          const own = side === 0 ? `title=Title ${i}` : `language=it`;
          await place.ok('contact', 'set', email, own, `tags+=side-${side}`, 'owner=anna');
        }
      }),
    );
    for (const place of [a, b, a, b]) await synced(place);
    expect(a.tree()).toEqual(b.tree());
    expect(await a.git('rev-parse', 'HEAD')).toBe(await b.git('rev-parse', 'HEAD'));
    const said = (await b.ok('sql', 'select note from interactions', '--json')).json as { note: string }[];
    const wanted = [0, 1].flatMap((side) => Array.from({ length: calls }, (_, i) => `call ${side}.${i}`));
    expect(said.map(({ note }) => note.trim()).sort()).toEqual(wanted.sort());
    for (const [i, [, email]] of people.entries()) {
      const contact = (await b.ok('contact', 'show', email, '--json')).json;
      expect(contact).toMatchObject({ title: `Title ${i}`, language: 'it', owner: 'anna' });
      expect([...contact.tags].sort()).toEqual(['side-0', 'side-1']);
    }
    expect(await b.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect(await b.git('log', '--format=%an', '--no-merges')).not.toBe('');
    // What was published is still there as it was: merged, never rebased.
    expect(await b.git('rev-list', '--count', '--merges', 'HEAD')).toBe('1');
    await b.git('fsck', '--strict', '--no-dangling');
  }, 300_000);

  it('leaves a witness of each clone on the remote', async () => {
    const { a, b, remote } = await team();
    await synced(a);
    await b.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    const { head } = await synced(b);
    const witnesses = await git(
      remote,
      'for-each-ref',
      '--format=%(refname) %(objectname)',
      'refs/itaca/seen',
    );
    const ids = [a, b].map((place) => place.read('.git/itaca/clone-id').trim());
    expect(new Set(ids).size).toBe(2);
    expect(witnesses.split('\n').sort()).toEqual(
      [
        `refs/itaca/seen/${ids[0]} ${await a.git('rev-parse', 'HEAD')}`,
        `refs/itaca/seen/${ids[1]} ${head}`,
      ].sort(),
    );
  });

  it('writes a conflict for people to read, publishes nothing, and goes on when it is resolved', async () => {
    const { a, b, remote } = await team();
    const file = fileOf(a, 'mario');
    await a.ok('contact', 'set', 'mario@example.it', 'title=Boss', 'language=it');
    await b.ok('contact', 'set', 'mario@example.it', 'title=Chief', 'tags+=vip');
    await synced(a);
    const before = await git(remote, 'rev-parse', 'main');
    const run = await b.itaca(['sync', '--json']);
    expect(run.code).toBe(5);
    expect(run.json).toMatchObject({ pushed: false, conflicts: [{ path: file }] });
    expect(run.error).toMatchObject({ code: 'conflict', path: file, line: run.json.conflicts[0].line });
    expect(b.read(file)).toContain('<<<<<<< ours\ntitle: Chief\n=======\ntitle: Boss\n>>>>>>> theirs\n');
    expect(b.read(file)).toContain('language: it');
    expect(b.read(file)).toContain('- vip');
    const check = await b.itaca(['check']);
    expect(check.code).toBe(1);
    expect(check.stdout).toContain(
      `${file}:${run.json.conflicts[0].line}: the record holds merge-conflict markers`,
    );
    expect(await b.git('status', '--porcelain')).toBe('');

    // Nothing is laid over it, nothing is published, nothing is sent; other work goes on.
    await a.ok('contact', 'set', 'mario@example.it', 'title=President');
    await synced(a);
    expect((await b.itaca(['sync'])).code).toBe(5);
    expect(await git(remote, 'rev-parse', 'main')).not.toBe(before);
    expect(await git(remote, 'log', '--format=%s', 'main')).not.toContain('merge');
    await b.ok('log', 'phone', 'anna@example.it', 'still at work');
    const campaign = ['--purpose', 'service', '--audience', 'kind:contact', '--subject', 'S', '--body', 'B'];
    const { id } = (await b.ok('campaign', 'new', 'News', ...campaign, '--json')).json;
    const send = await b.itaca([
      'campaign',
      'send',
      id,
      '--confirm',
      'News',
      '--yes',
      '--no-input',
      '--json',
    ]);
    expect(send.code).toBe(6);

    // The team went on meanwhile: what is resolved here can be in conflict with that.
    b.write(file, b.read(file).replace(/<<<<<<< ours\n(.*\n)=======\n.*\n>>>>>>> theirs\n/, '$1'));
    const again = await b.itaca(['sync', '--json']);
    expect(again.code).toBe(5);
    expect(again.json.committed).toBe(1);
    b.write(file, b.read(file).replace(/<<<<<<< ours\n.*\n=======\n(.*\n)>>>>>>> theirs\n/, '$1'));
    expect(await synced(b)).toMatchObject({ committed: 1, pushed: true, conflicts: [] });
    await synced(a);
    expect(a.tree()).toEqual(b.tree());
    expect(a.read(file)).toContain('title: President');
    expect(await a.itaca(['check'])).toMatchObject({ code: 0 });
  });

  it('joins a person whom two clones added', async () => {
    const { a, b } = await team();
    const luigi = ['contact', 'add', '--name', 'Luigi Neri', '--email'];
    const first = (await a.ok(...luigi, 'luigi@example.it', '--tag', 'fair', '--json')).json;
    await a.ok('log', 'phone', 'luigi@example.it', 'from a');
    const second = (await b.ok(...luigi, 'Luigi@Example.it', '--phone', '02 5550 0123', '--json')).json;
    await b.ok('log', 'phone', 'luigi@example.it', 'from b', '--promise', 'a letter', '--due', '2026-12-01');
    await b.ok('contact', 'add', '--name', 'Franca Neri', '--email', 'luigi@example.it');
    await b.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    await a.ok('contact', 'set', 'mario@example.it', 'title=Chief');
    await synced(a);
    // A conflict on the way does not hide who was added twice.
    expect((await b.itaca(['sync'])).code).toBe(5);
    b.write(fileOf(b, 'mario'), b.read(fileOf(b, 'mario')).replace(/<{7}.*\n(.*\n)={7}\n.*\n>{7}.*\n/, '$1'));
    const result = await synced(b);
    expect(result).toMatchObject({ pushed: true, conflicts: [] });
    expect(result.joined).toEqual([
      { contact: `luigi-neri-${first.id}`, joined: `contacts/luigi-neri-${second.id}.md`, differing: [] },
    ]);
    await synced(a);
    expect(a.tree()).toEqual(b.tree());
    const kept = (await a.ok('contact', 'show', first.id, '--json')).json;
    expect(kept).toMatchObject({ merged_from: [second.id], tags: ['fair'], phones: ['02 5550 0123'] });
    expect(a.files('contacts').filter((path) => path.includes('neri'))).toHaveLength(2);
    const calls = a.files('interactions').map((path) => a.read(path));
    expect(calls.filter((text) => text.includes(`luigi-neri-${first.id}`))).toHaveLength(2);
    expect(await a.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('tries again where somebody was quicker', async () => {
    const { a, b } = await team();
    await b.ok('log', 'phone', 'mario@example.it', 'quicker');
    await a.ok('log', 'phone', 'mario@example.it', 'slower');
    const hook = a.path('.git/hooks/pre-push');
    mkdirSync(dirname(hook), { recursive: true });
    // Between what git learnt from the remote and what it sends, the other clone publishes.
    writeFileSync(
      hook,
      `#!/bin/sh\nrm -- "$0"\nunset GIT_DIR GIT_WORK_TREE GIT_PREFIX\ngit -C '${b.root}' push -q\n`,
    );
    chmodSync(hook, 0o755);
    expect(await synced(a)).toMatchObject({ pushed: true, fetched: 1, conflicts: [] });
    await synced(b);
    expect(a.tree()).toEqual(b.tree());
    expect(a.files('interactions')).toHaveLength(2);
  });

  it('commits hand edits of the workspace, and leaves alone what else lies there', async () => {
    const { a, b } = await team();
    a.edit(fileOf(a, 'mario'), 'name: Mario Rossi', 'name: Mario Rossi # by hand');
    rmSync(a.path(fileOf(a, 'carlo')));
    a.write('outbox/new/1', 'a letter');
    a.write('notes.txt', 'mine');
    a.write('staged.txt', 'staged');
    await a.git('add', 'staged.txt');
    await b.ok('log', 'phone', 'anna@example.it', 'hello');
    await synced(b);
    const dry = (await a.ok('sync', '--dry-run', '--json')).json;
    expect(dry).toMatchObject({ committed: 2, fetched: 1, pushed: false });
    expect(await a.commits()).toBe(4);
    expect(await synced(a)).toMatchObject({ committed: 2, merged: 1, pushed: true });
    expect(await a.git('status', '--porcelain')).toBe('A  staged.txt\n?? notes.txt');
    const trailers = await a.git(
      'log',
      '-1',
      '--grep=^hand edits$',
      '--format=%(trailers:key=Itaca-Command,valueonly)',
    );
    expect(trailers.trim()).toBe('sync');
    await synced(b);
    expect(b.read(fileOf(b, 'mario'))).toContain('# by hand');
    expect(fileOf(b, 'carlo')).toBeUndefined();
    expect(b.files('outbox')).toEqual([]);
  });

  it('merges settings, and keeps a letter in conflict from being sent', async () => {
    const { a, b } = await team();
    const campaign = [
      '--purpose',
      'service',
      '--audience',
      'kind:contact',
      '--subject',
      'S',
      '--body',
      'Dear',
    ];
    const { id } = (await a.ok('campaign', 'new', 'News', ...campaign, '--json')).json;
    for (const place of [a, b]) await synced(place);
    for (const [place, name] of [
      [a, 'bob'],
      [b, 'carla'],
    ] as const) {
      place.write(
        'itaca.yaml',
        place.read('itaca.yaml').replace(/^members:\n/m, `members:\n  ${name}:\n    name: ${name}\n`),
      );
      place.write(`campaigns/news-${id}/body.md`, `Dear from ${name}\n`);
    }
    await synced(a);
    const run = await b.itaca(['sync', '--json']);
    expect(run.json.conflicts).toEqual([{ path: `campaigns/news-${id}/body.md`, line: 1 }]);
    expect(b.read('itaca.yaml')).toMatch(/bob:[\s\S]*carla:|carla:[\s\S]*bob:/);
    expect((await b.itaca(['check'])).stdout).toBe(
      `campaigns/news-${id}/body.md:1: the body holds merge-conflict markers\n`,
    );
    const send = await b.itaca([
      'campaign',
      'send',
      id,
      '--confirm',
      'News',
      '--yes',
      '--no-input',
      '--json',
    ]);
    expect(send.code).toBe(4);
    expect(b.files('outbox')).toEqual([]);
  });

  it('does not publish a record that was broken by hand', async () => {
    const { a, remote } = await team();
    const file = fileOf(a, 'mario');
    a.edit(file, 'name: Mario Rossi', 'language: not a language');
    const run = await a.itaca(['sync', '--json']);
    expect(run.code).toBe(4);
    expect(run.error).toMatchObject({ code: 'invalid', path: file });
    expect(await git(remote, 'rev-list', '--count', 'main')).toBe('4');
    a.edit(file, 'language: not a language', 'name: Mario Rossi');
    expect(await synced(a)).toMatchObject({ pushed: true });
  });

  it('knows a record that was moved on one side and changed on the other', async () => {
    const { a, b } = await team();
    const file = fileOf(a, 'mario');
    const moved = file.replace('contacts/', 'contacts/north/');
    mkdirSync(a.path('contacts/north'));
    renameSync(a.path(file), a.path(moved));
    await b.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    await synced(a);
    expect(await synced(b)).toMatchObject({ pushed: true, conflicts: [] });
    expect(b.files('contacts').filter((path) => path.includes('mario'))).toEqual([moved]);
    expect(b.read(moved)).toContain('title: Boss');
  });

  it('leaves it to a person what becomes of a record that one side removed and the other changed', async () => {
    const { a, b } = await team();
    const file = fileOf(a, 'mario');
    rmSync(a.path(file));
    await b.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    await synced(a);
    const run = await b.itaca(['sync', '--json']);
    expect(run).toMatchObject({ code: 5 });
    expect(b.read(file)).toMatch(
      /^<<<<<<< ours\n---\n[\s\S]*title: Boss[\s\S]*=======\n>>>>>>> theirs \(removed\)\n$/,
    );
    rmSync(b.path(file));
    expect(await synced(b)).toMatchObject({ pushed: true });
    expect(b.files('contacts')).toHaveLength(2);
  });

  it('writes over nothing that is not committed', async () => {
    const { a, b } = await team();
    b.write('notes.txt', 'of the team');
    await b.git('add', 'notes.txt');
    await b.git('commit', '-qm', 'notes');
    await b.git('push', '-q');
    a.write('notes.txt', 'mine');
    const run = await a.itaca(['sync', '--json']);
    expect(run.code).toBe(5);
    expect(run.error).toMatchObject({ code: 'conflict', path: 'notes.txt' });
    expect(a.read('notes.txt')).toBe('mine');
  });

  it('says what is missing: a remote, a branch to follow, the end of a merge', async () => {
    const alone = await workspace();
    expect((await alone.itaca(['sync', '--json'])).error).toMatchObject({
      code: 'not_found',
      hint: /git remote add/,
    });
    const { a, b } = await team();
    await a.git('switch', '-q', '-c', 'trial');
    const trial = await a.itaca(['sync', '--json']);
    expect(trial.code).toBe(3);
    expect(trial.error.hint).toBe('git push -u origin trial');
    writeFileSync(b.path('.git/MERGE_HEAD'), `${await b.git('rev-parse', 'HEAD')}\n`);
    const busy = await b.itaca(['sync', '--json']);
    expect(busy.code).toBe(5);
    expect(busy.error).toMatchObject({ code: 'conflict', message: 'a merge is under way' });
  });
});

describe.concurrent('the merge driver', () => {
  it('merges records for git pull as sync does, once init or sync told git of it', async () => {
    const { a, b } = await team();
    await synced(b);
    await a.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    await synced(a);
    await b.ok('contact', 'set', 'mario@example.it', 'language=it');
    await b.git('pull', '-q', '--no-rebase', '--no-edit');
    expect(b.read(fileOf(b, 'mario'))).toContain('title: Boss');
    expect(b.read(fileOf(b, 'mario'))).toContain('language: it');
    await a.ok('contact', 'set', 'mario@example.it', 'title=President', 'tags+=vip');
    await synced(a);
    await b.ok('contact', 'set', 'mario@example.it', 'title=Chief');
    await expect(b.git('pull', '-q', '--no-rebase', '--no-edit')).rejects.toThrow();
    expect(b.read(fileOf(b, 'mario'))).toContain(
      '<<<<<<< ours\ntitle: Chief\n=======\ntitle: President\n>>>>>>> theirs\n',
    );
    expect(b.read(fileOf(b, 'mario'))).toContain('- vip');
    expect(await b.git('status', '--porcelain')).toContain(`UU ${fileOf(b, 'mario')}`);
  });

  it('is told to the repository alone, and its absence leaves an ordinary conflict', async () => {
    const { a, remote } = await team();
    expect(await a.git('config', '--local', 'merge.itaca.driver')).toContain('merge-file');
    expect(await a.git('check-attr', 'merge', fileOf(a, 'mario'))).toContain('merge: itaca');
    const fresh = await clone(remote);
    await expect(fresh.git('config', 'merge.itaca.driver')).rejects.toThrow();
    await a.ok('contact', 'set', 'mario@example.it', 'title=Boss');
    await synced(a);
    fresh.edit(fileOf(fresh, 'mario'), 'name: Mario Rossi', 'name: Mario Rossi\ntitle: Chief');
    await fresh.git('commit', '-qam', 'by hand');
    await expect(fresh.git('pull', '-q', '--no-rebase', '--no-edit')).rejects.toThrow();
    expect(fresh.read(fileOf(fresh, 'mario'))).toContain('<<<<<<< ');
  });
});

describe.concurrent('sync of lines that took in each other’s work', () => {
  it('keeps what one side put back, and merges the rest', async () => {
    const { a, b } = await team();
    const mario = fileOf(a, 'mario');
    const commit = async (place: Place, message: string) => {
      await place.git('add', '-A');
      await place.git('commit', '-qm', message);
    };
    await a.ok('contact', 'set', 'mario@example.it', 'title=Buyer');
    await b.ok('contact', 'set', 'mario@example.it', 'language=en');
    await b.ok('contact', 'set', 'anna@example.it', 'title=Engineer');
    // Each takes in the other's commit by itself: two merges of the same two commits.
    await a.git('fetch', '-q', b.root, 'main:refs/heads/theirs');
    await b.git('fetch', '-q', a.root, 'main:refs/heads/theirs');
    for (const place of [a, b]) await place.git('merge', '-q', '--no-edit', 'theirs');
    expect((await a.git('merge-base', '--all', 'HEAD', await headFrom(a, b))).split('\n')).toHaveLength(2);
    // Both values are set back, each by one side, to what they were before either merge.
    a.edit(mario, 'language: en\n', '');
    await commit(a, 'back');
    b.edit(mario, 'title: Buyer\n', '');
    await commit(b, 'back');
    await a.git('push', '-q', 'origin', 'main');
    await synced(b);
    await synced(a);
    expect(a.tree()).toEqual(b.tree());
    expect(a.read(mario)).not.toMatch(/language|title|<<<</);
    expect(a.read(fileOf(a, 'anna'))).toContain('title: Engineer');
    expect(await b.git('for-each-ref', 'refs/itaca/new')).toBe('');
  });
});

/** Brings another clone's branch into this one's objects. */
async function headFrom(place: Place, other: Place): Promise<string> {
  await place.git('fetch', '-q', other.root, 'main');
  return other.git('rev-parse', 'HEAD');
}
