import { chownSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImapSettings } from '../../domain/config/inbox.js';
import { allOf } from '../../e2e/all-of.js';
import { cuttingProxy } from '../../e2e/cutting-proxy.js';
import { type Account, type Dovecot, dovecot, freePort, runDovecot } from '../../e2e/dovecot.js';
import { lyingImap } from '../../e2e/lying-imap.js';
import type { ImapSecret } from '../secret.js';
import { imapSource } from './imap.js';
import type { Source } from './source.js';

const notes: string[] = [];
const open: Source[] = [];
beforeEach(() => {
  notes.length = 0;
});
afterEach(async () => {
  for (const source of open.splice(0)) await source.close();
});

const host = '127.0.0.1';
let dovecotServer: Dovecot;
beforeAll(async () => {
  if (dovecot) dovecotServer = await runDovecot();
});
let accounts = 0;
const account = (): Account => dovecotServer.account(`user${++accounts}`);

interface Given extends Partial<ImapSettings> {
  port: number;
  secret?: ImapSecret;
  pauses?: number[];
}
function sourceOf({
  secret = { kind: 'password', value: 's3cret' },
  pauses = [1, 1, 1],
  ...settings
}: Given): Source {
  const access = { source: 'info', settings: { host, user: 'info', ...settings }, pauses };
  const source = imapSource({ ...access, secret: async () => secret }, ({ message }) => notes.push(message));
  open.push(source);
  return source;
}

/** Where an account is had, or by which way around. */
const at = ({ port, user }: Account, by = port) => ({ port: by, user });

const never = () => false;
const mail = (id: number, body = 'x') =>
  `Message-ID: <${id}@example.com>\r\nFrom: ann@example.com\r\nSubject: ${id}\r\n\r\n${body}\r\n`;
const subjects = async (source: Source, known: readonly string[] = []): Promise<string[]> => {
  const found: string[] = [];
  for await (const arrival of source.arrivals((place) => known.includes(place)))
    found.push(/^Subject: (.*?)\r?$/m.exec(String(await arrival.read()))?.[1] ?? 'gone');
  return found;
};

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % most;
  };
}

describe.skipIf(!dovecot)('a mailbox on a server (skipped: no dovecot)', () => {
  it('hands out what it holds, oldest first, and marks nothing', async () => {
    const server = account();
    server.deliver('1700000001.a', mail(1));
    server.deliver('1700000002.b', mail(2));
    server.deliver('1700000003.c', mail(3), '.Spam');
    const source = sourceOf({ ...at(server), mailbox: ['INBOX', 'Spam'] });
    const found = await allOf(source.arrivals(never));
    expect(found.map(({ file, size, receivedAt }) => [file, size, receivedAt])).toEqual([
      ['info:INBOX/1', mail(1).length, expect.any(Number)],
      ['info:INBOX/2', mail(2).length, expect.any(Number)],
      ['info:Spam/1', mail(3).length, expect.any(Number)],
    ]);
    expect(String(await found[1]?.read())).toBe(mail(2));
    const places = found.map(({ place }) => place);
    expect(places[0]).toMatch(/^INBOX\/\d+\/1$/);
    expect(await allOf(source.places())).toEqual(places);
    expect(await subjects(source, places.slice(0, 2))).toEqual(['3']);
    await source.done(places);
    // A mail that was only looked at stays in new: it has no flags, and not even lost \Recent.
    expect(readdirSync(join(server.maildir, 'new')).sort()).toEqual(['1700000001.a', '1700000002.b']);
    expect(readdirSync(join(server.maildir, 'cur'))).toEqual([]);
  });

  it('hands out 2,000 through a connection that is cut again and again, each once', async () => {
    const server = account();
    for (let id = 1; id <= 2000; id++)
      server.deliver(`${1_700_000_000 + id}.m`, mail(id, 'y'.repeat(id % 700)));
    const dice = chance(7);
    const proxy = await cuttingProxy(server.port, () => 50_000 + dice(100_000));
    const source = sourceOf(at(server, proxy.port));
    expect(await subjects(source)).toEqual(Array.from({ length: 2000 }, (_, at) => String(at + 1)));
    expect(proxy.connections()).toBeGreaterThan(5);
    expect(notes).toEqual([]);
  });

  it('gives what came before the connection could not be had any more, and says why', async () => {
    const server = account();
    for (let id = 1; id <= 600; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    // The second batch is cut in the middle, and then nobody answers.
    const proxy = await cuttingProxy(server.port, (connection) => (connection === 0 ? 60_000 : 0));
    const source = sourceOf(at(server, proxy.port));
    const had: string[] = [];
    const pull = async () => {
      for await (const { place } of source.arrivals(never)) had.push(place);
    };
    await expect(pull()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^info: 127\.0\.0\.1:\d+: /),
    });
    expect([had.length, proxy.connections()]).toEqual([200, 4]);
    expect((await subjects(sourceOf(at(server)), had))[0]).toBe('201');
  });

  it('fetches a large message when it is read, in pieces, whatever size the server says', async () => {
    const server = account();
    const sizes = [128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 5 * 1024 * 1024];
    const texts = sizes.map((size, at) => mail(at, 'z'.repeat(size - mail(at, '').length)));
    for (const [at, text] of texts.entries()) server.deliver(`170000000${at}.m`, text);
    const dice = chance(3);
    const proxy = await cuttingProxy(server.port, () => 1_500_000 + dice(1_000_000));
    const found = await allOf(sourceOf(at(server, proxy.port)).arrivals(never));
    expect(found.map(({ size }) => size)).toEqual(sizes);
    for (const [at, arrival] of found.entries())
      expect(String(await arrival.read()) === texts[at]).toBe(true);
    expect(proxy.connections()).toBeGreaterThan(2);
  });

  it('goes on past messages at which the server breaks down', async () => {
    const server = account();
    // Dovecot takes the size in the name for true, finds another one, and hangs up.
    const sizes = [1000, mail(2).length, 9, mail(4).length];
    for (const [at, size] of sizes.entries())
      server.deliver(`170000000${at}.m,S=${size},W=${size}`, mail(at + 1));
    expect(await subjects(sourceOf(at(server)))).toEqual(['2', '4']);
    const why = 'was not handed out: the connection breaks at it; it waits for the next pull';
    expect(notes).toEqual([`info:INBOX/1 ${why}`, `info:INBOX/3 ${why}`]);
  });

  it('tells of messages that vanished between listing and fetching', async () => {
    const server = account();
    for (let id = 1; id <= 500; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    server.deliver('1700009998.large', mail(501, 'z'.repeat(300_000)));
    server.deliver('1700009999.m', mail(502));
    const source = sourceOf(at(server));
    const texts: (string | undefined)[] = [];
    for await (const arrival of source.arrivals(never)) {
      if (texts.length === 0)
        for (const name of ['1700000450.m', '1700000451.m']) rmSync(fileOf(server.maildir, name));
      if (arrival.size > 300_000) rmSync(fileOf(server.maildir, '1700009998.large'));
      texts.push((await arrival.read())?.toString());
    }
    expect(texts).toHaveLength(500);
    expect(texts.at(-2)).toBeUndefined();
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('info:INBOX/450');
  });

  it('lists all anew after a mailbox was renumbered, and does not download what is on file', async () => {
    const server = account();
    for (let id = 1; id <= 300; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    const known = (await allOf(sourceOf(at(server)).arrivals(never))).map(({ place }) => place);
    renumber(server.maildir);
    server.deliver('1700009999.m', mail(301));
    const source = sourceOf(at(server));
    const places = await allOf(source.places());
    expect(places.filter((place) => known.includes(place))).toEqual([]);
    const had: string[] = [];
    const isHad = (place: string, id: string, size: number): boolean => {
      if (
        id === '<301@example.com>' ||
        id === '<7@example.com>' ||
        size !== mail(Number(/\d+/.exec(id))).length
      )
        return false;
      had.push(place);
      return true;
    };
    const come = await allOf(source.arrivals((place) => known.includes(place), { isHad }));
    expect(come.map(({ place }) => place)).toEqual([places[6], places[300]]);
    expect([...had, ...come.map(({ place }) => place)].sort()).toEqual([...places].sort());
  });

  it('begins again where a mailbox is renumbered while it is read', async () => {
    const server = account();
    for (let id = 1; id <= 700; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    const proxy = await cuttingProxy(server.port, (connection) => (connection === 0 ? 110_000 : 1e9));
    const source = sourceOf({ ...at(server, proxy.port), pauses: [200, 200] });
    const texts = new Set<string>();
    const places = new Set<string>();
    for await (const arrival of source.arrivals(never)) {
      if (places.size === 0) renumber(server.maildir);
      places.add(arrival.place);
      texts.add(String(await arrival.read()));
    }
    expect(texts.size).toBe(700);
    expect(places.size).toBeGreaterThan(700);
    expect(new Set([...places].map((place) => place.split('/')[1])).size).toBe(2);
    expect(notes).toEqual(['info: INBOX was numbered anew meanwhile']);
  });

  it('marks or moves what is on file where the settings say so, and nothing else', async () => {
    const server = account();
    for (let id = 1; id <= 4; id++) server.deliver(`170000000${id}.m`, mail(id));
    server.deliver('1700000001.x', mail(9), '.Done');
    const names = (folder: string) => readdirSync(join(server.maildir, folder)).sort();
    const seen = sourceOf({ ...at(server), after: 'seen' });
    const places = await allOf(seen.places());
    await seen.done(places.slice(0, 1));
    expect(names('cur').filter((name) => name.endsWith('S'))).toEqual([expect.stringMatching(/^1700000001/)]);
    const move = sourceOf({ ...at(server), after: 'move:Done' });
    await move.done([places[2]!, places[1]!]);
    expect(await allOf(move.places())).toEqual([places[0], places[3]]);
    expect(await subjects(sourceOf({ ...at(server), mailbox: ['Done'] }))).toEqual(['2', '3', '9']);
    // Of a mailbox that was renumbered, the numbers are others' now.
    await move.done(['INBOX/1/4']);
    expect(notes).toEqual(['info: INBOX was numbered anew meanwhile; its messages stay as they are']);
    expect(await allOf(move.places())).toEqual([places[0], places[3]]);
    const nowhere = sourceOf({ ...at(server), after: 'move:Nowhere' });
    await expect(nowhere.done([places[3]!])).rejects.toMatchObject({
      code: 'refused',
      message: 'info: the server does not move messages to Nowhere',
    });
    expect(await allOf(move.places())).toEqual([places[0], places[3]]);
  });

  it('may be left in the middle, and gives the rest to whoever asks again', async () => {
    const server = account();
    for (let id = 1; id <= 450; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    const source = sourceOf(at(server));
    const known: string[] = [];
    for await (const { place } of source.arrivals(never)) if (known.push(place) === 10) break;
    expect((await subjects(source, known)).length).toBe(440);
  });

  it('gives two who pull at once the same', async () => {
    const server = account();
    for (let id = 1; id <= 450; id++) server.deliver(`${1_700_000_000 + id}.m`, mail(id));
    const [one, other] = await Promise.all([1, 2].map(() => subjects(sourceOf(at(server)))));
    expect(one).toHaveLength(450);
    expect(other).toEqual(one);
  });

  it('that cannot be had is told, without the password', async () => {
    const server = account();
    const message = async (given: Given) =>
      allOf(sourceOf(given).arrivals(never)).then(
        () => '',
        (error) => `${error.code} ${error.message}`,
      );
    expect(await message({ ...at(server), secret: { kind: 'password', value: 'wr0ng' } })).toBe(
      `refused info: 127.0.0.1:${server.port} does not let ${server.user} in: Authentication failed.`,
    );
    expect(await message({ ...at(server), mailbox: ['INBOX', 'Nothing'] })).toMatch(
      /^refused info: .*Mailbox doesn't exist: Nothing/,
    );
    const nobody = await freePort();
    expect(await message({ port: nobody })).toBe(
      `refused info: 127.0.0.1:${nobody}: connect ECONNREFUSED 127.0.0.1:${nobody}`,
    );
    // A server elsewhere, as far as can be told, that offers no encryption.
    expect(await message({ ...at(server), host: '0.0.0.0' })).toMatch(
      /^refused info: 0\.0\.0\.0:\d+ offers no encryption \(STARTTLS\), so the password of user\d+ is not sent/,
    );
  });
});

it('reads all of a message whatever size the server announces', async () => {
  const large = (id: number) => mail(id, 'z'.repeat(2_500_000));
  const messages = [
    { text: mail(1), size: 9 },
    { text: mail(2), size: 1_000_000 },
    { text: large(3), size: 1000 },
    { text: large(4), size: 9_000_000 },
    { text: large(5), size: large(5).length },
    { text: large(6), size: 3_000_000_000 },
  ];
  const found = await allOf(sourceOf({ port: await lyingImap(messages) }).arrivals(never));
  const texts = await Promise.all(found.map((one) => one.read().then(String, (error) => error.message)));
  expect(texts.slice(0, 5)).toEqual(messages.slice(0, 5).map(({ text }) => text));
  expect(texts[5]).toBe('info:INBOX/6 has more than 256 MB');
});

/** The file of a message, which a server may have moved and marked. */
function fileOf(maildir: string, name: string): string {
  const found = ['new', 'cur'].flatMap((folder) =>
    readdirSync(join(maildir, folder))
      .filter((one) => one.startsWith(name))
      .map((one) => join(maildir, folder, one)),
  );
  return found[0] as string;
}

/** Makes the server give its messages new numbers. */
function renumber(maildir: string): void {
  for (const name of readdirSync(maildir)) if (name.startsWith('dovecot')) rmSync(join(maildir, name));
  const list = join(maildir, 'dovecot-uidlist');
  writeFileSync(list, '3 V1234567890 N1\n');
  const { uid, gid } = statSync(maildir);
  chownSync(list, uid, gid);
}
