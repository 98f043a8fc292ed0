import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leftIn, mario, needles, teamWithMario } from './erase-team.js';
import { folder, git, type Place } from './harness.js';

const eraseMario = ['contact', 'erase', 'mario@example.it', '--confirm', 'Mario Rossi', '--json'];

async function isClean(place: Place) {
  expect((await place.ok('check', '--json')).json).toEqual([]);
  expect((await place.itaca(['check', '--history'])).code).toBe(0);
  expect((await place.itaca(['inbox', 'reconcile'])).code).toBe(0);
  await place.ok('status');
  await place.git('fsck', '--full', '--strict');
  expect(await place.git('status', '--porcelain')).toBe('');
}

describe('a person who is erased', () => {
  it('is nowhere in either clone afterwards, and all else is as it was', async () => {
    const { a, b, remote } = await teamWithMario();
    await a.git('tag', '-a', 'v1', '-m', 'told by Mario Rossi');
    await a.git('branch', 'side', 'HEAD~1');
    await a.git('notes', 'add', '-m', 'Mario Rossi called', 'HEAD');
    a.write(
      'contacts/anna-bianchi-2s8hbhmhza.md',
      `${a.read('contacts/anna-bianchi-2s8hbhmhza.md')}mario@example.it\n`,
    );
    await a.git('stash');
    await a.git('push', '-q', 'origin', 'v1', 'side');
    await b.ok('contact', 'set', 'Mario Rossi', 'phones+=02 7654321');
    await b.ok('log', 'visit', 'Mario Rossi', 'SECRETWORD at his place', '--out');
    await b.ok('log', 'phone', 'Anna Bianchi', 'she and Mario Rossi come on Monday', '--in');
    const anna = a.read('contacts/anna-bianchi-2s8hbhmhza.md');
    expect(leftIn(a).length).toBeGreaterThan(needles.length);

    const erased = (await a.ok(...eraseMario, '--purge-history')).json;
    expect(erased.history.remains.found).toEqual([]);
    expect(leftIn(a)).toEqual([]);
    await isClean(a);
    expect(await a.git('notes', 'show', 'HEAD~1')).toBe('(erased) called');
    expect(await a.git('stash', 'show', '-p')).toContain('+(erased)');
    expect(a.read('contacts/anna-bianchi-2s8hbhmhza.md')).toBe(anna);

    expect((await b.itaca(['check', '--history'])).code).toBe(0);
    const stale = await b.itaca(['sync', '--json']);
    expect([stale.code, stale.error.hint]).toEqual([6, expect.stringContaining('--adopt-rewrite')]);
    await b.ok('sync', '--adopt-rewrite');
    expect(leftIn(b)).toEqual([]);
    await isClean(b);
    await a.ok('sync');
    await isClean(a);
    expect(await a.git('rev-parse', 'HEAD')).toBe(await b.git('rev-parse', 'HEAD'));
    const note = a
      .files('interactions')
      .map((path) => a.read(path))
      .find((text) => text.includes('on Monday'));
    expect(note).toContain('she and (erased) come on Monday');
    expect(await git(remote, 'for-each-ref', '--format=%(refname)')).toContain('refs/tags/v1');

    const again = (await a.ok('contact', 'erase', mario, '--confirm', mario, '--json')).json;
    expect([again.already, again.commit]).toEqual([true, null]);
  });

  it('stays in accounts as nobody: the journal adds up, and he is never written to again', async () => {
    const { a } = await teamWithMario();
    const before = (await a.ok('campaign', 'results', 'News', '--json')).json;
    const { commit } = (await a.ok(...eraseMario)).json;
    expect((await a.itaca(['undo', commit, '--json'])).code).toBe(6);
    expect((await a.ok('campaign', 'results', 'News', '--json')).json).toMatchObject({ sent: before.sent });
    const send = ['campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input', '--json'];
    const second = await a.itaca(send);
    expect([second.code, second.json.sent]).toEqual([0, 0]);
    await a.ok('contact', 'add', '--name', 'M. R.', '--email', 'mario@example.it');
    await a.ok(
      'campaign',
      'new',
      'More',
      '--purpose',
      'newsletter',
      '--audience',
      'kind:contact',
      '--subject',
      'x',
      '--body',
      'y',
    );
    const preview = (await a.ok('campaign', 'preview', 'More', '--json')).json;
    expect(JSON.stringify(preview)).toContain('erased');
  });

  it('does not come back by an import, nor by a clone that changed him meanwhile', async () => {
    const { a, b } = await teamWithMario();
    const list = join(folder(), 'list.csv');
    writeFileSync(list, 'name,email\nMario Rossi,mario@example.it\nCarla Neri,carla@example.it\n');
    await b.ok('contact', 'set', 'Mario Rossi', 'title=Boss');
    await b.ok('log', 'phone', 'Mario Rossi', 'SECRETWORD again', '--in');
    await a.ok(...eraseMario);
    await a.ok('sync');
    const imported = (await a.ok('import', 'csv', list, '--yes', '--json')).json;
    expect([imported.created, imported.refused]).toEqual([1, 1]);
    expect(imported.errors[0]).toMatchObject({ line: 2, message: expect.stringContaining('erased') });
    const synced = (await b.ok('sync', '--json')).json;
    expect([synced.pushed, synced.erased, synced.conflicts]).toEqual([true, [mario], []]);
    expect(b.files().filter((path) => /mario/.test(path) || /SECRETWORD|mario@/i.test(b.read(path)))).toEqual(
      [],
    );
    expect((await b.ok('check', '--json')).json).toEqual([]);
  });

  it('is shown before, asked for by name, and how to rewrite the past is told', async () => {
    const { a } = await teamWithMario();
    const tree = a.tree();
    const dry = await a.ok('contact', 'erase', 'Mario Rossi', '--dry-run');
    expect(dry.stdout).toContain(`contacts/mario-rossi-${mario}.md`);
    expect((await a.itaca(['contact', 'erase', 'Mario Rossi', '--no-input'])).code).toBe(2);
    expect((await a.itaca(['contact', 'erase', 'Mario Rossi', '--confirm', 'Anna'])).code).toBe(2);
    expect(a.tree()).toEqual(tree);
    const done = (await a.ok(...eraseMario)).json;
    expect(done.filter_repo.commands[0]).toContain('git filter-repo');
    expect(existsSync(done.filter_repo.folder)).toBe(true);
    expect(done.filter_repo.folder.startsWith(a.root)).toBe(false);
    expect(
      Object.entries(a.tree()).filter(([path, text]) =>
        needles.some((one) => `${path}\n${text}`.includes(one)),
      ),
    ).toEqual([]);
  });
});
