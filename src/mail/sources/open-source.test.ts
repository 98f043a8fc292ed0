import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allOf } from '../../e2e/all-of.js';
import { openPath, type PathKind } from './open-path.js';
import { openNamed } from './open-source.js';
import type { Source } from './source.js';

let folder: string;
const open: Source[] = [];
const notes: string[] = [];
const tell = ({ message }: { message: string }) => void notes.push(message);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  notes.length = 0;
});
afterEach(async () => {
  for (const source of open.splice(0)) await source.close();
  rmSync(folder, { recursive: true });
});

const put = (name: string, text: string | Buffer) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
async function named(name: string, ...input: string[]): Promise<Source> {
  const stdin = (async function* () {
    for (const one of input) yield Buffer.from(one);
  })();
  const source = await openNamed(name, { base: folder, stdin, tell });
  open.push(source);
  return source;
}
/** File, text and place of what comes from a source. */
async function come(source: Source, known: readonly string[] = []) {
  const found = await allOf(source.arrivals((place) => known.includes(place)));
  const places = await allOf(source.places());
  expect(places).toEqual(expect.arrayContaining(found.map(({ place }) => place)));
  return Promise.all(found.map(async (one) => ({ ...one, text: String(await one.read()) })));
}

const line = 'From ann@example.com Thu Sep 18 17:54:04 2008\n';
const mail = 'Subject: a\n\nx\n';

describe('a path', () => {
  it('to a file tells by its name, else by what it begins with, what it is', async () => {
    put('a.eml', `${line}${mail}`);
    put('b', mail);
    put('c', `${line}${mail}\n${line}${mail}`);
    put('fax.pdf', '%PDF-1.4');
    utimesSync(join(folder, 'fax.pdf'), 1_700_000_000, 1_700_000_000);
    const delivered = Date.UTC(2008, 8, 18, 17, 54, 4);
    expect(await come(await named('a.eml'))).toMatchObject([
      { file: 'a.eml', text: mail, isMail: true, receivedAt: delivered },
    ]);
    const [b] = await come(await named('b'));
    expect(b).toMatchObject({ text: mail, isMail: true, size: mail.length });
    expect(b?.receivedAt).toBeUndefined();
    expect(await come(await named('c'))).toMatchObject([{ text: mail }, { text: mail }]);
    expect(await come(await named('fax.pdf'))).toMatchObject([
      { text: '%PDF-1.4', isMail: false, receivedAt: 1_700_000_000_000, place: 'fax.pdf/8/1700000000000' },
    ]);
  });

  it('that leads nowhere, or to what is no message, is an error', async () => {
    await expect(named('nothing')).rejects.toMatchObject({
      code: 'not_found',
      message: 'there is no nothing',
    });
    put('table.ods', 'PK\u0003\u0004');
    await expect(named('table.ods')).rejects.toMatchObject({
      code: 'invalid',
      message: 'table.ods is neither a message, an mbox nor a scan',
    });
  });

  it('to a folder gives all of it that is a message, an mbox or a scan, in order', async () => {
    put('10.eml', mail);
    put('2.eml', mail);
    put('sub/deep/spool', `${line}${mail}\n${line}Subject: b\n\ny\n`);
    put('sub/letter.TIF', 'II*');
    put('sub/notes.docx', 'PK');
    put('sub/Thumbs.db', 'x');
    put('.git/x.eml', mail);
    put('.hidden.eml', mail);
    symlinkSync(folder, join(folder, 'sub', 'again'));
    symlinkSync('nowhere', join(folder, 'sub', 'void.eml'));
    const source = await named('.');
    await expect(come(source)).rejects.toMatchObject({
      code: 'invalid',
      message: 'sub/notes.docx is neither a message nor a scan',
    });
    rmSync(join(folder, 'sub', 'notes.docx'));
    const found = await come(source);
    expect(found.map(({ file, text }) => [file, text])).toEqual([
      ['2.eml', mail],
      ['10.eml', mail],
      ['sub/deep/spool', mail],
      ['sub/deep/spool', 'Subject: b\n\ny\n'],
      ['sub/letter.TIF', 'II*'],
    ]);
    const places = found.map(({ place }) => place);
    expect(new Set(places).size).toBe(5);
    expect(await come(source, places.slice(1))).toHaveLength(1);
  });

  it('gives a file anew where another one has its name', async () => {
    put('in/fax.pdf', 'one');
    const source = await named('in');
    const known = (await come(source)).map(({ place }) => place);
    expect(await come(source, known)).toEqual([]);
    put('in/fax.pdf', 'the next');
    expect((await come(source, known)).map(({ text }) => text)).toEqual(['the next']);
  });

  it.skipIf(process.getuid?.() === 0)('lists what it may not read, and says so when it is read', async () => {
    put('in/locked', mail);
    chmodSync(join(folder, 'in', 'locked'), 0);
    await expect(come(await named('in'))).rejects.toMatchObject({ code: 'refused' });
  });

  it('that is too large to be taken into memory is listed, and refused when it is read', async () => {
    for (const [name, text] of Object.entries({
      'in/a.eml': mail,
      'in/b.mbox': `${line}${mail}`,
      'm/cur/1700000000.a:2,': mail,
    })) {
      put(name, text);
      truncateSync(join(folder, name), 300 * 1024 * 1024);
    }
    mkdirSync(join(folder, 'm', 'new'));
    for (const name of ['in', 'm'])
      for await (const arrival of (await named(name)).arrivals(() => false))
        await expect(arrival.read()).rejects.toMatchObject({
          code: 'refused',
          message: `${arrival.file} has more than 256 MB`,
        });
  });

  it('must be what the settings say', async () => {
    for (const name of ['m/cur/1700000000.a:2,S', 'm/new/1700000001.b', 'f/a.eml', 'a.mbox', 'empty'])
      put(name, name === 'a.mbox' ? `${line}${mail}` : name === 'empty' ? '' : mail);
    const as = async (label: string, kind: PathKind) =>
      (await come(await openPath(label, { base: folder, tell, kind }))).length;
    expect(await as('m', 'maildir')).toBe(2);
    expect(await as('a.mbox', 'mbox')).toBe(1);
    expect(await as('empty', 'mbox')).toBe(0);
    expect(await as('f', 'folder')).toBe(1);
    expect(await come(await named('m'))).toMatchObject([
      { place: '1700000000.a' },
      { place: '1700000001.b' },
    ]);
    const wrong: [string, PathKind, string][] = [
      ['f', 'maildir', 'f is not a Maildir: it lacks cur or new'],
      ['f', 'mbox', 'f is not an mbox, but a folder'],
      ['a.mbox', 'folder', 'a.mbox is not a folder'],
      ['f/a.eml', 'mbox', 'f/a.eml is not an mbox: it does not begin with "From "'],
    ];
    for (const [label, kind, message] of wrong)
      await expect(as(label, kind)).rejects.toMatchObject({ code: 'invalid', message });
  });
});

describe('standard input', () => {
  it('is one message, or an mbox, and has places of its own', async () => {
    const hash = createHash('sha256').update(mail).digest('hex');
    expect(await come(await named('-', 'Subj', 'ect: a\n\nx\n'))).toMatchObject([
      { place: hash, file: '-', text: mail },
    ]);
    const mbox = `${line}${mail}\n${line}${mail}\n`;
    const two = await come(await named('-', mbox));
    expect(two.map(({ text }) => text)).toEqual([mail, mail]);
    const start = createHash('sha256').update(mbox).digest('hex');
    expect(two.every(({ place }) => place.startsWith(`${start}/`))).toBe(true);
    await expect(named('-')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('leaves nothing behind', async () => {
    const before = readdirSync(tmpdir());
    const source = await named('-', mail);
    await come(source);
    await source.close();
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith('itaca-') && !before.includes(name)),
    ).toEqual([]);
  });
});

const data = join(resolve(process.env.ITACA_DATA ?? '../shared/data'), 'mail');

describe.skipIf(!existsSync(data))('real mail', () => {
  it('comes from mboxes and folders without a message too many or too few', async () => {
    const mbox = join(data, 'mbox', 'mbox-0.mbox');
    const found = await come(await named(mbox));
    expect(found).toHaveLength(37);
    expect(found.every(({ receivedAt, text }) => receivedAt && /^[\w-]+:/.test(text))).toBe(true);
    const files = readdirSync(data, { recursive: true }).filter((name) => String(name).endsWith('.eml'));
    const all = await come(await named(data));
    expect(all.filter(({ file }) => file.endsWith('.eml'))).toHaveLength(files.length);
    const eml = all.find(
      ({ file }) => file.endsWith('.eml') && !readFileSync(file, 'latin1').startsWith('From '),
    );
    expect(eml?.text).toBe(readFileSync(eml!.file, 'utf8'));
  });
});
