import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { folder, itaca, project, sum, terminal, workspace } from './harness.js';

const data = resolve(project, process.env.ITACA_DATA ?? '../shared/data', 'dedupe');

const measures = [
  'rows',
  'true_pairs',
  'precision',
  'recall',
  'f1',
  'b3',
  'ceiling',
  'candidates',
  'seconds',
  'errors',
  'blocking',
];

const given = 'Mario Anna Luca Giulia Paolo Chiara Marco Sara Pietro Elena'.split(' ');
const family = 'Rossi Bianchi Verdi Russo Ferrari Esposito Gallo Conti Costa Rizzo'.split(' ');

interface Person {
  who: number;
  first: string;
  last: string;
  email: string;
  phone: string;
  born: string;
}

/** A hundred people, of whom every fourth comes again: misspelt, with another address, or with names turned round. */
function people(): Person[] {
  const all: Person[] = [];
  for (let n = 0; n < 100; n++) {
    const digest = createHash('sha256').update(String(n)).digest();
    const [first, last] = [given[n % 10]!, family[Math.floor(n / 10)]!];
    const one = {
      who: n,
      first,
      last,
      email: `${first}.${last}${digest[0]}@${digest[1]! % 2 ? 'x' : 'y'}.example`.toLowerCase(),
      phone: `02 ${5_550_000 + digest.readUInt16BE(2)}`,
      born: `19${50 + (digest[4]! % 49)}-0${1 + (digest[5]! % 9)}-1${digest[6]! % 10}`,
    };
    all.push(one);
    if (n % 4 === 0) all.push({ ...one, last: `${last.slice(0, 2)}${last.slice(3)}`, email: '' });
    if (n % 12 === 0) all.push({ ...one, first: last, last: first, phone: '' });
  }
  return all;
}

const header = 'line_id,first_name,last_name,email,phone,dob';
const cells = ({ first, last, email, phone, born }: Person, id: string) =>
  [id, first, last, email, phone, born].join(',');

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

const labelled = () =>
  `${header},who\n${people()
    .map((one, i) => `${cells(one, `r${i}`)},P${one.who}`)
    .join('\n')}\n`;

const unlabelled = () =>
  `${header}\n${people()
    .map((one, i) => cells(one, `r${i}`))
    .join('\n')}\n`;

/** The true pairs, each row by what it is called. */
function pairs(call: (row: number) => string): string {
  const all = people();
  const lines = all.flatMap((one, a) =>
    all.flatMap((other, b) => (a < b && one.who === other.who ? [`${call(a)},${call(b)}`] : [])),
  );
  return `a,b\n${lines.join('\n')}\n`;
}

describe.concurrent('dedupe evaluate', () => {
  it('measures against a column that says who each row is', async () => {
    const run = await itaca(['dedupe', 'evaluate', file('list.csv', labelled()), '--truth', 'who', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(run.json)).toEqual(measures);
    const { rows, true_pairs, f1, precision, recall, ceiling, candidates } = run.json;
    expect(rows).toBe(people().length);
    expect(true_pairs).toBe(25 + 9 * 2);
    expect(f1).toBeGreaterThan(0.9);
    expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 3);
    expect(ceiling).toBeGreaterThanOrEqual(recall);
    expect(run.json.blocking.reduce((all: number, { pairs: n }: { pairs: number }) => all + n, 0)).toBe(
      candidates,
    );
    expect(run.stdout).not.toContain('P12');
  });

  it('measures the same against pairs of ids, pairs of places, and a packed list', async () => {
    const list = file('list.csv', unlabelled());
    const places = file('places.csv', pairs(String));
    const ids = file(
      'ids.csv',
      pairs((row) => `r${row}`),
    );
    const packed = file('list.csv.gz', gzipSync(labelled()));
    const [one, two, three, four] = await Promise.all([
      itaca(['dedupe', 'evaluate', list, '--truth', ids, '--json']),
      itaca(['dedupe', 'evaluate', list, '--truth', ids, '--id', 'line_id', '--json']),
      itaca(['dedupe', 'evaluate', list, '--truth', places, '--json']),
      itaca(['dedupe', 'evaluate', packed, '--truth', 'who', '--json']),
    ]);
    for (const run of [one, two, three, four]) {
      expect(run.stderr).toBe('');
      expect({ ...run.json, seconds: 0 }).toEqual({ ...one.json, seconds: 0 });
    }
  });

  it('measures pairs between two lists, of which neither has a double', async () => {
    const all = people();
    const first = all.filter((one, i) => all.findIndex(({ who }) => who === one.who) === i);
    const again = all.filter(
      (one, i) => one.who % 4 === 0 && all[i - 1]?.who === one.who && one.email === '',
    );
    const a = file('a.csv', `${header}\n${first.map((one) => cells(one, `a${one.who}`)).join('\n')}\n`);
    const b = file(
      'b.csv',
      `Cognome;Nome;Telefono;Nato il;nr\n${again.map((one) => [one.last, one.first, one.phone, one.born, `b${one.who}`].join(';')).join('\n')}\n`,
    );
    const truth = file('truth.csv', `${again.map(({ who }) => `a${who},b${who}`).join('\n')}\n`);
    const map = ['--map', 'Nato il=date'];
    const missing = await itaca(['dedupe', 'evaluate', a, b, '--truth', truth, ...map, '--json']);
    expect(missing.error).toMatchObject({ code: 'invalid', path: truth, line: 2 });
    const renamed = file('b2.csv', readFileSync(b, 'utf8').replace(';nr', ';line_id'));
    const line = ['dedupe', 'evaluate', a, renamed, '--truth', truth, '--id', 'line_id', ...map];
    const run = await itaca([...line, '--json']);
    expect(run.stderr).toBe('');
    expect(run.json).toMatchObject({ rows: 125, true_pairs: 25 });
    expect(run.json.f1).toBeGreaterThan(0.9);

    const out = join(folder(), 'both.csv');
    const linked = await itaca(['dedupe', a, renamed, '--id', 'line_id', ...map, '-o', out, '--json']);
    expect(linked.code, linked.stderr).toBe(0);
    const { rows_a, rows_b, matched, only_a, only_b } = linked.json;
    expect({ rows_a, rows_b }).toEqual({ rows_a: 100, rows_b: 25 });
    expect([matched + only_a, matched + only_b]).toEqual([rows_a, rows_b]);
    expect(linked.json.pairs).toHaveLength(matched);
    const right = (linked.json.pairs as { a: string; b: string }[]).filter(
      (pair) => pair.a.slice(1) === pair.b.slice(1),
    );
    expect(right.length / 25).toBeCloseTo(run.json.recall, 3);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(matched + 1);
    expect(lines[0]).toBe(
      'line_id,first_name,last_name,email,phone,dob,Cognome,Nome,Telefono,Nato il,line_id_2,itaca_line_a,itaca_line_b',
    );
    const plain = await itaca(['dedupe', a, renamed, '--id', 'line_id', ...map]);
    expect(plain.stdout.trimEnd().split('\n')).toEqual(
      (linked.json.pairs as { a: string; b: string }[]).map((pair) => `${pair.a}\t${pair.b}`),
    );
    expect(plain.stderr).toContain(`${matched} rows are in both lists`);
  });

  it.each([
    ['no column that can be compared', 'x,y,who\n1,2,A\n3,4,A\n', 4, 'no column can be compared'],
    ['an empty file', '', 4, 'the file is empty'],
    ['a header alone', 'email,who\n', 4, 'no rows'],
    ['another truth', 'email,person\na@x.it,1\n', 3, 'neither a column nor a file'],
  ])('refuses %s', async (_, content, code, message) => {
    const run = await itaca(['dedupe', 'evaluate', file('list.csv', content), '--truth', 'who']);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain('hint:');
  });

  it('refuses what is packed and cut off', async () => {
    const cut = file('list.csv.gz', gzipSync(labelled()).subarray(0, 200));
    const run = await itaca(['dedupe', 'evaluate', cut, '--truth', 'who', '--json']);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.error).toMatchObject({ code: 'invalid', path: cut });
  });

  it('names what it looked for, and takes what it is told by --map', async () => {
    const list = file('list.csv', 'x,y,who\nMario Rossi,2,A\nMaria Rossa,4,B\nMario Rossi,9,A\n');
    const refused = await itaca(['dedupe', 'evaluate', list, '--truth', 'who', '--json']);
    expect(refused.error.hint).toMatch(/Looked for: .*email, phone.*"x", "y".*--map/);
    const run = await itaca(['dedupe', 'evaluate', list, '--truth', 'who', '--map', 'x=name', '--json']);
    expect(run.json).toMatchObject({ rows: 3, true_pairs: 1 });
    for (const map of ['x', 'x=colour', '=name'])
      expect((await itaca(['dedupe', 'evaluate', list, '--truth', 'who', '--map', map])).code).toBe(2);
    const missing = await itaca(['dedupe', 'evaluate', list, '--truth', 'who', '--map', 'z=name']);
    expect(missing).toMatchObject({ code: 2 });
    expect((await itaca(['dedupe', 'evaluate', list])).code).toBe(2);
  });

  it('ends where all rows say the same, and where they say nothing, and says what was left', async () => {
    const alike = Array.from({ length: 3000 }, (_, i) => `Mario,Rossi,${i % 1500}`).join('\n');
    const same = await itaca([
      ...['dedupe', 'evaluate', file('same.csv', `first_name,last_name,who\n${alike}\n`)],
      ...['--truth', 'who', '--json'],
    ]);
    expect(same.code, same.stderr).toBe(0);
    expect(same.json).toMatchObject({ rows: 3000, true_pairs: 1500 });
    const empty = Array.from({ length: 20_000 }, (_, i) => `${i},`).join('\n');
    const nothing = await itaca([
      ...['dedupe', 'evaluate', file('empty.csv', `who,name\n${empty}\n`)],
      ...['--truth', 'who'],
    ]);
    expect(nothing.code).toBe(0);
    expect(nothing.stderr).toContain('20000 of 20000 rows have nothing to be compared by');
    expect(nothing.stdout).toContain('candidates\t0\n');
  });

  it('shows the worst errors on a terminal, and nothing there that drives it', async () => {
    const strange = ['Mario,Ros\u001b[31msi,m@x.it,,,A', 'Mario,Ros\u001b[31msi,m@x.it,,,B'];
    const unlike = ['Anna,Verdi,,02 123456,,C', 'Ugo,Neri,,,,C'];
    const list = file(
      'list.csv',
      `${[labelled().trimEnd(), ...[...strange, ...unlike].map((row) => `x,${row}`)].join('\n')}\n`,
    );
    const run = await terminal(['dedupe', 'evaluate', list, '--truth', 'who']);
    if (run === undefined) return;
    expect(run.stdout).toContain('Held to be one, and are two');
    expect(run.stdout).toContain('Held to be two, and are one');
    expect(run.stdout).not.toContain('\u001b[31msi');
  });
});

describe.concurrent('dedupe explain', () => {
  it('adds up, and agrees with what is found', async () => {
    const list = file('list.csv', unlabelled());
    for (const [a, b] of [
      ['r0', 'r1'],
      ['r0', 'r2'],
      ['r0', 'r9'],
      ['r3', 'r4'],
    ] as const) {
      const { json } = await itaca(['dedupe', 'explain', a, b, '--id', 'line_id', '--in', list, '--json']);
      expect(Object.keys(json)).toEqual(['prior', 'fields', 'adjustment', 'total', 'probability', 'verdict']);
      const weights = (json.fields as { weight: number }[]).map(({ weight }) => weight);
      const said = weights.reduce((all, weight) => all + weight, 0);
      expect(json.prior + said + json.adjustment).toBeCloseTo(json.total, 6);
      expect(json.probability).toBeCloseTo(1 / (1 + 2 ** -json.total), 6);
      expect(json.verdict).toBe(b === 'r1' || b === 'r2' ? 'same' : 'different');
      for (const field of json.fields)
        expect(Object.keys(field)).toEqual(['field', 'a', 'b', 'level', 'base', 'weight']);
    }
  });

  it('takes rows by their lines, and one of each of two lists', async () => {
    const list = file('list.csv', `${header}\n1,Mario,Rossi,m@x.it,,\n2,Anna,Verdi,a@x.it,,\n`);
    const other = file('other.csv', 'Name;Mail\nAldo Neri;n@x.it\nRossi Mario;m@x.it\n');
    const run = await itaca(['dedupe', 'explain', '2', '3', '--in', list, '--with', other, '--json']);
    expect(run.json.fields).toHaveLength(2);
    expect(run.json.fields).toContainEqual(
      expect.objectContaining({ field: 'first_name + last_name', a: 'mario rossi', b: 'rossi mario' }),
    );
    expect(run.json.fields).toContainEqual(
      expect.objectContaining({ field: 'email', a: 'm@x.it', b: 'm@x.it', level: 'exact' }),
    );
    const rows = await itaca(['dedupe', 'explain', '2', '3', '--in', list]);
    expect(rows.stdout).toMatch(/^prior\t\t-?[\d.]+\t\t\n/);
    expect(rows.stdout).toMatch(/total\tdifferent\t/);
    const shown = await terminal(['dedupe', 'explain', '2', '3', '--in', list]);
    if (shown) expect(shown.stdout).toMatch(/first_name +mario \/ anna +different +−\d\.\d +█+/);
  });

  it.each([
    [['1', '2'], 3],
    [['2', '9'], 3],
    [['x', '2'], 3],
    [['2', '2'], 2],
    [['Mario', 'Anna', '--id', 'first_name'], 3],
    [['Ugo', 'Anna', '--id', 'first_name'], 3],
    [['2', '3', '--id', 'nothing'], 2],
  ])('refuses rows that are not there: %j', async (args, code) => {
    const list = file('list.csv', `${header}\n1,Mario,Rossi,,,\n2,Anna,Verdi,,,\n3,Mario,Neri,,,\n`);
    const run = await itaca(['dedupe', 'explain', ...args, '--in', list]);
    expect(run, run.stderr).toMatchObject({ code, stdout: '' });
  });

  it('without a list is about records, and needs their workspace', async () => {
    expect(await itaca(['dedupe', 'explain', '1', '2'])).toMatchObject({ code: 3, stdout: '' });
  });
});

describe.concurrent('dedupe of two lists', () => {
  it('runs no formula, and overwrites neither', async () => {
    const others = Array.from({ length: 50 }, (_, i) => i);
    const a = file(
      'a.csv',
      `email,name,note\nm@x.it,Mario Rossi,=1+1\n${others.map((i) => `a${i}@y.it,A${i} Bianchi,`).join('\n')}\n`,
    );
    const b = file(
      'b.csv',
      `Mail,Nome,x\nm@x.it,Mario Rossi,"@SUM(A1)"\n${others.map((i) => `b${i}b@z.it,B${i} Verdi,`).join('\n')}\n`,
    );
    const out = join(folder(), 'out.csv');
    expect((await itaca(['dedupe', a, b, '-o', b])).code).toBe(2);
    expect((await itaca(['dedupe', a, b, '-o', out, '--dry-run'])).code).toBe(0);
    expect(existsSync(out)).toBe(false);
    expect((await itaca(['dedupe', a, b, '-o', out])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(
      "email,name,note,Mail,Nome,x,itaca_line_a,itaca_line_b\nm@x.it,Mario Rossi,'=1+1,m@x.it,Mario Rossi,'@SUM(A1),2,2\n",
    );
    expect((await itaca(['dedupe', a, b, '-o', out, '--raw'])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(',=1+1,m@x.it,Mario Rossi,@SUM(A1)');
  });

  it('needs a column that both have', async () => {
    const a = file('a.csv', 'email\nm@x.it\n');
    const b = file('b.csv', 'phone\n02 5550123\n');
    const run = await itaca(['dedupe', a, b, '--json']);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.error).toMatchObject({ code: 'invalid', path: a });
    expect(run.error.hint).toMatch(/Looked for: .*a\.csv has: "email".*b\.csv has: "phone"/);
  });

  it.each([['--fuzzy'], ['--fill'], ['--keep', 'last'], ['--removed', 'r.csv']])(
    'removes nothing, and refuses %s',
    async (...option) => {
      const a = file('a.csv', 'email\nm@x.it\n');
      expect(await itaca(['dedupe', a, a, ...option])).toMatchObject({ code: 2, stdout: '' });
    },
  );
});

describe.concurrent('dedupe --fuzzy', () => {
  it('also removes who is one person by all cells together; the counts add up', async () => {
    const list = file('list.csv', labelled());
    const out = { clean: join(folder(), 'clean.csv'), removed: join(folder(), 'removed.csv') };
    const options = ['--country', 'IT', '--json'];
    const exact = await itaca(['dedupe', list, ...options]);
    expect(exact.json.reasons).not.toHaveProperty('same_person');
    expect(exact.json).not.toHaveProperty('ask');
    const { json } = await itaca([
      ...['dedupe', list, '--fuzzy', '--map', 'who=none', '-o', out.clean, '--removed', out.removed],
      ...options,
    ]);
    expect(json.rows).toBe(people().length);
    expect(json.rows).toBe(json.kept + json.removed);
    expect(sum(json.reasons)).toBe(json.removed);
    expect(json.removed).toBeGreaterThan(exact.json.removed);
    expect(json.reasons.same_person).toBeGreaterThan(0);
    expect(json.ask_pairs).toHaveLength(json.ask);
    const who = people().map((one) => one.who);
    for (const { line, duplicate_of, reason } of json.removed_rows)
      if (reason === 'same_person') expect(who[line - 2]).toBe(who[duplicate_of - 2]);
    const written = readFileSync(out.clean, 'utf8').trimEnd().split('\n').length - 1;
    expect(written).toBe(json.kept);
    expect(readFileSync(out.removed, 'utf8')).toContain(',same_person,');
  });

  it('removes one of two addresses of a person, and leaves namesakes alone', async () => {
    const rows = people()
      .filter(({ email }) => email !== '')
      .map((one, i) => cells(one, `r${i}`));
    const [first, last, phone, born] = ['Ottavio', 'Bellincioni', '02 7654321', '1961-05-06'];
    rows.push(`x1,${first},${last},ottavio@old.example,${phone},${born}`);
    rows.push(`x2,${first},${last},o.bellincioni@new.example,${phone},${born}`);
    rows.push(`x3,Mario,Rossi,another@z.example,06 999888,1999-09-09`);
    const list = file('list.csv', `${header}\n${rows.join('\n')}\n`);
    const { json } = await itaca(['dedupe', list, '--fuzzy', '--country', 'IT', '--json']);
    const gone = (json.removed_rows as { line: number; duplicate_of: number }[]).filter(
      ({ line }) => line > rows.length - 2,
    );
    expect(gone).toMatchObject([{ line: rows.length, duplicate_of: rows.length - 1 }]);
  });

  it('never keeps who is suppressed, whatever else is known of him', async () => {
    const place = await workspace();
    await place.ok('suppress', 'add', 'mario@x.it', '--reason', 'unsubscribed');
    place.write(
      '../list.csv',
      'name,email,phone\nMario Rossi,mario@x.it,02 5550123\nAnna Verdi,anna@x.it,\n',
    );
    const { json } = await place.itaca(['dedupe', place.path('../list.csv'), '--fuzzy', '--json']);
    expect(json).toMatchObject({ rows: 2, kept: 1, reasons: { suppressed: 1 } });
  });

  it('reads a list without header', async () => {
    const rows = people().map(
      ({ first, last, email, phone, born }) => `${first} ${last};${email};${phone};${born}`,
    );
    const list = file('list.csv', `${rows.join('\r\n')}\r\n`);
    const { json } = await itaca(['dedupe', list, '--fuzzy', '--country', 'IT', '--json']);
    expect(json).toMatchObject({ header_line: null, rows: rows.length });
    expect(json.kept + json.removed).toBe(rows.length);
    expect(json.reasons.same_person).toBeGreaterThan(10);
  });

  it('alone takes --map and --id', async () => {
    const list = file('list.csv', 'email\nm@x.it\n');
    expect((await itaca(['dedupe', list, '--map', 'email=email'])).code).toBe(2);
    expect((await itaca(['dedupe', list, '--id', 'email'])).code).toBe(2);
  });
});

/** Lists of known truth that others made, and an F1 that must not be lost. */
const known: [name: string, least: number, files: string[], truth: string | undefined, more: string[]][] = [
  ['FEBRL 3', 0.98, ['febrl/dataset3.csv'], undefined, []],
  ['FEBRL 4', 0.99, ['febrl/dataset4a.csv', 'febrl/dataset4b.csv'], undefined, []],
  ['fake_1000', 0.85, ['fake_1000/fake_1000.csv'], 'cluster', []],
  ['restaurant', 0.95, ['restaurant_fodors_zagat/restaurant.csv'], 'class', []],
  [
    'Fodors and Zagat',
    0.95,
    ['restaurant_fodors_zagat/fodors.csv', 'restaurant_fodors_zagat/zagats.csv'],
    'restaurant_fodors_zagat/matches_fodors_zagats.csv',
    [],
  ],
  ['tier 1', 0.98, ['dqbench_er/er_tier1.csv'], 'dqbench_er/er_tier1_pairs.csv', []],
  ['RLdata500', 0.95, ['rldata500/RLdata500.csv'], 'ent_id', ['--id', 'rec_id']],
  [
    'firms',
    0.95,
    ['orgs_hard/records.csv'],
    'orgs_hard/truth.csv',
    ['--id', 'record_id', '--map', 'hardness=none'],
  ],
];

const there = known.filter(([, , files]) => files.every((name) => existsSync(join(data, name))));

/** FEBRL says who a record is in its id: rec-<n>-org and rec-<n>-dup-<m>. */
function febrlTruth(files: readonly string[]): string {
  const ids = files.map((name) =>
    readFileSync(join(data, name), 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',')[0] ?? '')
      .filter(Boolean),
  );
  const person = (id: string) => id.split('-')[1];
  const last = new Map<string | undefined, string[]>();
  for (const id of ids.at(-1)!) last.set(person(id), [...(last.get(person(id)) ?? []), id]);
  const lines = ids[0]!.flatMap((id) =>
    (last.get(person(id)) ?? []).filter((one) => files.length > 1 || id < one).map((one) => `${id},${one}`),
  );
  return file('pairs.csv', `a,b\n${lines.join('\n')}\n`);
}

describe.skipIf(there.length === 0)(
  `lists of known truth${there.length === 0 ? ' (skipped: no data)' : ''}`,
  () => {
    it.each(there.length > 0 ? there : known)('%s', async (_, least, files, truth, more) => {
      const inData = files.map((name) => join(data, name));
      const known = truth === undefined ? febrlTruth(files) : truth.includes('/') ? join(data, truth) : truth;
      const run = await itaca(['dedupe', 'evaluate', ...inData, '--truth', known, ...more, '--json']);
      expect(run.code, run.stderr).toBe(0);
      expect(run.json.f1).toBeGreaterThan(least);
      expect(run.json.ceiling).toBeGreaterThan(0.9);
    });
  },
);
