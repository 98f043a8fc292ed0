import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MergeFile, mergeFile } from './merge-file.js';
import type { OutgoingMessage } from './transport.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'merge-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const opened = (clone = 'c1', target = join(folder, 'l', 'letters.csv')): Promise<MergeFile> =>
  mergeFile({
    folder: join(folder, 'l'),
    target,
    channel: 'letter',
    clone,
    textOf: (rows) => rows.map(({ name }) => `${name}\n`).join(''),
  });
const message = (name: string): OutgoingMessage => ({
  messageId: `<${name}@letter>`,
  envelope: { from: '', to: name },
  raw: Buffer.from(JSON.stringify({ name })),
});
const visible = () => readdirSync(join(folder, 'l')).filter((name) => !name.startsWith('.'));
const register = () => join(folder, 'l', '.register.jsonl');

describe('a file for a mail merge', () => {
  it('holds all that was handed over at once, and a later one is another file', async () => {
    const first = await opened();
    const outcomes = await Promise.all(['a', 'b', 'c'].map((name) => first.send(message(name))));
    expect(outcomes).toEqual(Array(3).fill({ state: 'sent', reply: 'letters.csv' }));
    expect(readFileSync(join(folder, 'l', 'letters.csv'), 'utf8')).toBe('a\nb\nc\n');
    expect(await first.send(message('d'))).toEqual({ state: 'sent', reply: 'letters-2.csv' });
    expect(first.files.map((file) => file.slice(folder.length))).toEqual([
      '/l/letters.csv',
      '/l/letters-2.csv',
    ]);
    expect(readFileSync(join(folder, 'l', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('knows who is in a file when the file went to the printer, and who never was', async () => {
    await (await opened()).send(message('a'));
    rmSync(join(folder, 'l', 'letters.csv'));
    const later = await opened();
    expect(await later.holds?.('<a@letter>')).toBe(true);
    expect(await later.holds?.('<b@letter>')).toBe(false);
    expect(later.name).toBe((await opened()).name);
  });

  it('finishes what a crash left between register and name, and only that', async () => {
    await (await opened()).send(message('a'));
    const temporary = join(folder, 'l', '.letters-2.csv.x.tmp');
    writeFileSync(temporary, 'b\n');
    writeFileSync(join(folder, 'l', '.letters-3.csv.y.tmp'), 'c\n');
    const entry = { temporary, target: join(folder, 'l', 'letters-2.csv'), messages: ['<b@letter>'] };
    writeFileSync(register(), `${JSON.stringify(entry)}\n{"temporary":"/x","targ`, { flag: 'a' });
    const later = await opened();
    expect(visible()).toEqual(['letters-2.csv', 'letters.csv']);
    expect(readFileSync(entry.target, 'utf8')).toBe('b\n');
    expect(await later.holds?.('<b@letter>')).toBe(true);
    expect(await later.holds?.('<c@letter>')).toBe(false);
    // The line that was cut off does not spoil the next one.
    await later.send(message('d'));
    expect(await (await opened()).holds?.('<d@letter>')).toBe(true);
  });

  it('has another name where the register is lost, or in another clone: it proves nothing for them', async () => {
    const { name } = await opened();
    expect((await opened('c2')).name).not.toBe(name);
    rmSync(register());
    expect((await opened()).name).not.toBe(name);
  });

  it('replaces no file, and nothing is in one that cannot be written', async () => {
    writeFileSync(join(folder, 'mine.csv'), 'mine');
    const beside = await opened('c1', join(folder, 'mine.csv'));
    expect(await beside.send(message('a'))).toEqual({ state: 'sent', reply: 'mine-2.csv' });
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('mine');
    const nowhere = await opened('c1', join(folder, 'none', 'x.csv'));
    expect(await nowhere.send(message('b'))).toMatchObject({ state: 'deferred', server: true });
    expect(await nowhere.holds?.('<b@letter>')).toBe(false);
  });
});
