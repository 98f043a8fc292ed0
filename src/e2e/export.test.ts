import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { feedCalendar } from './export-reading.js';
import { folder, type Place, project, workspace } from './harness.js';
import { writeSends } from './small-journal.js';

const data = resolve(project, process.env.ITACA_DATA ?? '../shared/data', 'import', 'csv-headers.json');

const list = `Full name,First name,Last name,Email,Phone,Company,Job title,Street,City,ZIP,Country,Birthday,Language,Tags,Notes
Mario Rossi,Mario,Rossi,mario@x.example; m.rossi@y.example,+39 02 1234567,ACME srl,Boss,Via Po 1,Roma,00184,IT,1970-11-24,it,"fiera-2026, vip","likes ""quotes"", commas
and lines"
=cmd|' /C calc'!A0,,,evil@x.example,,,,,,,,,,,=1+1
Anna-Lena Ö,Anna-Lena,Ö,anna@x.example,,,,,,,,--02-29,de,,
`;

const imported = async (place: Place, text: string) =>
  (await place.itaca(['import', 'csv', '-', '--yes', '--json'], { input: text })).json;

/** People without what each workspace makes for itself. */
async function people(place: Place): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = (await place.ok('contact', 'list', '--json')).json;
  const firm = (ref: unknown) => (typeof ref === 'string' ? ref.slice(0, -11) : ref);
  return all.map(
    ({ id: _, ref: _r, path: _p, source: _s, identifiers: _i, custom: _c, company, note, ...rest }) => ({
      ...rest,
      company: firm(company),
      note: String(note).trim(),
    }),
  );
}

describe.concurrent('export csv', () => {
  it.each([[[]], [['--layout', 'google']], [['--layout', 'outlook']]])(
    'with %j is read back as the same people',
    async (layout) => {
      const place = await workspace();
      await imported(place, list);
      const { stdout } = await place.ok('export', 'csv', ...layout);
      expect(stdout).not.toMatch(/(?:^|,)=/m);
      const other = await workspace();
      expect(await imported(other, stdout)).toMatchObject({ rows: 3, created: 3, refused: 0 });
      const plain = (one: Record<string, unknown>) => {
        const { phones, addresses, birthday, tags, language, given_name, ...rest } = one;
        if (layout.length === 0)
          return {
            ...rest,
            phones,
            addresses,
            birthday,
            language,
            given_name,
            tags: [tags ?? []].flat().sort(),
          };
        // Neither knows a name that is not told in parts, Google no language, Outlook no birthday without a year.
        return { ...rest, ...(layout.includes('google') ? { birthday } : { language }) };
      };
      expect((await people(other)).map(plain)).toEqual((await people(place)).map(plain));
    },
    60_000,
  );

  it('keeps several addresses apart on their way out and in', async () => {
    const place = await workspace();
    const addresses =
      'addresses:\n  - {street: Via Po 1, locality: Roma, country: IT}\n  - {street: Rue 2, locality: Lyon, country: FR}\n';
    place.write(
      'contacts/two-aaaaaaaaaa.md',
      `---\nname: Two\nemails:\n  - two@x.example\n${addresses}---\n`,
    );
    const other = await workspace();
    await imported(other, (await place.ok('export', 'csv')).stdout);
    const [there] = await people(place);
    expect((await people(other))[0]).toMatchObject({ addresses: there?.addresses });
  });

  it('has the columns of the schema, and takes any kind', async () => {
    const place = await workspace({ example: 'fair' });
    const { stdout } = await place.ok('export', 'csv', 'kind:deal stage:lost');
    expect(stdout.split('\n')[0]).toBe(
      'id,title,contact,company,stage,value_amount,value_currency,expected_close,owner,office,history,lost_reason,note',
    );
    expect(stdout.split('\n')).toHaveLength(3);
    const both = await place.ok('export', 'csv', 'kind:deal,order');
    expect(both.stdout).toMatch(/^id,kind,title,/);
    expect((await place.ok('export', 'csv', 'tag:nobody-has-this')).stdout).toBe('id\n');
  });

  it('has exactly the columns of Google Contacts and Outlook', async () => {
    if (!existsSync(data)) return console.warn('skipped: no data');
    const { formats } = JSON.parse(readFileSync(data, 'utf8')) as {
      formats: { id: string; header: string[] }[];
    };
    const place = await workspace();
    for (const [layout, id] of [
      ['google', 'google-contacts-2024'],
      ['outlook', 'outlook-desktop-en'],
    ] as const) {
      const { stdout } = await place.ok('export', 'csv', '--layout', layout);
      expect(stdout.trim().split(',')).toEqual(formats.find((one) => one.id === id)?.header);
    }
  });

  it.each(['google', 'outlook'])(
    'gives %s no address that is known to be dead, and says so',
    async (layout) => {
      const place = await workspace();
      place.write(
        'contacts/mario-k3f9w2q8ab.md',
        '---\nname: Mario\nemails:\n  - {address: dead@example.it, primary: true, invalid: true}\n  - live@example.it\n---\n',
      );
      const { stdout, stderr } = await place.ok('export', 'csv', '--layout', layout);
      expect(stdout).toContain('live@example.it');
      expect(stdout).not.toContain('dead@example.it');
      expect(stderr).toContain('1 invalid address left out');
      // Our own table says that it is dead.
      expect((await place.ok('export', 'csv')).stdout).toContain('dead@example.it');
    },
  );

  it('writes a file, and none over another', async () => {
    const place = await workspace({ example: 'fair' });
    const out = join(folder(), 'people.csv');
    const dry = await place.ok('export', 'csv', '-o', out, '--dry-run', '--json');
    expect(dry.json).toEqual({ format: 'csv', records: 27, path: out });
    expect(existsSync(out)).toBe(false);
    expect((await place.ok('export', 'csv', '-o', out, '--json')).json).toEqual(dry.json);
    const before = readFileSync(out);
    expect((await place.itaca(['export', 'jsonl', '-o', out, '--json'])).error.message).toContain('is there');
    expect(readFileSync(out)).toEqual(before);
    expect((await place.itaca(['export', 'csv', '--json'])).error.code).toBe('usage');
    expect((await place.itaca(['export', 'csv', 'colour:red'])).code).toBe(2);
    expect((await place.itaca(['export', 'csv', '-o', join(out, 'x')])).code).toBe(4);
  });
});

describe.concurrent('export jsonl', () => {
  it('gives what --json gives of each record, one a line', async () => {
    const place = await workspace({ example: 'fair' });
    const { stdout } = await place.ok('export', 'jsonl', 'kind:case');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const listed: { id: string }[] = (await place.ok('case', 'list', '--all', '--json')).json;
    expect(lines).toHaveLength(listed.length);
    const { json } = await place.ok('case', 'show', lines[0].id, '--json');
    expect(json).toMatchObject(lines[0]);
    expect(lines[0]).toMatchObject({ kind: 'case', path: expect.any(String), note: expect.any(String) });
  });
});

describe.concurrent('export ics', () => {
  it('has birthdays every year, meetings, and what is due, under UIDs that stay', async () => {
    const place = await workspace({ example: 'fair' });
    await place.ok('contact', 'add', '--name', 'Leap; Day', '--email', 'leap@x.example');
    await place.ok('contact', 'set', 'leap@x.example', 'birthday=--02-29');
    const { stdout } = await place.ok('export', 'ics');
    expect(stdout).toBe((await place.ok('export', 'ics')).stdout);
    const events = feedCalendar(stdout);
    const leap = events.find((one) => one.SUMMARY === 'birthday: Leap\\; Day');
    expect(leap).toMatchObject({
      'DTSTART;VALUE=DATE': '20000229',
      RRULE: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
      TRANSP: 'TRANSPARENT',
    });
    expect(events.find((one) => one.SUMMARY?.startsWith('visit: Walk through the rooms'))).toMatchObject({
      DTSTART: '20261103T130000Z',
      DTEND: '20261103T143500Z',
    });
    const uids = events.map(({ UID }) => UID);
    expect(new Set(uids).size).toBe(uids.length);
    const due = feedCalendar((await place.ok('due', '--ics')).stdout).map(({ UID }) => UID);
    expect(uids).toEqual(expect.arrayContaining(due));
  });
});

describe.concurrent('export of everything', () => {
  it('is an SQLite file of plain tables', async () => {
    const place = await workspace({ example: 'fair' });
    const out = join(folder(), 'house.sqlite');
    const { json } = await place.ok('export', 'sqlite', '-o', out, '--json');
    expect((await place.itaca(['export', 'sqlite', '-o', out])).code).toBe(2);
    const db = new Database(out, { readonly: true });
    const one = (sql: string) => db.prepare(sql).raw().get() as unknown[];
    expect(one('pragma integrity_check')).toEqual(['ok']);
    for (const [table, count] of Object.entries(json.tables))
      expect([table, ...one(`select count(*) from "${table}"`)]).toEqual([table, count]);
    expect(
      one(`select c.name, f.name, e.address, k.state from contacts c join companies f on f.id = c.company
        join contact_emails e on e.contact = c.id join contact_consents k on k.contact = c.id
        where c.name = 'Annika Petersen'`),
    ).toEqual(['Annika Petersen', 'Lichthaus Nord', 'petersen@lichthaus-nord.example', 'given']);
    expect(one(`select typeof(value_amount), value_amount from deals where stage = 'lost'`)).toEqual([
      'integer',
      27300,
    ]);
    expect(json.records).toBe(106);
    db.close();
  });

  it('is a folder of Parquet files that DuckDB reads, ledgers by month, every line once', async () => {
    const place = await workspace({ example: 'fair' });
    const lines = writeSends(place, [
      '2026-10-31T23:30:00-02:00',
      '2026-11-05T10:00:00+01:00',
      '2026-11-30T23:59:59.999Z',
    ]);
    const out = join(folder(), 'warehouse');
    const dry = await place.ok('export', 'parquet', '-o', out, '--dry-run', '--json');
    expect(existsSync(out)).toBe(false);
    const { json } = await place.ok('export', 'parquet', '-o', out, '--json');
    expect(json).toEqual(dry.json);
    expect(json).toMatchObject({ format: 'parquet', records: 107, lines, path: out });
    expect(readdirSync(join(out, '..'))).toEqual(['warehouse']);
    const ask = await duckdb();
    for (const [table, count] of Object.entries(json.tables))
      expect([table, await ask(`select count(*)::int n from '${out}/${table}/**/*.parquet'`)]).toEqual([
        table,
        [{ n: count }],
      ]);
    const sends = `read_parquet('${out}/sends/**/*.parquet', hive_partitioning = true)`;
    expect(
      await ask(
        `select year, month, epoch_ms("at")::bigint as ms, contact, more from ${sends} where event = 'sent' order by 3`,
      ),
    ).toEqual([
      expect.objectContaining({ year: '2026', month: '11', ms: String(Date.parse('2026-11-01T01:30:00Z')) }),
      expect.objectContaining({ month: '11', ms: String(Date.parse('2026-11-05T09:00:00Z')) }),
      expect.objectContaining({ month: '11', ms: String(Date.parse('2026-11-30T23:59:59.999Z')) }),
    ]);
    // The token of a message would let anybody unsubscribe its receiver.
    expect(await ask(`select count(*)::int n from ${sends} where more is not null`)).toEqual([{ n: 0 }]);
    expect(
      await ask(`select sum(value_amount)::varchar s, any_value(typeof(value_amount)) t,
      any_value(typeof(expected_close)) d from '${out}/deals/*.parquet'`),
    ).toEqual([{ s: '55340.0000', t: 'DECIMAL(18,4)', d: 'DATE' }]);
    expect(
      await ask(`select c.name, e.address from '${out}/contacts/*.parquet' c
        join '${out}/contact_emails/*.parquet' e on e.contact = c.id where e.primary order by 1 limit 1`),
    ).toHaveLength(1);
  });

  it('takes half a character, as a file may hold one, for what Unicode puts in its place', async () => {
    const place = await workspace();
    place.write(
      'contacts/half-aaaaaaaaaa.md',
      '---\nname: "Half \\uD800 \\u0007"\nemails:\n  - half@x.example\nbirthday: 1970-01-01\nshoe: "\\uDC00"\n---\n',
    );
    const where = folder();
    expect((await place.ok('contact', 'show', 'half@x.example', '--json')).json.name).toBe(
      'Half \ufffd \u0007',
    );
    for (const format of ['csv', 'jsonl', 'ics', 'vcard', 'sqlite', 'parquet'])
      await place.ok('export', format, '-o', join(where, format));
    expect(readFileSync(join(where, 'csv'), 'utf8')).toContain('Half \ufffd \\u0007,');
    const db = new Database(join(where, 'sqlite'), { readonly: true });
    expect(db.prepare('select name, more from contacts').raw().get()).toEqual([
      'Half \ufffd \u0007',
      '{"shoe":"\ufffd"}',
    ]);
    db.close();
    expect(await (await duckdb())(`select name from '${where}/parquet/contacts/*.parquet'`)).toEqual([
      { name: 'Half \ufffd \u0007' },
    ]);
  });

  it('refuses a ledger that was changed, and leaves nothing behind', async () => {
    const place = await workspace({ example: 'fair' });
    writeSends(place, ['2026-11-05T10:00:00+01:00']);
    const [ledger] = place.files('campaigns').filter((path) => path.endsWith('.jsonl')) as [string];
    place.edit(ledger, '"transport":"smtp"', '"transport":"none"');
    const where = folder();
    for (const format of ['parquet', 'sqlite']) {
      const run = await place.itaca(['export', format, '-o', join(where, 'out'), '--json']);
      expect(run).toMatchObject({ code: 4, stdout: '' });
      expect(run.error).toMatchObject({ path: ledger, line: 1 });
    }
    expect(readdirSync(where)).toEqual([]);
  });
});

async function duckdb() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
}
