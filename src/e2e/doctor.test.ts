import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { folder, itaca, type Place, workspace } from './harness.js';

interface Finding {
  check: string;
  state: string;
  message: string;
  fix: string | null;
}

async function findings(
  place: Place,
  ...args: string[]
): Promise<{ code: number | null; of: Map<string, Finding> }> {
  const run = await place.itaca(['doctor', '--json', ...args]);
  return { code: run.code, of: new Map(run.json.map((one: Finding) => [one.check, one])) };
}

/** No process has this number. */
const nobody = 2 ** 22 + 1;

describe.concurrent('doctor', () => {
  it('finds a new workspace in order', async () => {
    const place = await workspace();
    await place.git('config', 'user.name', 'Anna');
    await place.git('config', 'user.email', 'anna@example.org');
    const { code, of } = await findings(place);
    expect(code).toBe(0);
    expect([...of.values()].filter(({ state }) => state !== 'ok')).toEqual([]);
    const run = await place.ok('doctor');
    expect(run.stdout).toMatch(/^ok {4}git: git \d/m);
  });

  it('proves that the merge driver runs, and mends one that does not', async () => {
    const place = await workspace();
    await place.git('config', 'merge.itaca.driver', "'/no/such/program' %O %A %B %P");
    expect((await findings(place)).of.get('merge driver')).toMatchObject({ state: 'fail' });
    await findings(place, '--fix');
    expect((await findings(place)).of.get('merge driver')).toMatchObject({ state: 'ok' });
  });

  it('mends what git, crashes and a damaged index left', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi');
    await place.git('rm', '-q', '.gitattributes');
    await place.git('commit', '-q', '-m', 'no attributes');
    await place.git('config', 'core.untrackedCache', 'false');
    await place.git('config', 'core.autocrlf', 'true');
    writeFileSync(place.path('.itaca/index.sqlite'), 'x'.repeat(9000));
    for (const suffix of ['-wal', '-shm']) writeFileSync(place.path(`.itaca/index.sqlite${suffix}`), '');
    mkdirSync(place.path('.itaca/tmp'), { recursive: true });
    writeFileSync(place.path(`.itaca/tmp/${nobody}-ab-0`), 'half');
    mkdirSync(place.path('.git/itaca'), { recursive: true });
    const holder = { pid: nobody, host: hostname(), boot: '', started: '', about: 'import csv', since: '' };
    writeFileSync(place.path('.git/itaca/write.lock'), JSON.stringify(holder));
    writeFileSync(
      place.path('.itaca/pending.json'),
      JSON.stringify({ label: 'import csv', whole: false, files: [] }),
    );
    const sick = await findings(place);
    expect(sick.code).toBe(1);
    expect(sick.of.get('index')).toMatchObject({ state: 'fail', fix: 'itaca doctor --fix' });
    for (const check of ['speed', 'line endings', 'temporary files', 'locks', 'bulk writes', 'identity'])
      expect(sick.of.get(check)?.state, check).toBe('warn');
    expect((await findings(place, '--fix', '--dry-run')).code).toBe(1);
    expect((await findings(place, '--fix')).code).toBe(0);
    const well = await findings(place);
    expect([...well.of.values()].filter(({ state }) => state !== 'ok').map(({ check }) => check)).toEqual([
      'identity',
    ]);
    expect(place.files('.itaca/tmp')).toEqual([]);
    expect((await place.ok('contact', 'list', '--json')).json).toHaveLength(1);
  });

  it('says where the settings are broken, and still tells the rest', async () => {
    const place = await workspace();
    place.edit('itaca.yaml', 'version: 1', 'version: 99');
    const { code, of } = await findings(place, '--fix');
    expect(code).toBe(1);
    expect(of.get('settings')).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('newer Itaca'),
    });
    expect(of.get('disk')?.state).toBe('ok');
  });

  it('spreads a folder of more than 5,000 records, in one commit, and history follows', async () => {
    const place = await workspace();
    const id = (i: number) => `k3f9${i.toString().padStart(6, '0')}`;
    for (let i = 0; i <= 5000; i++) place.write(`contacts/p-${id(i)}.md`, `---\nname: P ${i}\n---\n`);
    await place.git('add', '-A');
    await place.git('commit', '-q', '-m', 'many');
    place.write(`contacts/p-${id(7)}.md`, '---\nname: By Hand\n---\n');
    expect((await findings(place)).of.get('layout')?.state).toBe('warn');
    expect(await place.itaca(['doctor', '--fix'])).toMatchObject({ code: 2 });
    const commits = await place.commits();
    expect((await findings(place, '--fix', '--yes')).of.get('layout')).toMatchObject({
      state: 'ok',
      message: '5000 records are in subfolders now',
    });
    expect(await place.commits()).toBe(commits + 1);
    expect(await place.git('status', '--porcelain')).toBe(` M contacts/p-${id(7)}.md`);
    expect(place.files('contacts')).toHaveLength(5001);
    const [last, first] = (await place.ok('history', id(12), '--json')).json;
    expect(last).toMatchObject({ command: 'doctor', change: 'renamed', from: `contacts/p-${id(12)}.md` });
    expect(first).toMatchObject({ command: 'many', change: 'added' });
    await place.ok('undo', '--yes');
    expect((await place.ok('contact', 'show', id(12), '--json')).json.path).toBe(`contacts/p-${id(12)}.md`);
  });

  it.skipIf(process.getuid?.() === 0)('finds what cannot be written', async () => {
    const place = await workspace();
    const { path } = (await place.ok('contact', 'add', '--name', 'Mario Rossi', '--json')).json;
    chmodSync(place.path(path), 0o000);
    expect((await findings(place)).of.get('permissions')).toMatchObject({ state: 'fail' });
    chmodSync(place.path(path), 0o644);
  });

  it('works outside git', async () => {
    const home = folder();
    await itaca(['init', 'W', '--no-git'], { cwd: home });
    const run = await itaca(['-C', `${home}/W`, 'doctor', '--json']);
    expect(run.code).toBe(0);
    expect(run.json.find(({ check }: Finding) => check === 'repository')).toMatchObject({ state: 'warn' });
  });
});
