import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headOf } from '../actions/inbox/head.js';
import { folder, type Place, workspace } from './harness.js';

const scanned = Buffer.from('%PDF-1.4 \0\u0001 scanned');

async function withScans(files: Record<string, string | Buffer>): Promise<{ place: Place; scans: string }> {
  const place = await workspace();
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it');
  const scans = folder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(scans, name), content);
  return { place, scans };
}

/** The message that waits, with what its line in the ledger says. */
async function onlyOne(place: Place) {
  const [row, ...others] = (await place.ok('inbox', 'list', '--json')).json;
  expect(others).toEqual([]);
  const line = place
    .read(place.files('inbox')[0] as string)
    .split('\n')
    .filter((text) => text.includes('"event":"received"'))
    .map((text) => JSON.parse(text))[0];
  return { row, line, head: headOf(place.path('.'), line.path, line.place) };
}

describe.concurrent('a letter', () => {
  it('that is a scan alone is kept once, under its own ending, and called by its name', async () => {
    const { place, scans } = await withScans({ 'fax 17.PDF': scanned });
    await place.ok('inbox', 'pull', scans);
    const { row, head } = await onlyOne(place);
    expect(place.files('attachments')).toEqual([row.path]);
    expect(row.path).toMatch(/\/\w{10}\.pdf$/);
    expect(readFileSync(place.path(row.path))).toEqual(scanned);
    expect(head).toEqual({ from: null, subject: 'fax 17.PDF' });
    expect(row).toMatchObject({ subject: 'fax 17.PDF', due: expect.stringMatching(/\+01:00$/) });
    expect((await place.itaca(['inbox', 'reconcile', scans])).code).toBe(0);
    expect((await place.ok('inbox', 'show', row.id, '--json')).json).toMatchObject({
      path: row.path,
      whole_text: '',
    });
    await place.ok('inbox', 'file', row.id, '--contact', 'mario@example.it', '--text', 'Disdico');
    expect(place.read(place.files('interactions')[0] as string)).toContain(`path: ${row.path}`);
    expect(place.files('attachments')).toEqual([row.path]);
  });

  it('keeps the scan beside what was typed, which is filed with it later', async () => {
    const { place, scans } = await withScans({
      'fax.pdf': scanned,
      'fax.txt': Buffer.from('Perch\xe9 no\n', 'latin1'),
    });
    await place.ok('inbox', 'pull', scans);
    const { row, head } = await onlyOne(place);
    const scan = row.path.replace(/\.txt$/, '.pdf');
    expect(place.files('attachments')).toEqual([scan, row.path]);
    expect(head.subject).toBe('Perché no');
    expect((await place.ok('inbox', 'show', row.id, '--json')).json).toMatchObject({
      whole_text: 'Perché no\n',
      files: [{ path: scan }],
    });
    await place.ok('inbox', 'file', row.id, '--contact', 'mario@example.it');
    expect(place.read(place.files('interactions')[0] as string)).toContain(`path: ${scan}`);
    expect((await place.itaca(['inbox', 'reconcile', scans])).code).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['what is no text', 'a\0\0\0bcdef'],
    ['a byte order mark', '\ufeff'],
  ])('may be a text file of %s', async (_what, content) => {
    const { place, scans } = await withScans({ 'fax.txt': content });
    await place.ok('inbox', 'pull', scans);
    const { row, head } = await onlyOne(place);
    expect(head.subject).toBe('fax.txt');
    expect((await place.ok('inbox', 'show', row.id, '--json')).json.whole_text).toBe('');
    expect((await place.itaca(['inbox', 'reconcile', scans])).code).toBe(0);
  });

  it('that no ledger names is found, whatever its ending', async () => {
    const { place, scans } = await withScans({ 'fax.pdf': scanned });
    await place.ok('inbox', 'pull', scans);
    for (const ending of ['pdf', 'tif', 'bin', 'eml'])
      place.write(`attachments/mail/2026/11/zzzzzzzz${ending.slice(0, 2)}.${ending}`, 'x');
    const run = await place.itaca(['inbox', 'reconcile', '--json']);
    expect(run.json.findings.map(({ problem }: { problem: string }) => problem)).toEqual(
      Array(4).fill('missing_line'),
    );
  });

  it('that was kept as .txt, as scans once were, is shown and filed', async () => {
    const { place, scans } = await withScans({ 'fax.pdf': scanned });
    await place.ok('inbox', 'pull', scans);
    const { row } = await onlyOne(place);
    const old = row.path.replace(/\.pdf$/, '.txt');
    renameSync(place.path(row.path), place.path(old));
    const [ledger = ''] = place.files('inbox');
    // The ids of lines derive from what they say.
    const { withId } = await import('../domain/sending/journal-line.js');
    const { id: _, ...line } = JSON.parse(place.read(ledger).split('\n')[0] as string);
    place.write(ledger, `${JSON.stringify(withId({ ...line, path: old }))}\n`);
    expect((await onlyOne(place)).head.subject).toBe('fax.pdf');
    expect((await place.ok('inbox', 'show', row.id, '--json')).json).toMatchObject({
      path: old,
      whole_text: '',
    });
    expect((await place.itaca(['inbox', 'reconcile', scans])).code).toBe(0);
    await place.ok('inbox', 'file', row.id, '--contact', 'mario@example.it', '--text', 'Disdico');
    expect(place.read(place.files('interactions')[0] as string)).toContain(`path: ${old}`);
    expect(place.files('attachments')).toEqual([old]);
  });
});

it('a file of a folder that is nothing that is known stays there, and the exit code tells', async () => {
  const { place, scans } = await withScans({ 'note.docx': 'PK', 'fax.pdf': scanned });
  const run = await place.itaca(['inbox', 'pull', scans, '--json']);
  expect(run.code).toBe(7);
  expect(run.json).toMatchObject({
    received: 1,
    failed: [
      { place: 'note.docx', message: expect.stringMatching(/note\.docx is neither a message nor a scan/) },
    ],
  });
});
