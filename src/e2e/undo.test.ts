import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder, itaca, type Place, workspace } from './harness.js';

const add = (name: string, ...more: string[]) => ['contact', 'add', '--name', name, ...more, '--json'];

async function list(place: Place, rows: number): Promise<string> {
  const file = place.path('../list.csv');
  const lines = Array.from(
    { length: rows },
    (_, i) => `Person ${i} Rossi,p${i}@example.org,Firm ${i % 40} srl`,
  );
  writeFileSync(file, `Name,Email,Company\n${lines.join('\n')}\n`);
  return file;
}

describe.concurrent('undo', () => {
  it('takes back the last command, then the one before, as new commits', async () => {
    const place = await workspace();
    const empty = place.tree();
    const { id } = (await place.ok(...add('Mario Rossi', '--company', 'ACME'))).json;
    const added = place.tree();
    await place.ok('contact', 'set', id, 'title=Boss');
    const set = await place.git('rev-parse', 'HEAD');

    const first = (await place.ok('undo', '--json', '--as', 'anna')).json;
    expect(first).toMatchObject({ undoes: set, command: 'contact set', files: [{ change: 'reverted' }] });
    expect(place.tree()).toEqual(added);
    const trailers = await place.git('log', '-1', '--format=%(trailers:only)');
    expect(trailers).toContain(
      `Itaca-Command: undo\nItaca-Actor: anna\nItaca-Record: ${id}\nItaca-Undoes: ${set}`,
    );
    await place.ok('undo');
    expect(place.tree()).toEqual(empty);
    expect(await place.commits()).toBe(5);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.itaca(['undo'])).toMatchObject({ code: 6 });
  });

  it('of an undo has it again, and can be undone', async () => {
    const place = await workspace();
    await place.ok(...add('Mario Rossi'));
    const added = place.tree();
    const { commit } = (await place.ok('undo', '--json')).json;
    await place.ok('undo', commit.slice(0, 10));
    expect(place.tree()).toEqual(added);
    expect((await place.itaca(['undo', commit, '--json'])).error).toMatchObject({ code: 'refused' });
    await place.ok('undo');
    expect(place.files('contacts')).toEqual([]);
  });

  it('of an import of thousands is one commit and leaves nothing behind', async () => {
    const place = await workspace();
    await place.ok(...add('Person 3 Rossi', '--email', 'p3@example.org'));
    const before = place.tree();
    const csv = await list(place, 6000);
    await place.ok('import', 'csv', csv, '--yes', '--quiet');
    expect(place.files('contacts')).toHaveLength(6000);
    expect(await place.itaca(['undo'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('6040 files'),
    });
    const dry = (await place.ok('undo', '--dry-run', '--json')).json;
    expect(dry).toMatchObject({ command: 'import csv', commit: null });
    expect(dry.files).toHaveLength(6040);
    const commits = await place.commits();
    const { commit } = (await place.ok('undo', '--yes', '--json')).json;
    expect(place.tree()).toEqual(before);
    expect(await place.commits()).toBe(commits + 1);
    expect(await place.git('status', '--porcelain')).toBe('');
    await place.ok('undo', commit, '--yes');
    expect(place.files('contacts')).toHaveLength(6000);
    expect(await place.git('diff', '--stat', 'HEAD', 'HEAD~2')).toBe('');
  });

  it('that was killed after its commit is not run twice', async () => {
    const place = await workspace();
    const { path } = (await place.ok(...add('Mario Rossi'))).json;
    await place.ok('undo');
    place.write('.itaca/pending.json', JSON.stringify({ label: 'undo', whole: true, files: [[path, null]] }));
    const run = await place.ok('contact', 'add', '--name', 'Anna Bianchi');
    expect(run.stderr).toContain('nothing is missing');
    expect(place.files('contacts')).toHaveLength(1);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('leaves alone what the user staged and edited elsewhere', async () => {
    const place = await workspace();
    const { path } = (await place.ok(...add('Anna Bianchi'))).json;
    await place.ok(...add('Mario Rossi'));
    place.write(path, `${place.read(path)}\nby hand\n`);
    place.write('staged.txt', 'x');
    await place.git('add', 'staged.txt');
    const before = await place.git('status', '--porcelain');
    await place.ok('undo');
    expect(await place.git('status', '--porcelain')).toBe(before);
    expect(place.files('contacts')).toEqual([path]);
  });

  it('brings back bytes as they were', async () => {
    const place = await workspace();
    const name = 'contacts/l-k3f9w2q8ab.md';
    const text = Buffer.from('---\r\nname: "Zo\u00eb"   # so\r\n---\r\nfin', 'latin1');
    place.write(
      name,
      Buffer.concat([Buffer.from('\ufeff---\r\nname: Mario # so\r\n---\r\n'), Buffer.from('fin')]),
    );
    place.write('contacts/x-k3f9w2q8ac.md', text);
    await place.git('add', '-A');
    await place.git('commit', '-q', '-m', 'by hand');
    const before = place.tree();
    await place.ok('contact', 'set', 'k3f9w2q8ab', 'title=Boss');
    expect(place.tree()).not.toEqual(before);
    await place.ok('undo');
    expect(place.tree()).toEqual(before);
  });
});

describe.concurrent('undo is refused', () => {
  it('where a later command changed the same file, which it names', async () => {
    const place = await workspace();
    const { id, path } = (await place.ok(...add('Mario Rossi'))).json;
    const commit = await place.git('rev-parse', 'HEAD');
    await place.ok('contact', 'set', id, 'title=Boss', '--as', 'anna');
    const run = await place.itaca(['undo', commit, '--json']);
    expect(run).toMatchObject({ code: 5 });
    expect(run.error).toMatchObject({ code: 'conflict', path });
    expect(run.error.message).toMatch(/later work changed .*: contact set \(anna, /);
    await place.ok('undo');
    await place.ok('undo', commit);
    expect(place.files('contacts')).toEqual([]);
  });

  it('where a later record refers to one that would go', async () => {
    const place = await workspace();
    const { id } = (await place.ok(...add('Mario Rossi'))).json;
    const commit = await place.git('rev-parse', 'HEAD');
    await place.ok('log', 'phone', id, 'hello');
    const before = place.tree();
    const run = await place.itaca(['undo', commit, '--json']);
    expect(run.code).toBe(5);
    expect(run.error.message).toMatch(/referred to by interactions\//);
    expect(place.tree()).toEqual(before);
  });

  it('where the file has changes that are not committed', async () => {
    const place = await workspace();
    const { path } = (await place.ok(...add('Mario Rossi'))).json;
    place.write(path, `${place.read(path)}\nby hand\n`);
    const run = await place.itaca(['undo', '--json']);
    expect(run.code).toBe(5);
    expect(run.error).toMatchObject({ path, message: expect.stringContaining('not committed') });
    expect(place.read(path)).toContain('by hand');
  });

  it('for a send, whose ledger stays, and for what was sent to', async () => {
    const place = await workspace();
    await place.ok(...add('Mario Rossi', '--email', 'mario@example.it'));
    const added = await place.git('rev-parse', 'HEAD');
    const campaign = ['--purpose', 'service', '--audience', 'kind:contact', '--subject', 'S', '--body', 'B'];
    await place.ok('campaign', 'new', 'News', ...campaign);
    const made = await place.git('rev-parse', 'HEAD');
    await place.ok('campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input');
    const before = place.tree();
    const run = await place.itaca(['undo', '--json']);
    expect(run.code).toBe(6);
    expect(run.error).toMatchObject({ code: 'refused', message: expect.stringContaining('campaign send') });
    expect(await place.itaca(['undo', made, '--yes'])).toMatchObject({ code: 5 });
    const sentTo = await place.itaca(['undo', added]);
    expect(sentTo).toMatchObject({ code: 5, stderr: expect.stringContaining('.jsonl') });
    expect(place.tree()).toEqual(before);
  });

  it('for a merge, a commit by hand, one of another branch, and none at all', async () => {
    const place = await workspace();
    await place.git('checkout', '-q', '-b', 'other');
    await place.ok(...add('Mario Rossi'));
    const elsewhere = await place.git('rev-parse', 'HEAD');
    await place.git('checkout', '-q', '-');
    expect(await place.itaca(['undo', elsewhere])).toMatchObject({ code: 3 });
    expect(await place.itaca(['undo', 'nothing'])).toMatchObject({ code: 3 });
    expect(await place.itaca(['undo', '--exec=x'])).toMatchObject({ code: 2 });
    await place.git('merge', '-q', '--no-ff', 'other', '-m', 'merge');
    expect(await place.itaca(['undo', 'HEAD'])).toMatchObject({ code: 6 });
    await place.git('commit', '-q', '--allow-empty', '-m', 'by hand');
    expect(await place.itaca(['undo', 'HEAD'])).toMatchObject({ code: 6 });
    await place.ok('undo', elsewhere);
    expect(place.files('contacts')).toEqual([]);
  });

  it('without git, and where the person commits', async () => {
    const home = folder();
    await itaca(['init', 'W', '--no-git'], { cwd: home });
    expect(await itaca(['-C', `${home}/W`, 'undo'])).toMatchObject({ code: 6 });
    expect(await itaca(['-C', `${home}/W`, 'history'])).toMatchObject({ code: 6 });
    const place = await workspace();
    place.edit('itaca.yaml', 'commit: auto ', 'commit: manual ');
    expect(await place.itaca(['undo'])).toMatchObject({ code: 6 });
  });
});

describe.concurrent('--no-commit', () => {
  it('writes the files and leaves the commit to the person', async () => {
    const place = await workspace();
    const { path } = (await place.ok(...add('Mario Rossi', '--no-commit'))).json;
    expect(await place.commits()).toBe(1);
    expect(await place.git('status', '--porcelain', '-uall')).toBe(`?? ${path}`);
    await place.ok(...add('Anna Bianchi'));
    const { commit } = (await place.ok('undo', '--no-commit', '--json')).json;
    expect(commit).toBeNull();
    expect(place.files('contacts')).toEqual([path]);
    expect(await place.commits()).toBe(2);
  });

  it('makes a workspace without a first commit', async () => {
    const home = folder();
    const run = await itaca(['init', 'W', '--no-commit', '--json'], { cwd: home });
    expect(run.json.commit).toBeNull();
  });
});
