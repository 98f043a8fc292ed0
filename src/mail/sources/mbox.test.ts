import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { allOf } from '../../e2e/all-of.js';
import { mboxSource } from './mbox.js';
import type { Arrival } from './source.js';

const folder = mkdtempSync(join(tmpdir(), 'mbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'a.mbox');
const notes: string[] = [];
const source = mboxSource(file, 'a.mbox', ({ message }) => notes.push(message));

async function arrivals(content?: string | Buffer, known: readonly string[] = []): Promise<Arrival[]> {
  if (content !== undefined) writeFileSync(file, content);
  notes.length = 0;
  return allOf(source.arrivals((place) => known.includes(place)));
}

async function texts(content: string | Buffer): Promise<(string | undefined)[]> {
  return Promise.all((await arrivals(content)).map(async (one) => (await one.read())?.toString('latin1')));
}

const line = 'From ann@example.com Thu Sep 18 17:54:04 2008';

/** As a program that writes mboxrd does. */
function written(messages: readonly Buffer[], newline: string): Buffer {
  const parts = messages.map(
    (message) => `${line}${newline}${message.toString('latin1').replace(/^>*From /gm, '>$&')}${newline}`,
  );
  return Buffer.from(parts.join(''), 'latin1');
}

describe('an mbox', () => {
  it('gives back byte for byte what was written as mboxrd', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'From ',
        '>From ',
        '>>From ',
        line,
        `${line}\n`,
        'Subject: x\n',
        '\n',
        '\r\n',
        '\n\n',
        'é',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
      // Around the size of what is read at a time.
      fc.integer({ min: 0, max: 6000 }).map((length) => 'x'.repeat(length)),
    );
    // A line ends where LF stands; with a bare CR before it the writer's own expression would see a line of its own.
    const message = fc
      .array(piece, { maxLength: 12 })
      .map((parts) => Buffer.from(`Subject: a\n\n${parts.join('').replace(/\r(?!\n)/g, '')}\n`, 'utf8'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (messages, newline) => {
          const found = await arrivals(written(messages, newline));
          const read = await Promise.all(found.map((one) => one.read()));
          expect(read.map((one) => one?.toString('latin1'))).toEqual(
            messages.map((one) => one.toString('latin1')),
          );
          expect(new Set(found.map(({ place }) => place)).size).toBe(messages.length);
          expect(await allOf(source.places())).toEqual(found.map(({ place }) => place));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not take a sentence for a From line, nor a date in a sentence', async () => {
    const body =
      'Subject: a\n\nDear all,\n\nFrom now on we open at nine.\n\nFrom Thu Sep 18 17:54:04 2008 on, too.\nAgain:\nFrom Rome\n';
    expect(await texts(`${line}\n${body}`)).toEqual([body]);
  });

  it('reads one in which messages follow each other without an empty line', async () => {
    const one = 'Subject: a\n\nx\n';
    expect(await texts(`${line}\n${one}${line}\n${one}`)).toEqual([one, one]);
  });

  it('does not believe a length by which a message would swallow the next', async () => {
    const one = 'Content-Length: 120\nSubject: a\n\nx\n';
    expect(
      await texts(`${line}\n${one}\n${line}\nSubject: b\n\ny\n\n${line}\nSubject: c\n\nz\n`),
    ).toHaveLength(3);
  });

  it('reads CRLF, an end without a line end, and one without an end', async () => {
    expect(await texts(`${line}\r\nSubject: a\r\n\r\nx\r\n\r\n${line}\r\nSubject: b\r\n\r\ncut sho`)).toEqual(
      ['Subject: a\r\n\r\nx\r\n', 'Subject: b\r\n\r\ncut sho'],
    );
    expect(await texts(line)).toEqual(['']);
    expect(await texts('')).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('tells when each was delivered', async () => {
    const at = async (fromLine: string) => (await arrivals(`${fromLine}\nSubject: a\n\n`))[0]?.receivedAt;
    const noon = Date.UTC(2026, 10, 2, 12);
    expect(await at('From a@b Mon Nov  2 12:00:00 2026')).toBe(noon);
    expect(await at('From - Mon Nov  2 13:00:00 2026 +0100')).toBe(noon);
    expect(await at('From 17@xxx Mon Nov 02 08:30:00 -0330 2026')).toBe(noon);
    expect(await at('From a@b sometime')).toBeUndefined();
  });

  it('says that a file is none', async () => {
    expect(await arrivals('Subject: a\n\nx\n')).toEqual([]);
    expect(notes).toEqual(['a.mbox holds no message: an mbox begins with "From "']);
  });

  it('gives a message a new place once it is whole, and leaves one that is being written', async () => {
    const [first, cut] = await arrivals(`${line}\nSubject: a\n\nx\n\n${line}\nSubject: b\n\ncut`);
    const known = [first!.place, cut!.place];
    appendFileSync(file, ' short\n');
    const [whole, ...others] = await arrivals(undefined, known);
    expect([others.length, String(await whole!.read())]).toEqual([0, 'Subject: b\n\ncut short\n']);
    writeFileSync(`${file}.lock`, '');
    expect(await arrivals(undefined, known)).toEqual([]);
    expect(notes).toEqual(['a.mbox is being written to: its last message waits for the next pull']);
    rmSync(`${file}.lock`);
  });

  it('leaves the last message of a file that grows while it is read', async () => {
    const part = `${line}\nSubject: a\n\nx\n\n`;
    writeFileSync(file, part.repeat(3));
    let count = 0;
    for await (const arrival of source.arrivals(() => false)) {
      expect(String(await arrival.read())).toBe('Subject: a\n\nx\n');
      if (count++ === 0) appendFileSync(file, `${line}\nSubject: a\n\nhalf`);
    }
    expect(count).toBe(2);
    expect(await arrivals()).toHaveLength(4);
  });

  it('does not give another message for one that was removed since', async () => {
    const [, second] = await arrivals(`${line}\nSubject: a\n\nx\n\n${line}\nSubject: b\n\ny\n`);
    writeFileSync(file, `${line}\nSubject: b\n\ny\n${line}\nSubject: c\n\nz\n`);
    expect(await second!.read()).toBeUndefined();
    rmSync(file);
    expect(await second!.read()).toBeUndefined();
    await expect(arrivals()).rejects.toMatchObject({ code: 'not_found', message: 'there is no a.mbox' });
  });

  it.each([
    ['From lines that are none', '\nFrom '],
    ['From lines', `\n${line}`],
    ['quoted From lines', '\n>>>From x'],
    ['marks', '>'],
    ['empty lines', '\n'],
    ['a line without an end', 'From x '],
  ])('takes time that grows with the size alone: %s', async (_, piece) => {
    writeFileSync(file, `${line}\nSubject: a\n\n${piece.repeat(Math.ceil(10_000_000 / piece.length))}`);
    const size = statSync(file).size;
    const start = performance.now();
    let bytes = 0;
    for await (const arrival of source.arrivals(() => false)) {
      bytes += arrival.size;
      // Each of many is read from the file alone, so the first tells enough.
      if (bytes === arrival.size) await arrival.read();
    }
    expect(bytes).toBeLessThanOrEqual(size);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
