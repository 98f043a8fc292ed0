import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, itaca } from './harness.js';

/** Python with Splink 4, where there is one: it then loads what was written, and links by it. */
const python = process.env.ITACA_PYTHON ?? 'python3';
const splink = spawnSync(python, ['-c', 'import splink; assert splink.__version__.startswith("4.")']);

const header = 'number,first_name,last_name,email,street,city,dob,who';

/** Sixty people who come twice, misspelt here and without an address there, and sixty who come once. */
function rows(): string[] {
  let state = 5;
  const random = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const word = () =>
    Array.from({ length: 3 }, () => ['ba', 'co', 'di', 'fe', 'gu', 'la', 'mi', 'no'][random(8)]).join('');
  const all: string[] = [];
  for (let who = 0; who < 120; who++) {
    const [given, family] = [word(), word()];
    const email = `${word()}@${word()}.it`;
    const rest = `Via ${word()} ${random(90)},Borgo ${random(9)},19${40 + random(50)}-0${1 + random(9)}-1${random(9)}`;
    all.push(`n${all.length},${given},${family},${email},${rest},P${who}`);
    if (who < 60)
      all.push(`n${all.length},${given},${family.slice(1)},${who % 2 ? email : ''},${rest},P${who}`);
  }
  return all;
}

function file(name: string, content: string): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

const list = () => file('list.csv', `${[header, ...rows()].join('\n')}\n`);
const ignore = ['--id', 'number', '--map', 'who=none'];

describe('dedupe train', () => {
  it('writes the same bytes each time, and evaluate weighs by them', async () => {
    const path = list();
    const [one, two] = ['one.json', 'two.json'].map((name) => join(folder(), name)) as [string, string];
    const run = await itaca(['dedupe', 'train', path, ...ignore, '-o', one, '--json']);
    expect(run.code).toBe(0);
    expect(run.json).toMatchObject({ rows: 180, as_shipped: ['street'] });
    expect(run.json.matches).toBeGreaterThan(50);
    const again = await itaca(['dedupe', 'train', path, ...ignore, '-o', two]);
    expect(again.stdout).toContain('as shipped, for words have no levels: street');
    expect(readFileSync(one)).toEqual(readFileSync(two));
    const piped = await itaca(['dedupe', 'train', path, ...ignore]);
    expect(piped.stdout).toBe(readFileSync(one, 'utf8'));
    const evaluate = ['dedupe', 'evaluate', path, '--truth', 'who', '--id', 'number', '--json'];
    const shipped = await itaca(evaluate);
    const trained = await itaca([...evaluate, '--model', one]);
    expect(trained.code).toBe(0);
    expect(trained.json.f1).toBeGreaterThanOrEqual(shipped.json.f1);
  });

  it('counts by a truth, and its model links, cleans and explains', async () => {
    const path = list();
    const model = join(folder(), 'counted.json');
    const run = await itaca(['dedupe', 'train', path, '--truth', 'who', '--id', 'number', '-o', model]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('counted in 60 known pairs') });
    const counted = JSON.parse(readFileSync(model, 'utf8'));
    expect(counted).toMatchObject({ format: 'itaca-linkage-1', matches: 0.333333 });
    const cleaned = await itaca(['dedupe', path, '--fuzzy', ...ignore, '--model', model, '--json']);
    expect(cleaned.json.kept).toBe(120);
    const linked = await itaca(['dedupe', path, path, ...ignore, '--model', model, '--json']);
    expect(linked.json.matched).toBe(180);
    const explained = await itaca(['dedupe', 'explain', '2', '3', '--in', path, '--model', model, '--json']);
    expect(explained.json.prior).toBeCloseTo(Math.log2(0.333333 / 90), 6);
  });

  it('refuses too short a list, the list as its own model, and what is no model', async () => {
    const short = file('short.csv', `${[header, ...rows().slice(0, 12)].join('\n')}\n`);
    const refused = await itaca(['dedupe', 'train', short, '--json', '-o', join(folder(), 'none.json')]);
    expect(refused).toMatchObject({ code: 6, error: { code: 'refused' } });
    expect(existsSync(join(folder(), 'none.json'))).toBe(false);
    const over = await itaca(['dedupe', 'train', short, '-o', short]);
    expect(over.code).toBe(2);
    const foreign = file('foreign.json', '{"link_type":"dedupe_only"}');
    const run = await itaca(['dedupe', 'evaluate', list(), '--truth', 'who', '--model', foreign, '--json']);
    expect(run).toMatchObject({ code: 4, error: { path: foreign } });
    expect(run.error.message).toContain('format is missing');
    const without = await itaca(['dedupe', list(), '--model', foreign]);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--model is for --fuzzy') });
  });
});

describe('dedupe model export', () => {
  it('says what it cannot carry', async () => {
    const out = join(folder(), 'settings.json');
    const run = await itaca(['dedupe', 'model', 'export', list(), ...ignore, '-o', out]);
    expect(run.code).toBe(0);
    const settings = JSON.parse(readFileSync(out, 'utf8'));
    expect(settings).toMatchObject({ link_type: 'dedupe_only', unique_id_column_name: 'number' });
    const help = await itaca(['dedupe', 'model', '--help']);
    expect(help.stdout.replace(/\s+/g, ' ')).toContain('What cannot be carried');
    expect((await itaca(['dedupe', 'model', 'import', list()])).code).toBe(2);
  });

  it('warns of columns that two lists call differently', async () => {
    const other = file('other.csv', `${[header.replace('city', 'Town'), ...rows()].join('\n')}\n`);
    const run = await itaca(['dedupe', 'model', 'export', list(), other, ...ignore, '--json']);
    expect(run.json.link_type).toBe('link_only');
    expect(run.stderr).toContain('city');
  });

  it.skipIf(splink.status !== 0)('is loaded by Splink, which finds the doubles by it', async () => {
    const path = list();
    const out = join(folder(), 'settings.json');
    await itaca(['dedupe', 'model', 'export', path, ...ignore, '-o', out]);
    const script = `
import json, sys, pandas
from splink import DuckDBAPI, Linker
people = pandas.read_csv(sys.argv[1])
linker = Linker(people, sys.argv[2], DuckDBAPI())
pairs = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
who = dict(zip(people.number, people.who))
right = sum(who[a] == who[b] for a, b in zip(pairs.number_l, pairs.number_r))
print(json.dumps([len(pairs), right]))`;
    const run = spawnSync(python, ['-c', script, path, out], { encoding: 'utf8' });
    expect(run.stderr).not.toContain('Traceback');
    const [found, right] = JSON.parse(run.stdout.trim().split('\n').at(-1)!);
    expect(right).toBeGreaterThanOrEqual(55);
    expect(found - right).toBeLessThan(5);
  });
});
