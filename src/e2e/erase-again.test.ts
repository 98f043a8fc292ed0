import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mario, teamWithMario } from './erase-team.js';
import type { Place } from './harness.js';

const eraseMario = ['contact', 'erase', 'mario@example.it', '--confirm', 'Mario Rossi', '--json'];
const record = `contacts/mario-rossi-${mario}.md`;

const messages = async (place: Place, ...more: string[]) =>
  ((await place.itaca(['check', ...more, '--json'])).json as { path: string; message: string }[]).map(
    ({ path, message }) => `${path}: ${message}`,
  );

describe.concurrent('a person who was erased and whom git brings back', () => {
  it('is told of by check, and erased again by sync before anything of him is committed', async () => {
    const { a, b } = await teamWithMario();
    const before = await b.git('rev-parse', 'HEAD');
    await a.ok(...eraseMario);
    await a.ok('sync');
    await b.ok('sync');
    await b.git('checkout', before, '--', '.');
    const wrong = `${record}: ${mario} was erased, yet it is on file`;
    expect(await messages(b)).toContain(wrong);
    expect(await messages(b, '--staged')).toContain(wrong);
    const at = await b.git('rev-parse', 'HEAD');
    const synced = (await b.ok('sync', '--json')).json;
    expect([synced.erased, synced.pushed]).toEqual([[mario], true]);
    expect(existsSync(b.path(record))).toBe(false);
    expect(await b.git('log', '--format=%s', `${at}..`, '--', record)).toBe('');
    expect(await messages(b)).toEqual([]);
  });

  it('by a revert of the erasure: that is put back, with what keeps him from being written to', async () => {
    const { a } = await teamWithMario();
    await a.ok(...eraseMario);
    await a.git('revert', '--no-edit', 'HEAD');
    expect(existsSync(a.path(`erasures/${mario}.yaml`))).toBe(false);
    expect(await messages(a)).toContain(
      `erasures/${mario}.yaml: this erasure was taken back; who was erased stays erased`,
    );
    // Also where it is published without Itaca.
    await a.git('push', '-q');
    expect((await a.ok('sync', '--json')).json.erased).toEqual([mario]);
    expect(existsSync(a.path(record))).toBe(false);
    expect(existsSync(a.path(`erasures/${mario}.yaml`))).toBe(true);
    expect((await a.itaca(['suppress', 'check', 'mario@example.it'])).stdout).toContain('erased');
    expect(await messages(a)).toEqual([]);
    await a.git('rm', '-q', `erasures/${mario}.yaml`);
    expect(await messages(a, '--staged')).toHaveLength(1);
  });

  it('by a clone that publishes him without Itaca: the next sync erases him', async () => {
    const { a, b } = await teamWithMario();
    const text = b.read(record);
    await a.ok(...eraseMario);
    await a.ok('sync');
    await b.ok('sync');
    b.write(record, text);
    await b.git('add', '.');
    await b.git('commit', '-qm', 'back');
    await b.git('push', '-q');
    expect((await a.ok('sync', '--json')).json).toMatchObject({ erased: [mario], pushed: true });
    expect(existsSync(a.path(record))).toBe(false);
  });
});

describe.concurrent('a sync that erases as the team did', () => {
  it('joins what was added meanwhile below what is erased', async () => {
    const { a, b } = await teamWithMario();
    const path = b.files('interactions').find((one) => one.includes('lamps-4hqw7d1zta')) as string;
    b.write(path, `${b.read(path)}Again, of Mario Rossi\n`);
    await a.ok(...eraseMario);
    await a.ok('sync');
    const synced = (await b.ok('sync', '--json')).json;
    expect([synced.conflicts, synced.pushed]).toEqual([[], true]);
    expect(b.read(path)).toMatch(/or \(erased\)\.\nAgain, of \(erased\)\n$/);
  });

  it('leaves nothing of him in the index, also where a conflict ends it', async () => {
    const { a, b } = await teamWithMario();
    const anna = 'contacts/anna-bianchi-2s8hbhmhza.md';
    b.edit(anna, 'A colleague.', 'A friend.');
    a.edit(anna, 'A colleague.', 'A foe.');
    await b.ok('contact', 'list');
    await a.ok(...eraseMario);
    await a.ok('sync');
    expect((await b.itaca(['sync'])).code).toBe(5);
    const index = b.path('.itaca/index.sqlite');
    expect(existsSync(index) && readFileSync(index, 'latin1').includes('mario@example.it')).toBe(false);
  });
});
