import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mario, teamWithMario } from './erase-team.js';
import { folder, workspace } from './harness.js';
import { mail } from './mails.js';

describe.concurrent('a person who was erased and is met again', () => {
  it('without an e-mail address: no list brings him back, by number and name; a colleague at the number comes in', async () => {
    const place = await workspace();
    place.write('contacts/zoe-9d9pzygzsz.md', '---\nname: Zoe\nphones: [+39 02 7654321]\n---\n');
    await place.git('add', '.');
    await place.git('commit', '-qm', 'people');
    await place.ok('contact', 'erase', '9d9pzygzsz', '--confirm', 'Zoe');
    expect(JSON.stringify(place.tree())).not.toContain('7654321');
    const list = join(folder(), 'list.csv');
    writeFileSync(list, 'name,phone\nzoe,02 765.43.21\nPia Neri,02 7654321\n');
    const imported = (await place.ok('import', 'csv', list, '--yes', '--json')).json;
    expect([imported.created, imported.refused, imported.errors[0]?.line]).toEqual([1, 1, 2]);

    const added = await place.ok('contact', 'add', '--name', 'Zoe', '--phone', '02 7654321');
    expect(added.stderr).toMatch(/was erased.*suppress rm/);
    const news = ['--purpose', 'newsletter', '--channel', 'phone', '--audience', 'kind:contact'];
    await place.ok('campaign', 'new', 'Calls', ...news, '--body', 'y');
    const left = async () => JSON.stringify((await place.ok('campaign', 'preview', 'Calls', '--json')).json);
    expect(await left()).toContain('erased');
    const [path = ''] = place.files('suppressions');
    expect((await place.ok('check', '--json')).json).toEqual([]);
    await place.ok('suppress', 'rm', path.slice(-13, -3));
    expect(await left()).not.toContain('erased');
  });

  it('is told so where he writes, and where he is put on file; undo tells what it cannot do', async () => {
    const { a } = await teamWithMario();
    const { commit } = (await a.ok('contact', 'set', 'Anna Bianchi', 'title=Friend of Mario Rossi', '--json'))
      .json;
    const erased = (await a.ok('contact', 'erase', mario, '--confirm', 'Mario Rossi', '--json')).json;
    expect((await a.itaca(['undo', erased.commit])).stderr).not.toContain('add the record anew');
    if (commit) expect((await a.itaca(['undo', commit])).stderr).not.toContain('later ones first');
    const message = join(folder(), 'm.eml');
    writeFileSync(message, mail({ id: 'two@example.it', subject: 'Ancora', text: 'Hello again' }));
    const pulled = await a.ok('inbox', 'pull', message, '--json');
    expect(pulled.json.waiting).toBe(1);
    const waiting = await a.ok('inbox', 'list', '--json');
    expect(waiting.stdout).toContain('was erased');
    const item = waiting.json[0];
    const filed = await a.itaca(['inbox', 'file', item.message ?? item.id, '--new-contact']);
    expect([filed.code, filed.stderr]).toEqual([0, expect.stringContaining('was erased')]);
    expect((await a.ok('check', '--json')).json).toEqual([]);
  });
});
