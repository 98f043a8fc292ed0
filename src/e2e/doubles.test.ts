import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folder, git, Place, session, workspace } from './harness.js';

const given =
  `Mario Anna Luca Giulia Paolo Elena Franz Greta John Zoe Carlo Marta Piero Silvia Hans Ute Karl Ines Omar Lea
  Bruno Clara Dario Emma Fabio Gaia Hugo Irma Jonas Katja`.split(/\s+/);
const family =
  `Ferrari Russo Mueller Schmidt Smith Brown Colombo Ricci Marino Greco Conti Costa Wagner Becker Hoffmann
  Taylor Wilson Gallo Fontana Moretti Barbieri Lombardi Weber Fischer Braun`.split(/\s+/);

const header = 'given name,family name,email,phone,company';

/** Who is on file twice or looks like it, among so many others that a name in common means something. */
const planted = [
  'Massimo,Quaranta,massimo.quaranta@lampada.example,02 5551 0001,Lampada srl',
  'Massimo,Quarantta,m.quaranta@lampada.example,+39 02 55510001,Lampada S.r.l.',
  'Ottavio,Zanetti,ottavio@zanetti.example,06 5552 0002,',
  'Ottavia,Zanetti,ottavia@zanetti.example,06 5552 0002,',
];

function list(): string {
  const others = Array.from({ length: 300 }, (_, n) => {
    const [first, last] = [given[n % 30], family[(n + Math.floor(n / 30)) % 25]];
    return `${first},${last},${first}.${n}@example${n % 40}.org,0${n % 9}1 ${5550000 + n * 37},`;
  });
  return [header, ...planted, ...others].join('\n');
}

let model: Place;
beforeAll(async () => {
  model = await workspace();
  model.write('../people.csv', list());
  await model.ok('import', 'csv', model.path('../people.csv'), '--yes');
  await model.git('branch', '-M', 'main');
});

/** A clone of the workspace with the planted doubles, and the bare repository it shares with others. */
async function clones(count: number): Promise<Place[]> {
  const remote = join(folder(), 'team.git');
  mkdirSync(remote);
  await git(model.root, 'clone', '-q', '--bare', model.root, remote);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const home = folder();
      await git(home, 'clone', '-q', remote, 'W');
      return new Place(join(home, 'W'), home);
    }),
  );
}

const doubles = async (place: Place) => (await place.ok('dedupe', 'contacts', '--json')).json;
const isPair = (wanted: string) => (refs: string[]) => refs.every((ref) => ref.includes(wanted));
const asksOf = (found: { ask: { a: string; b: string }[] }, wanted: string) =>
  found.ask.filter(({ a, b }) => isPair(wanted)([a, b]));
const idOf = (ref: string) => ref.slice(-10);

/** The two records whose file names hold a word. */
function pairOf(place: Place, word: string): [string, string] {
  const [a = '', b = ''] = place.files('contacts').filter((path) => path.includes(word));
  return [a.slice(-13, -3), b.slice(-13, -3)];
}

describe.concurrent('doubles among the records', () => {
  it('are found, each with how likely it is', async () => {
    const [place] = (await clones(1)) as [Place];
    const found = await doubles(place);
    expect(found).toMatchObject({ records: planted.length + 300, left_uncompared: 0 });
    expect(found.groups.map(({ refs }: { refs: string[] }) => refs).filter(isPair('quarant'))).toHaveLength(
      1,
    );
    for (const { probability } of [...found.groups, ...found.ask]) expect(probability).toBeLessThanOrEqual(1);
    const { stdout } = await place.ok('dedupe', 'contacts', '--limit', '1');
    const [zone, group, likely] = (stdout.split('\n')[0] ?? '').split('\t');
    expect([zone, group]).toEqual(['same', '1']);
    expect(Number(likely)).toBeGreaterThan(0.6);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('decided to be two are gone, in another clone too', async () => {
    const [a, b] = (await clones(2)) as [Place, Place];
    const pair = pairOf(a, 'quarant');
    const dry = await a.ok('dedupe', 'decide', ...pair, '--different', '--dry-run', '--json');
    expect(dry.json).toMatchObject({ same: false, changed: true });
    expect(a.files('decisions')).toEqual([]);
    const why = 'two brothers';
    const { json } = await a.ok('dedupe', 'decide', ...pair, '--different', '--why', why, '--json');
    expect(a.files('decisions')).toEqual([json.path]);
    expect(await a.git('log', '-1', '--format=%s')).toBe(
      `dedupe decide ${[...pair].sort().join(' ')}: different`,
    );
    const again = await a.ok('dedupe', 'decide', ...pair.toReversed(), '--different', '--json');
    expect(again.json.changed).toBe(false);
    for (const place of [a, b]) {
      await place.ok('sync');
      const found = await doubles(place);
      expect(found.groups.map(({ refs }: { refs: string[] }) => refs).filter(isPair('quarant'))).toEqual([]);
      expect(asksOf(found, 'quarant')).toEqual([]);
      expect((await place.itaca(['check'])).stdout).toBe('');
    }
    const explained = (await b.ok('dedupe', 'explain', ...pair, '--json')).json;
    expect(explained).toMatchObject({ verdict: 'different', decided: [{ by: 'anna', same: false, why }] });
    const { prior, fields, adjustment, total } = explained;
    const said = fields.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0);
    expect(prior + said + adjustment).toBeCloseTo(total, 9);
  });

  it('decided differently in two clones are asked again, and check tells', async () => {
    const [a, b] = (await clones(2)) as [Place, Place];
    const pair = pairOf(a, 'quarant');
    await a.ok('dedupe', 'decide', ...pair, '--different');
    await b.ok('dedupe', 'decide', ...pair, '--same');
    expect(a.files('decisions')).toEqual(b.files('decisions'));
    for (const place of [a, b, a]) await place.ok('sync');
    expect(a.tree()).toEqual(b.tree());
    for (const place of [a, b]) {
      const found = await doubles(place);
      expect(found.ask[0]).toMatchObject({ contested: true });
      expect(asksOf(found, 'quarant')).toHaveLength(1);
      const check = await place.itaca(['check']);
      expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining('anna holds them to be') });
    }
    await b.ok('dedupe', 'decide', ...pair, '--different');
    for (const place of [b, a]) await place.ok('sync');
    expect(asksOf(await doubles(a), 'quarant')).toEqual([]);
    expect(await a.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('held to be two in one clone and merged in the other: check tells', async () => {
    const [a, b] = (await clones(2)) as [Place, Place];
    const pair = pairOf(a, 'quarant');
    await a.ok('dedupe', 'decide', ...pair, '--different');
    await b.ok('contact', 'merge', ...pair);
    for (const place of [a, b]) await place.ok('sync');
    const check = await b.itaca(['check']);
    expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining('but they were merged') });
  });

  it('a decision holds for the record that one of the two was merged into', async () => {
    const [place] = (await clones(1)) as [Place];
    const [first, second] = pairOf(place, 'quarant');
    await place.ok('dedupe', 'decide', first, second, '--different');
    const { json } = await place.ok('contact', 'add', '--name', 'Massimo Quaranta', '--json');
    await place.ok('contact', 'merge', json.id, first);
    const found = await doubles(place);
    expect(found.groups.map(({ refs }: { refs: string[] }) => refs).filter(isPair('quarant'))).toEqual([]);
    const again = await place.ok('dedupe', 'decide', json.id, second, '--different', '--json');
    expect(again.json.changed).toBe(false);
  });

  it('broken decisions are told by check, and stop nothing', async () => {
    const [place] = (await clones(1)) as [Place];
    await place.ok('dedupe', 'decide', ...pairOf(place, 'zanetti'), '--different');
    const [path = ''] = place.files('decisions');
    const sound = place.read(path);
    place.write(path, sound.replace('same: false', 'same: perhaps'));
    expect((await place.itaca(['check'])).stdout).toContain('expected true or false');
    await place.ok('dedupe', 'contacts');
    place.write(path, sound.replace(/- \S+\n/, '- gone-0000000000\n'));
    expect((await place.itaca(['check'])).stdout).toContain('pair: no record has the id 0000000000');
    await place.ok('dedupe', 'contacts');
    place.write(path, sound.replace('pair:', 'pair: ['));
    const broken = await place.itaca(['check']);
    expect(broken).toMatchObject({ code: 1, stdout: expect.stringContaining(path) });
  });

  it('a list is linked to them', async () => {
    const [place] = (await clones(1)) as [Place];
    place.write(
      '../fair.csv',
      `name,e-mail,tel,azienda\n"Quaranta, Massimo",massimo.quaranta@lampada.example,,Lampada\nNobody Yet,nobody@new.example,,\n`,
    );
    const { json } = await place.ok('dedupe', 'contacts', '--link', place.path('../fair.csv'), '--json');
    expect(json).toMatchObject({ rows: 2, on_file: 1, new: 1, ask: 0 });
    expect(json.linked).toMatchObject([
      { line: 2, status: 'on_file', ref: expect.stringContaining('massimo-quaranta') },
      { line: 3, status: 'new' },
    ]);
    const piped = await place.ok('dedupe', 'contacts', '--link', place.path('../fair.csv'));
    expect(piped.stdout.split('\n')[1]).toBe('3\tnew\t\t\t');
  });

  it('of firms', async () => {
    const place = await workspace();
    const firms = Array.from(
      { length: 60 },
      (_, n) =>
        `${family[n % family.length]} ${['Luce', 'Mobili', 'Trasporti'][n % 3]} ${n},,,0${n % 9}2 ${5553000 + n * 41}`,
    );
    for (const name of ['Lampada Brianza srl', 'Lampade Brianza S.p.A.'])
      await place.ok('company', 'add', '--name', name, '--domain', 'lampada.example');
    place.write('../firms.csv', ['company,name,email,phone', ...firms].join('\n'));
    await place.ok('import', 'csv', place.path('../firms.csv'), '--yes');
    const { json } = await place.ok('dedupe', 'companies', '--json');
    const grouped = json.groups.map(({ refs }: { refs: string[] }) => refs).filter(isPair('brianza'));
    expect([...grouped, ...asksOf(json, 'brianza')]).toHaveLength(1);
  });
});

describe.concurrent('review', () => {
  it('needs a terminal', async () => {
    const [place] = (await clones(1)) as [Place];
    const run = await place.itaca(['dedupe', 'review', '--json']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.error.hint).toContain('itaca dedupe decide <a> <b>');
    expect((await place.itaca(['dedupe', 'decide', 'a', 'b'])).code).toBe(2);
  });

  it('shows a pair, explains itself, and keeps what is decided', async (context) => {
    const [place] = (await clones(1)) as [Place];
    const commits = await place.commits();
    const found = await doubles(place);
    const pairs = found.ask.length + found.groups.length;
    const prompt = '[y/n/u/q/?] ';
    const answers = Array.from({ length: pairs }, () => [prompt, 'n'] as const);
    const run = await session(['-C', place.root, 'dedupe', 'review', '--all'], [[prompt, '?'], ...answers], {
      env: place.env,
    });
    if (!run) return context.skip();
    expect(run.stdout).toContain('they are two, for good');
    expect(run.stdout).toMatch(/= +company/);
    expect(run.stdout).toMatch(/≠ +emails/);
    expect(run.stdout).not.toMatch(/\d %/);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(`${pairs} held to be two, 0 of`) });
    expect(await place.commits()).toBe(commits + pairs);
    expect(await doubles(place)).toMatchObject({ groups: [], ask: [] });
  });

  it('merges, and asks which of two values stays', async (context) => {
    const [place] = (await clones(1)) as [Place];
    const pair = pairOf(place, 'quarant');
    await place.ok('dedupe', 'decide', ...pairOf(place, 'zanetti'), '--different');
    await place.ok('contact', 'set', pair[0], 'title=Boss');
    await place.ok('contact', 'set', pair[1], 'title=Manager');
    for (const { a, b } of (await doubles(place)).ask)
      await place.ok('dedupe', 'decide', idOf(a), idOf(b), '--different');
    const prompt = '[y/n/u/q/?] ';
    const run = await session(
      ['-C', place.root, 'dedupe', 'review', '--all', '--score'],
      [
        [prompt, 'y'],
        ['name: 1', '1'],
        ['family_name: 1', '1'],
        ['title: 1', '2'],
      ],
      { env: place.env },
    );
    if (!run) return context.skip();
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('1 merged') });
    expect(run.stdout).toMatch(/1 of 1, \d+\.\d %/);
    const [, first, second] = /title: 1 (\w+), or 2 (\w+)/.exec(run.stdout) ?? [];
    expect([first, second].sort()).toEqual(['Boss', 'Manager']);
    expect((await place.ok('contact', 'show', pair[0], '--json')).json).toMatchObject({ title: second });
    expect((await doubles(place)).records).toBe(planted.length + 300 - 1);
  });

  it('keeps the decisions made when it is interrupted', async (context) => {
    const [place] = (await clones(1)) as [Place];
    await place.ok('dedupe', 'decide', ...pairOf(place, 'quarant'), '--same');
    const prompt = '[y/n/u/q/?] ';
    const run = await session(
      ['-C', place.root, 'dedupe', 'review', '--all'],
      [
        [prompt, 'n'],
        [prompt, '\u0003'],
      ],
      { env: place.env },
    );
    if (!run) return context.skip();
    expect(run).toMatchObject({ code: 130, stdout: expect.stringContaining('1 decisions are kept') });
    expect(await place.git('status', '--porcelain')).toBe('');
  });
});
