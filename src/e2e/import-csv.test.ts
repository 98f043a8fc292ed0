import { describe, expect, it } from 'vitest';
import { type Place, session, workspace } from './harness.js';

const csv = (...rows: (string | number)[][]) => `${rows.map((row) => row.join(',')).join('\n')}\n`;

async function importing(place: Place, text: string | Uint8Array, ...options: string[]) {
  place.write('../in.csv', text);
  const { json } = await place.ok('import', 'csv', place.path('../in.csv'), '--yes', '--json', ...options);
  const { rows, created, updated, unchanged, refused } = json;
  expect(created + updated + unchanged + refused).toBe(rows);
  return json;
}

const shown = async (place: Place, who: string) => (await place.ok('contact', 'show', who, '--json')).json;

const hubspot = [
  'Record ID',
  'First Name',
  'Last Name',
  'Email',
  'Contact owner',
  'Lifecycle Stage',
  'Unsubscribed from all email',
  'Shoe size',
];

describe.concurrent('import csv of a known format', () => {
  it('says which it is, and puts every column where it belongs', async () => {
    const place = await workspace();
    const row = [7, 'Mario', 'Rossi', 'mario@example.it', 'anna', 'salesqualifiedlead', '', '44'];
    const report = await importing(
      place,
      csv(hubspot, row, [8, 'Ada', 'Blu', 'ada@example.it', 'Somebody', '', 'true', '']),
    );
    expect(report).toMatchObject({
      format: 'hubspot-contacts-view',
      created: 2,
      suppressed: 1,
      errors: [],
      left: [],
    });
    expect(await shown(place, 'mario@example.it')).toMatchObject({
      lifecycle: 'prospect',
      owner: 'anna',
      identifiers: { hubspot: '7' },
      custom: { 'Shoe size': '44' },
    });
    const ada = await shown(place, 'ada@example.it');
    expect(ada.owner).toBeUndefined();
    expect(ada.custom).toEqual({ 'Contact owner': 'Somebody' });
    expect((await place.ok('check', '--json')).json).toEqual([]);
  });

  it('knows somebody by what the other system calls him, whatever else changed there', async () => {
    const place = await workspace();
    await importing(place, csv(hubspot, [7, 'Maria', 'Rossi', 'maria@example.it', '', '', '', '38']));
    const married = csv(hubspot, [7, 'Maria', 'Bianchi', 'maria@new.example', '', '', '', '39']);
    const report = await importing(place, married);
    expect(report).toMatchObject({ created: 0, updated: 1 });
    expect(report.left.map(({ key }: { key: string }) => key).sort()).toEqual([
      'custom.Shoe size',
      'family_name',
      'name',
    ]);
    expect(await importing(place, married)).toMatchObject({ updated: 0, unchanged: 1 });
    expect((await place.ok('contact', 'list', '--json')).json).toHaveLength(1);
    const maria = await shown(place, 'maria@new.example');
    expect(maria).toMatchObject({ name: 'Maria Rossi', emails: ['maria@example.it', 'maria@new.example'] });
  });

  it('knows a firm by what the other system calls it, for its people and its deals', async () => {
    const place = await workspace();
    const head = [...hubspot.slice(0, 5), 'Associated Company', 'Associated Company IDs'];
    const list = csv(
      head,
      [1, 'Mario', 'Rossi', 'm@example.it', '', 'ACME srl', '90;91'],
      [2, 'Anna', 'Blu', 'a@example.it', '', 'ACME srl', '92'],
    );
    expect(await importing(place, list)).toMatchObject({ created: 2, companies: 2 });
    const deals = csv(
      ['Record ID', 'Deal Name', 'Deal Stage', 'Associated Company IDs', 'Associated Contact IDs'],
      [5, 'Fiera', 'won', '90', '2'],
    );
    await importing(place, deals);
    const [deal] = (await place.ok('sql', 'select contact, company from deals', '--json')).json;
    expect(deal).toEqual({
      contact: (await shown(place, 'a@example.it')).path.slice(9, -3),
      company: (await shown(place, 'm@example.it')).company,
    });
    expect(await importing(place, list)).toMatchObject({ created: 0, updated: 0, companies: 0 });
  });

  it('keeps two of one address apart whom the system keeps apart, where their names differ', async () => {
    const place = await workspace();
    const list = csv(
      hubspot,
      [1, 'Mario', 'Rossi', 'info@example.it', '', '', '', ''],
      [2, 'Anna', 'Blu', 'info@example.it', '', '', '', ''],
    );
    expect(await importing(place, list)).toMatchObject({ created: 2 });
    expect(await importing(place, list)).toMatchObject({ unchanged: 2, left: [] });
  });

  it('keeps two apart who share an address and bear other names, also when the list comes again', async () => {
    const place = await workspace();
    const list = csv(
      ['Name', 'Email', 'Mobile', 'Company', 'Notes'],
      ['Anna Bianchi', 'info@acme.example', '', 'ACME', 'first'],
      ['Paolo Verdi', 'info@acme.example', '+39 347 5550142', 'ACME', 'his'],
    );
    expect(await importing(place, list)).toMatchObject({ created: 2, companies: 1, left: [] });
    expect(await importing(place, list)).toMatchObject({ unchanged: 2, left: [] });
    const people = (await place.ok('contact', 'list', '--json')).json as Record<string, unknown>[];
    expect(people.map(({ name, phones }) => [name, phones !== undefined]).sort()).toEqual([
      ['Anna Bianchi', false],
      ['Paolo Verdi', true],
    ]);
    const married = csv(['Name', 'Email'], ['Anna Neri', 'info@acme.example']);
    expect(await importing(place, married)).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('names whom an address stood for, and makes no firm that nobody works for', async () => {
    const place = await workspace();
    await importing(place, 'Email,Company\nada@example.it,ACME\n');
    const list = 'Name,Email,Company,Remark\nAda Blu,ada@example.it,Other,good\n';
    const report = await importing(place, list, '--map', 'note=Remark');
    expect(report).toMatchObject({
      updated: 1,
      companies: 0,
      columns: { notes: ['Remark'] },
      left: [{ key: 'company', file: 'Other' }],
    });
    expect((await shown(place, 'ada@example.it')).name).toBe('Ada Blu');
    expect((await place.ok('company', 'list', '--json')).json).toHaveLength(1);
    expect(await importing(place, list, '--prefer', 'file')).toMatchObject({ updated: 1, companies: 1 });
    expect(await importing(place, list)).toMatchObject({ unchanged: 1, companies: 0, left: [] });
  });

  it('applies what people who left say, with its date and reason, and never takes it back', async () => {
    const place = await workspace();
    const cleaned = csv(
      ['Email Address', 'First Name', 'CLEAN_TIME'],
      ['gone@example.it', 'Gone', '2026-02-03 11:00:00'],
      ['no address', 'X', ''],
    );
    expect(await importing(place, cleaned)).toMatchObject({
      format: 'mailchimp-cleaned',
      created: 1,
      refused: 1,
      suppressed: 1,
    });
    const mailup = 'E-mail address,OptOut_Date,optout_type\nbasta@example.it,20110122T111244,link\n';
    expect(await importing(place, mailup)).toMatchObject({ format: 'mailup-unsubscribed', created: 1 });
    const kept = (await place.ok('suppress', 'list', '--json')).json;
    expect(kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          address: 'gone@example.it',
          reason: 'hard_bounce',
          at: '2026-02-03T11:00:00+00:00',
        }),
        expect.objectContaining({
          address: 'basta@example.it',
          reason: 'unsubscribed',
          at: '2011-01-22T11:12:44+01:00',
        }),
      ]),
    );
    const back = 'Email,First name,External ID,Status\ngone@example.it,Gone,1,active\n';
    expect(await importing(place, back)).toMatchObject({ format: 'keila', created: 1, suppressed: 0 });
    expect((await place.ok('suppress', 'list', '--json')).json).toHaveLength(2);
    expect(await importing(place, cleaned)).toMatchObject({ created: 0, unchanged: 1, refused: 1 });
  });

  it('says which columns it leaves out, of people and of those who left', async () => {
    const place = await workspace();
    const cleaned = csv(
      ['Email Address', 'First Name', 'CLEAN_TIME', 'EUID', 'Shoe size'],
      ['gone@example.it', 'Gone', '2026-02-03 11:00:00', '1', '44'],
    );
    expect((await importing(place, cleaned, '--dry-run')).left_out).toEqual([
      'First Name',
      'EUID',
      'Shoe size',
    ]);
    place.write('../in.csv', cleaned);
    const { stdout, stderr } = await place.ok('import', 'csv', place.path('../in.csv'), '--yes');
    expect(stdout).not.toContain('Shoe size');
    expect(stderr).toContain('left out: First Name, EUID, Shoe size\n');
  });

  it('brings in firms above each other, deals and activities, and undo takes each back', async () => {
    const place = await workspace();
    const trees = [place.tree()];
    const step = async (text: string) => {
      const report = await importing(place, text);
      trees.push(place.tree());
      return report;
    };
    const accounts = csv(
      ['ID', 'MASTERRECORDID', 'NAME', 'BILLINGSTREET', 'BILLINGCITY', 'PARENTID', 'WEBSITE', 'PHONE'],
      ['a1', '', 'Figlia srl', 'Via Roma 1', 'Milano', 'a2', 'https://www.figlia.example/it', '02 1234567'],
      ['a2', '', 'Madre spa', '', '', '', '', ''],
    );
    expect(await step(accounts)).toMatchObject({
      format: 'salesforce-data-export-account',
      created: 2,
      errors: [],
    });
    const child = (await place.ok('company', 'show', 'Figlia srl', '--json')).json;
    expect(child).toMatchObject({ domains: ['figlia.example'], identifiers: { salesforce: 'a1' } });
    expect(child.parent).toMatch(/^madre-spa-/);
    const deals = csv(
      ['Record ID', 'Deal Name', 'Deal Stage', 'Amount', 'Close Date'],
      [5, 'Fiera', 'proposal', '"1.234,50"', '2026-12-01'],
    );
    expect(await step(deals)).toMatchObject({ format: 'hubspot-deals-view', created: 1 });
    const activities = csv(
      [
        'Activity - Subject',
        'Activity - Type',
        'Activity - Due date',
        'Activity - Due time',
        'Activity - Done',
        'Activity - Note',
        'Deal - Title',
        'Person - Name',
        'Person - Email',
        'Organization - Name',
      ],
      [
        'Catalogo',
        'Call',
        '2026-11-02',
        '09:30',
        'Done',
        'vuole il catalogo',
        'Fiera',
        'Mario Rossi',
        'mario@example.it',
        'Madre spa',
      ],
      ['Poi', 'Call', '2027-01-02', '', 'To do', '', '', 'Mario Rossi', 'mario@example.it', ''],
    );
    const report = await step(activities);
    expect(report).toMatchObject({
      format: 'pipedrive-activities',
      created: 1,
      refused: 1,
      contacts: 1,
      companies: 0,
    });
    const [said] = (await place.ok('sql', 'select at, channel, deal, data from interactions', '--json')).json;
    expect(said).toMatchObject({ at: '2026-11-02T09:30:00+01:00', channel: 'phone' });
    expect(said.deal).toMatch(/^fiera-/);
    for (const text of [activities, deals, accounts])
      expect(await importing(place, text)).toMatchObject({ created: 0, updated: 0 });
    expect((await place.ok('check', '--json')).json).toEqual([]);
    for (let at = trees.length - 1; at > 0; at--) {
      expect(place.tree()).toEqual(trees[at]);
      await place.ok('undo', '--yes');
    }
    expect(place.tree()).toEqual(trees[0]);
  });
});

describe.concurrent('a mapping', () => {
  const list = csv(
    ['Wer', 'Draht', 'Konto', 'Gr.', 'Intern'],
    ['Mario Rossi', 'mario@example.it', 'K1', '44', 'x'],
  );
  const map = ['name=Wer', 'email=draht', 'identifiers.shop=Konto', 'custom.size=4', '-=Intern'];

  it('is kept for the next list with this header, and checked', async () => {
    const place = await workspace();
    const said = map.flatMap((pair) => ['--map', pair]);
    expect(await importing(place, list, ...said, '--save', 'shop')).toMatchObject({
      format: 'csv',
      mapping: 'shop',
      created: 1,
      left_out: ['Intern'],
    });
    const mario = await shown(place, 'mario@example.it');
    expect(mario).toMatchObject({ name: 'Mario Rossi', identifiers: { shop: 'K1' }, custom: { size: '44' } });
    expect(place.read('mappings/shop.yaml')).toContain('identifiers.shop: Konto');
    expect(await place.git('status', '--porcelain')).toBe('');
    const shuffled = csv(
      ['KONTO', 'intern', 'Draht', 'Wer', 'Gr.'],
      ['K1', '', 'm@new.example', 'Mario Rossi', '45'],
    );
    expect(await importing(place, shuffled)).toMatchObject({ mapping: 'shop', updated: 1, created: 0 });
    place.edit('mappings/shop.yaml', 'Draht', 'Drat');
    const found = await place.itaca(['check', '--json']);
    expect(found.json).toEqual([expect.objectContaining({ path: 'mappings/shop.yaml' })]);
  });

  it('names what is not there', async () => {
    const place = await workspace();
    place.write('../in.csv', list);
    for (const [pair, said] of [
      ['email=Post', 'no column "Post"'],
      ['mail=Draht', 'no field "mail"'],
      ['email', 'maps nothing'],
    ]) {
      const run = await place.itaca(['import', 'csv', place.path('../in.csv'), '--map', pair!, '--json']);
      expect(run.code).toBe(2);
      expect(run.error.message).toContain(said);
    }
    expect(place.files('mappings')).toEqual([]);
  });
});

describe.concurrent('what differs', () => {
  const before = 'Name,Email,Job Title,Tags,Phone\nMario Rossi,mario@example.it,Boss,vip,02 1234567\n';
  const after = 'Name,Email,Job Title,Tags,Phone\nMario Verdi,mario@example.it,Buyer,fair,+39 02 1234567\n';

  it('stays with the record and is listed, unless the file is preferred; lists get what they lack', async () => {
    const place = await workspace();
    await importing(place, before);
    const first = await importing(place, after);
    expect(first.left).toMatchObject([
      { key: 'name', record: 'Mario Rossi', file: 'Mario Verdi' },
      { key: 'title', record: 'Boss', file: 'Buyer' },
    ]);
    expect(await shown(place, 'mario@example.it')).toMatchObject({
      title: 'Boss',
      tags: ['vip', 'fair'],
      phones: ['02 1234567'],
    });
    const second = await importing(place, after, '--prefer', 'file');
    expect(second).toMatchObject({ updated: 1, left: [{ key: 'name' }] });
    expect(await shown(place, 'mario@example.it')).toMatchObject({ name: 'Mario Rossi', title: 'Buyer' });
  });

  it('is shown record by record; ask needs a terminal', async () => {
    const place = await workspace();
    await importing(place, before);
    place.write('../in.csv', after);
    const line = ['import', 'csv', place.path('../in.csv')];
    const dry = await place.itaca([...line, '--dry-run', '--prefer', 'file']);
    expect(dry.stderr).toMatch(
      /~ mario-rossi-\w{10} line 2\n {4}- title: Boss\n {4}\+ title: Buyer\n {4}\+ tags: fair\n/,
    );
    const asked = await place.itaca([...line, '--prefer', 'ask']);
    expect(asked.code).toBe(2);
  });
});

describe('--prefer ask', () => {
  it('asks of each value with one key, and keeps what is not answered', async () => {
    const place = await workspace();
    await importing(place, 'Name,Email,Job Title,Language\nMario Rossi,mario@example.it,Boss,it\n');
    place.write('../in.csv', 'Name,Email,Job Title,Language\nMario Rossi,mario@example.it,Buyer,de\n');
    const line = ['-C', place.root, 'import', 'csv', place.path('../in.csv'), '--prefer', 'ask', '--yes'];
    const run = await session(
      line,
      [
        ['title: r Boss | f Buyer', 'f'],
        ['language: r it | f de', 'q'],
      ],
      { env: place.env },
    );
    if (!run) return;
    expect(run.code, run.stdout).toBe(0);
    expect(await shown(place, 'mario@example.it')).toMatchObject({ title: 'Buyer', language: 'it' });
  });
});

describe.concurrent('bad input', () => {
  it.each<[string, string | Buffer, object]>([
    ['UTF-16', Buffer.from('\ufeffName;Email\nZoë;zoe@example.it\n', 'utf16le'), { created: 1 }],
    ['Latin-1', Buffer.from('Name;Email\nZoë;zoe@example.it\n', 'latin1'), { created: 1 }],
    ['a name of 10,000 characters', `Name,Email\n${'x'.repeat(10_000)},a@example.it\n`, { created: 1 }],
    ['formulas', "Name,Email,Colour\n=cmd|' /C calc'!A0,a@example.it,=1+1\n", { created: 1 }],
    [
      'terminal escapes',
      'Name,Email,__proto__\n\u001b]0;x\u0007Mario,a@example.it,polluted\n',
      { created: 1 },
    ],
    [
      'rows longer than the header',
      'Name,Email\nA,a@example.it,x,y\nB,b@example.it\n',
      { created: 1, refused: 1 },
    ],
    [
      'a cell of 5 MB',
      `Name,Email,Note\nA,a@example.it,${'x'.repeat(5e6)}\nB,b@example.it,\n`,
      { created: 1, refused: 1 },
    ],
    [
      '50,000 columns',
      `Name,Email,${Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',')}\nA,a@example.it,${'1,'.repeat(49_999)}1\nB,b@example.it${','.repeat(50_000)}\n`,
      { created: 1, refused: 1 },
    ],
  ])('%s is imported, or refused by line', async (_, text, expected) => {
    const place = await workspace();
    expect(await importing(place, text)).toMatchObject(expected);
    expect((await place.ok('check', '--json')).json).toEqual([]);
    expect(await importing(place, text)).toMatchObject({ created: 0, updated: 0 });
  });

  it.each<[string, Buffer | string]>([
    ['a zip', Buffer.from('504b0304140000000800', 'hex')],
    ['NUL bytes', 'Name,Email\nA\0B,a@example.it\n'],
    ['nothing', ''],
  ])('%s is refused with what to do', async (_, text) => {
    const place = await workspace();
    place.write('../in.csv', text);
    const run = await place.itaca(['import', 'csv', place.path('../in.csv'), '--yes', '--json']);
    expect(run.code).toBe(4);
    expect(run.error.hint).toMatch(/^(Unpack it|A spreadsheet|Export the list)/);
  });
});
