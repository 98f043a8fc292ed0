import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allOf } from '../../e2e/all-of.js';
import { maildirSource } from './maildir.js';
import type { Source } from './source.js';

let folder: string;
let source: Source;
const notes: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maildir-'));
  for (const name of ['cur', 'new', 'tmp', '.Sent/cur', '.Sent/new'])
    mkdirSync(join(folder, name), { recursive: true });
  notes.length = 0;
  source = maildirSource(folder, 'Maildir', ({ message }) => notes.push(message));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text = name) => writeFileSync(join(folder, name), text);
const arrivals = (known: readonly string[] = []) => allOf(source.arrivals((place) => known.includes(place)));

describe('a Maildir', () => {
  it('gives what is in new and cur, oldest first, by the name without flags', async () => {
    put('cur/1700000300.M1P2.host,S=30:2,RS');
    put('new/1700000100.M1P2.host');
    put('cur/1700000200.M1P2.host:2,');
    put('cur/.hidden');
    put('tmp/1700000000.M1P2.host');
    put('.Sent/cur/1700000000.M9P9.host:2,S');
    const found = await arrivals();
    expect(found.map(({ place, file, receivedAt }) => [place, file, receivedAt])).toEqual([
      ['1700000100.M1P2.host', 'Maildir/new/1700000100.M1P2.host', 1_700_000_100_000],
      ['1700000200.M1P2.host', 'Maildir/cur/1700000200.M1P2.host:2,', 1_700_000_200_000],
      ['1700000300.M1P2.host,S=30', 'Maildir/cur/1700000300.M1P2.host,S=30:2,RS', 1_700_000_300_000],
    ]);
    expect((await allOf(source.places())).sort()).toEqual(found.map(({ place }) => place));
    expect((await arrivals(['1700000200.M1P2.host'])).map(({ place }) => place)).not.toContain(
      '1700000200.M1P2.host',
    );
    expect(readdirSync(join(folder, 'new'))).toEqual(['1700000100.M1P2.host']);
  });

  it('finds a message that another program moves and marks meanwhile', async () => {
    put('new/1700000100.a', 'one');
    put('new/1700000200.b', 'two');
    const read: string[] = [];
    for await (const arrival of source.arrivals(() => false)) {
      if (arrival.place === '1700000100.a')
        for (const name of ['1700000100.a', '1700000200.b'])
          renameSync(join(folder, 'new', name), join(folder, 'cur', `${name}:2,S`));
      read.push(String(await arrival.read()));
    }
    expect(read).toEqual(['one', 'two']);
    expect(notes).toEqual([]);
  });

  it('tells what vanished between listing and reading, and goes on', async () => {
    for (const name of ['1700000100.a', '1700000200.b', '1700000300.c']) put(`new/${name}`);
    const read: unknown[] = [];
    for await (const arrival of source.arrivals(() => false)) {
      if (arrival.place === '1700000100.a')
        for (const name of ['1700000100.a', '1700000200.b']) rmSync(join(folder, 'new', name));
      read.push((await arrival.read())?.toString());
    }
    expect(read).toEqual([undefined, 'new/1700000300.c']);
    expect(notes).toEqual(['Maildir/new/1700000200.b vanished before it was read']);
  });

  it('takes the time of the file where the name tells none', async () => {
    put('new/odd-name');
    utimesSync(join(folder, 'new', 'odd-name'), 1_600_000_000, 1_600_000_000);
    expect((await arrivals())[0]?.receivedAt).toBe(1_600_000_000_000);
  });
});
