import { mkdirSync, renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itaca, Place, workspace } from './harness.js';

const add = ['contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it', '--json'];
const at = (time: string) => ({
  GIT_COMMITTER_NAME: 'Tester',
  GIT_COMMITTER_EMAIL: 'tester@example.org',
  GIT_COMMITTER_DATE: time,
});

/** A contact added, changed, renamed by hand and changed again. */
async function story() {
  const place = await workspace();
  const { id, path } = (await place.ok(...add, '--as', 'anna')).json;
  await place.ok('contact', 'set', id, 'title=Boss', '--as', 'anna');
  mkdirSync(place.path('contacts/old'));
  renameSync(place.path(path), place.path(`contacts/old/m-r-${id}.md`));
  await place.git('add', '-A', 'contacts');
  await place.git('commit', '-q', '-m', 'tidy up');
  await place.ok('contact', 'set', id, 'language=it', '--as', 'anna');
  return { place, id, path };
}

describe.concurrent('history of a record', () => {
  it('follows it by its id, through a rename, with commits by hand', async () => {
    const { place, id, path } = await story();
    const rows = (await place.ok('history', 'mario@example.it', '--json')).json;
    expect(rows).toMatchObject([
      { command: 'contact set', actor: 'anna', change: 'changed', path: `contacts/old/m-r-${id}.md` },
      { command: 'tidy up', actor: 'Tester', by_hand: true, change: 'renamed', from: path },
      { command: 'contact set', actor: 'anna', by_hand: false, records: [id], path },
      { command: 'contact add', actor: 'anna', change: 'added', path },
    ]);
    expect(rows[0].commit).toBe(await place.git('rev-parse', 'HEAD'));
    expect((await place.ok('history', id)).stdout.split('\n')[1]).toMatch(
      /^\S+\tTester\ttidy up\t[0-9a-f]{40}\trenamed\t/,
    );
  });

  it('shows what changed', async () => {
    const { place, id } = await story();
    const { stdout } = await place.ok('history', id, '--diff', '--limit', '1');
    expect(stdout).toMatch(/^\S+ anna: contact set \([0-9a-f]{10}\)\ndiff --git/);
    expect(stdout).toContain('\n+language: it');
    const rows = (await place.ok('history', id, '--diff', '--json')).json;
    expect(rows[3].diff).toContain('+name: Mario Rossi');
  });

  it('is there for one that is gone', async () => {
    const { place, id } = await story();
    await place.git('rm', '-q', '-r', 'contacts');
    await place.git('commit', '-q', '-m', 'away');
    expect((await place.ok('history', id, '--json')).json[0]).toMatchObject({
      command: 'away',
      change: 'removed',
    });
    expect(await place.itaca(['history', 'k3f9w2q8ab'])).toMatchObject({ code: 3 });
  });

  it('of a campaign includes its texts', async () => {
    const place = await workspace({ example: 'fair' });
    const body = place.files('campaigns').find((path) => path.endsWith('body.md')) as string;
    place.edit(body, '\n', '\nMore.\n');
    await place.git('commit', '-q', '-am', 'better text');
    const rows = (await place.ok('history', 'Spring news', '--json')).json;
    expect(rows.map((row: { command: string }) => row.command)).toEqual(['better text', 'init']);
  });
});

describe.concurrent('history of the workspace', () => {
  it('filters by member, time, command and number', async () => {
    const place = await workspace({ example: 'fair' });
    const run = (args: string[], time: string) => place.itaca(args, { env: at(time) });
    await run(['contact', 'add', '--name', 'A B', '--as', 'giulia'], '2026-11-10T10:00:00Z');
    await run(['contact', 'add', '--name', 'C D', '--as', 'karin'], '2026-11-18T22:30:00Z');
    await run(['company', 'add', '--name', 'New', '--as', 'giulia'], '2026-11-19T10:00:00Z');
    const commands = async (...args: string[]) =>
      (await place.ok('history', ...args, '--json')).json.map(
        ({ actor, command }: { actor: string; command: string }) => `${actor}: ${command}`,
      );
    expect(await commands('--by', 'giulia', '--since', '2026-11-01', '--until', '2026-11-19')).toEqual([
      'giulia: company add',
      'giulia: contact add',
    ]);
    expect(await commands('--since', '2d', '--until', '2026-11-18')).toEqual(['karin: contact add']);
    expect(await commands('--since', '2026-11-01', '--until', 'today', '--limit', '1')).toEqual([
      'giulia: company add',
    ]);
    expect(await commands('--command', 'company add')).toEqual(['giulia: company add']);
    expect(await commands('--by', 'nobody')).toEqual([]);
  });

  it('names the files of a commit by hand', async () => {
    const { place, id, path } = await story();
    const rows = (await place.ok('history', '--command', 'tidy', '--json')).json;
    expect(rows[0].paths.sort()).toEqual([path, `contacts/old/m-r-${id}.md`].sort());
    const csv = (await place.ok('history', '--csv')).stdout.split('\n');
    expect(csv[0]).toMatch(/^at,actor,command,commit,records,paths/);
  });

  it('is that of its folder where it lies inside a repository', async () => {
    const { place } = await story();
    place.write('sub/.keep', '');
    await itaca(['-C', place.root, 'init', place.path('sub/crm'), '--country', 'IT'], { env: place.env });
    const inner = new Place(place.path('sub/crm'), place.home);
    expect((await inner.ok('history', '--json')).json).toMatchObject([{ command: 'init' }]);
  });

  it.each([['--diff'], ['--limit', '0'], ['--since', 'soonish']])('refuses %s %s', async (...args) => {
    const place = await workspace();
    expect(await place.itaca(['history', ...args])).toMatchObject({ code: 2 });
  });
});
