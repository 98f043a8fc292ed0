import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWhole } from './clean-list/write-whole.js';
import { type CleanListOptions, cleanList } from './clean-list.js';

async function clean(input: string | Uint8Array, options: Partial<CleanListOptions> = {}) {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const list = await cleanList({
    input: bytes,
    country: 'IT',
    keep: 'complete',
    fill: false,
    raw: false,
    ...options,
  });
  const text = (parts: Iterable<Uint8Array>) => Buffer.concat([...parts]).toString();
  return { report: list.report, clean: text(list.clean()), removed: text(list.removed()) };
}

describe('cleaning a list', () => {
  it('keeps the most complete row of each person, byte for byte', async () => {
    const {
      report,
      clean: kept,
      removed,
    } = await clean(
      'Email;Nome;Note\r\nMARIO@gmail.com;;\r\n"m.ario+x@googlemail.com"; "Mario";"a;b"\r\nanna@x.example;Anna;\r\n;;\r\n',
    );
    expect(kept).toBe(
      'Email;Nome;Note\r\n"m.ario+x@googlemail.com"; "Mario";"a;b"\r\nanna@x.example;Anna;\r\n',
    );
    expect(removed).toBe(
      'Email;Nome;Note;itaca_reason;itaca_duplicate_of;itaca_matched\r\n' +
        'MARIO@gmail.com;;;same_email;3;mario@gmail.com\r\n;;;blank;;\r\n',
    );
    expect(report).toMatchObject({ rows: 4, kept: 2, removed: 2, reasons: { same_email: 1, blank: 1 } });
    expect(report.removed_rows[0]).toEqual({
      line: 2,
      reason: 'same_email',
      duplicate_of: 3,
      matched: 'mario@gmail.com',
    });
  });

  it.each([
    ['first', 'a@x.it,1,'],
    ['last', 'A@x.it,,3'],
    ['complete', 'a@X.it,2,2'],
  ] as const)('keeps the %s', async (keep, row) => {
    const list = await clean('email,a,b\na@x.it,1,\na@X.it,2,2\nA@x.it,,3\n', { keep });
    expect(list.clean).toBe(`email,a,b\n${row}\n`);
  });

  it('fills empty cells in the order of the rows, and no address from two halves', async () => {
    const text =
      'email,name,phone,street,city\na@x.it,Mario,,,Roma\na@x.it,,,Via Po 1,Torino\na@x.it,Mario,021234567,,\na@x.it,Anna,0799999,,\n';
    const list = await clean(text, { keep: 'first', fill: true });
    expect(list.clean).toBe('email,name,phone,street,city\na@x.it,Mario,021234567,,Roma\n');
  });

  it('never loses an opt-out', async () => {
    const list = await clean('email,name,unsubscribed\na@x.it,Mario Rossi,\nA@x.it,,yes\n');
    expect(list.clean).toBe('email,name,unsubscribed\na@x.it,Mario Rossi,yes\n');
    expect(list.report.flagged.opted_out).toBe(1);
  });

  it('takes out whom one must not write to', async () => {
    const suppressed = (address: string) => (address === 'a@x.it' ? 'unsubscribed' : undefined);
    const list = await clean('email\nA+b@x.it\nb@x.it\n', { suppressed });
    expect(list.clean).toBe('email\nb@x.it\n');
    expect(list.report.reasons.suppressed).toBe(1);
  });

  it('flags and keeps role addresses, invalid ones and ragged rows', async () => {
    const list = await clean('email,name\ninfo@x.it,Info\nmario@,Mario\nb@x.it,B,too much\n');
    expect(list.report).toMatchObject({ kept: 3, flagged: { role: 1, invalid: 1, ragged: 1 } });
    expect(list.report.flagged_rows).toContainEqual({
      line: 3,
      flag: 'invalid',
      value: 'mario@',
      reason: 'nothing stands after the @',
    });
  });

  it('neutralises formulas, unless told not to', async () => {
    const text = 'email,phone,note\na@x.it,+39 02 1234567,"=HYPERLINK(""x"",1)"\nb@x.it,-5,ok\n';
    expect((await clean(text)).clean).toBe(text.replace('"=H', '"\'=H'));
    expect((await clean(text, { raw: true })).clean).toBe(text);
  });

  it('aligns the added columns beside ragged rows', async () => {
    const { removed } = await clean('email,name\na@x.it,A,1\na@x.it\na@x.it,A,1,2\n', { keep: 'last' });
    expect(removed.split('\n').map((line) => line.split(',').length)).toEqual([6, 6, 6, 1]);
  });

  it('reads windows-1252 and writes UTF-8 with a byte order mark, newline at the end', async () => {
    const list = await clean(Buffer.from('Nome;Email\r\nZoë;z@x.it\r\nZoë;Z@x.it', 'latin1'));
    expect(list.clean).toBe('\ufeffNome;Email\r\nZoë;z@x.it\r\n');
    expect(list.report.encoding).toBe('windows-1252');
  });

  it('cleans a list without header', async () => {
    const list = await clean('Mario,a@x.it\nMario,A@x.it\n');
    expect(list.clean).toBe('Mario,a@x.it\n');
    expect(list.report).toMatchObject({ rows: 2, kept: 1, header_line: null });
  });

  it('writes a file whole, and leaves nothing behind when it cannot', () => {
    const folder = mkdtempSync(join(tmpdir(), 'itaca-'));
    try {
      writeWhole(join(folder, 'a.csv'), [Buffer.from('a'), Buffer.alloc(3 << 20, 'b')]);
      expect(readFileSync(join(folder, 'a.csv'))).toHaveLength((3 << 20) + 1);
      const broken = function* () {
        yield Buffer.from('x');
        throw new Error('broken');
      };
      expect(() => writeWhole(join(folder, 'b.csv'), broken())).toThrow('broken');
      expect(readdirSync(folder)).toEqual(['a.csv']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const data = resolve(process.env.ITACA_DATA ?? '../shared/data');
const noData = !existsSync(join(data, 'import/samples'));

describe('lists of other programs', () => {
  const samples = noData
    ? []
    : readdirSync(join(data, 'import/samples'), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.csv'));

  it('are cleaned or refused with a clear error', async (context) => {
    if (noData) return context.skip('skipped: no data');
    for (const name of samples) {
      const input = readFileSync(join(data, 'import/samples', name));
      try {
        const { report } = await clean(input);
        expect(report.rows, name).toBe(report.kept + report.removed);
        if (!name.includes('accountData')) expect(report.columns.email, name).toBeDefined();
      } catch (error) {
        expect(error, name).toMatchObject({ name: 'ItacaError', code: 'invalid' });
        expect(name).toContain('dataloader');
      }
    }
  });

  it('lose no person and keep no address twice', async (context) => {
    if (noData) return context.skip('skipped: no data');
    const { report } = await clean(readFileSync(join(data, 'dedupe/fake_1000/fake_1000.csv')));
    expect(report.rows).toBe(1000);
    const addresses = report.removed_rows.map((row) => row.matched);
    expect(addresses.every((matched) => matched?.includes('@'))).toBe(true);
  });
});
