import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, project, workspace } from './harness.js';

const samples = join(resolve(project, process.env.ITACA_DATA ?? '../shared/data'), 'import/samples');
const skipped = existsSync(samples) ? '' : ' (skipped: no data)';

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

async function imported(
  text: string,
  ...more: string[]
): Promise<{ place: Place; report: Record<string, unknown> }> {
  const place = await workspace();
  place.write('book.vcf', text);
  const run = await place.ok('import', 'vcard', place.path('book.vcf'), ...more, '--yes', '--json');
  return { place, report: run.json };
}

async function people(place: Place, query = ''): Promise<Record<string, unknown>[]> {
  return (await place.ok('contact', 'list', ...(query === '' ? [] : [query]), '--json')).json;
}

const book =
  card(
    'UID:m',
    'FN:Mario Rossi',
    'N:Rossi;Mario;;;',
    'EMAIL;TYPE=WORK:mario@example.org',
    'ORG:ACME;Sales',
    'NOTE:Likes\\nlists',
  ) +
  card('UID:a', 'FN:ACME', 'KIND:org', 'TEL:+39 02 1234567') +
  card('FN:Broken', 'no line') +
  card('UID:urn:uuid:g', 'KIND:group', 'FN:Readers', 'MEMBER:urn:uuid:M', 'MEMBER:urn:uuid:nobody');

describe('import vcard', () => {
  it('takes people, firms and groups, refuses a broken card by its line, and changes nothing the second time', async () => {
    const { place, report } = await imported(book);
    expect(report).toMatchObject({
      format: 'vcard',
      rows: 4,
      created: 1,
      updated: 1,
      unchanged: 1,
      refused: 1,
      companies: 1,
      groups: 1,
      versions: { '3.0': 3 },
      errors: [
        { line: 20, message: '"no line" is no line of a vCard: expected NAME:value' },
        { line: 22, message: '1 members of the group "Readers" are in no card and not on file' },
      ],
    });
    expect(await people(place)).toMatchObject([
      {
        name: 'Mario Rossi',
        emails: [{ address: 'mario@example.org', label: 'work' }],
        tags: ['Readers'],
        identifiers: { vcard_uid: 'm' },
        vcard: ['ORG:ACME;Sales'],
        note: expect.stringContaining('Likes\nlists'),
      },
    ]);
    const [firm] = (await place.ok('company', 'list', '--json')).json;
    expect(firm).toMatchObject({ name: 'ACME', phones: ['+39 02 1234567'], identifiers: { vcard_uid: 'a' } });
    expect((await place.ok('check')).stdout).toBe('');

    const before = place.tree();
    const again = await place.ok('import', 'vcard', place.path('book.vcf'), '--yes', '--json');
    expect(again.json).toMatchObject({ created: 0, updated: 0, unchanged: 3, refused: 1 });
    expect(place.tree()).toEqual(before);

    // By its UID, whatever else has changed; a group of somebody on file.
    place.write(
      'book.vcf',
      card('UID:m', 'FN:Mario Bianchi', 'EMAIL:new@example.org') + card('KIND:group', 'FN:VIP', 'MEMBER:m'),
    );
    const changed = await place.ok('import', 'vcard', place.path('book.vcf'), '--yes', '--json');
    expect(changed.json).toMatchObject({
      rows: 2,
      created: 0,
      updated: 1,
      unchanged: 1,
      left: [{ key: 'name' }],
    });
    expect(await people(place)).toMatchObject([{ tags: ['Readers', 'VIP'] }]);
    await place.ok('undo', '--yes');
    await place.ok('undo', '--yes');
    expect(place.files('contacts')).toEqual([]);
  });

  it('writes nothing in a dry run, and reads standard input', async () => {
    const place = await workspace();
    const before = place.tree();
    const run = await place.itaca(['import', 'vcard', '-', '--dry-run', '--json'], { input: book });
    expect(run.json).toMatchObject({ created: 1, records: expect.arrayContaining([]) });
    expect(place.tree()).toEqual(before);
  });

  it('keeps pictures where it is asked to', async () => {
    const picture = Buffer.from('no picture really').toString('base64');
    const text =
      card('FN:A', 'EMAIL:a@example.org', `PHOTO;ENCODING=b;TYPE=PNG:${picture}`) +
      card('FN:B', 'PHOTO;ENCODING=b:***');
    const { place, report } = await imported(text);
    expect(report).toMatchObject({ photos: 2 });
    expect(place.files('attachments')).toEqual([]);
    const kept = await place.ok('import', 'vcard', place.path('book.vcf'), '--photos', '--yes', '--json');
    expect(kept.json).toMatchObject({
      updated: 1,
      errors: [{ message: expect.stringContaining('cannot be read') }],
    });
    const [file] = place.files('attachments/photos');
    expect(place.read(file!)).toBe('no picture really');
    expect(await people(place, 'a@example.org')).toMatchObject([{ attachments: [{ path: file }] }]);
    expect(await place.git('status', '--porcelain')).toBe('?? book.vcf');
    await place.ok('export', 'vcard', '-o', place.path('out.vcf'));
    expect(place.read('out.vcf').replaceAll('\r\n ', '')).toContain(`PHOTO:data:image/png;base64,${picture}`);
  });

  it('says what is no address book', async () => {
    const place = await workspace();
    place.write('list.csv', 'Name,Email\nA,a@example.org\n');
    const run = await place.itaca(['import', 'vcard', place.path('list.csv'), '--json']);
    expect(run.code).toBe(4);
    expect(run.error.message).toBe('there is no card in this file: expected BEGIN:VCARD');
  });
});

describe('export vcard', () => {
  it('writes people, or firms, and reads them back in another workspace as they are', async () => {
    const { place } = await imported(book);
    await place.ok('export', 'vcard', '-o', place.path('out.vcf'));
    const text = place.read('out.vcf');
    expect(text).toContain('VERSION:4.0\r\nUID:m\r\nFN:Mario Rossi\r\n');
    expect(text).toContain('ORG:ACME;Sales\r\n');
    const firms = await place.ok('export', 'vcard', 'kind:company', '--layout', '3.0');
    expect(firms.stdout).toContain('VERSION:3.0\r\nUID:a\r\nX-ABShowAs:COMPANY\r\nFN:ACME\r\n');
    const there = await place.itaca(['export', 'vcard', '-o', place.path('out.vcf'), '--json']);
    expect(there.error.code).toBe('usage');

    const other = await workspace();
    await other.ok('import', 'vcard', place.path('out.vcf'), '--yes');
    const bare = ({
      id: _,
      ref: __,
      path: ___,
      company: ____,
      source: _____,
      ...rest
    }: Record<string, unknown>) => rest;
    expect((await people(other)).map(bare)).toEqual((await people(place)).map(bare));
  });
});

describe.skipIf(skipped)(`address books of many programs${skipped}`, () => {
  const files = (skipped ? [] : readdirSync(samples, { recursive: true }))
    .map(String)
    .filter((name) => name.endsWith('.vcf'))
    .sort();

  it('come in, go out, and come in again without a change', async () => {
    const place = await workspace();
    const paths = files.map((name) => join(samples, name));
    const first = (await place.ok('import', 'vcard', ...paths, '--yes', '--json')).json;
    const { rows, created, updated, unchanged, refused } = first;
    expect(rows).toBe(created + updated + unchanged + refused);
    const begun = paths.map((path) =>
      readFileSync(path)
        .toString('latin1')
        .replaceAll('\0', '')
        .match(/^BEGIN:VCARD/gim),
    );
    expect(rows).toBe(begun.flat().length);
    // The one that does not end.
    expect(refused).toBe(1);
    const before = place.tree();
    for (const layout of ['4.0', '3.0']) {
      const out = place.path(`.itaca/all-${layout}.vcf`);
      await place.ok('export', 'vcard', '--layout', layout, '-o', out);
      const again = (await place.ok('import', 'vcard', out, '--yes', '--json')).json;
      expect(again).toMatchObject({ created: 0, updated: 0, refused: 0, left: [] });
    }
    const all = (await place.ok('import', 'vcard', ...paths, '--yes', '--json')).json;
    expect(all).toMatchObject({ created: 0, updated: 0, refused: 1 });
    expect(place.tree()).toEqual(before);
  });

  const alone = async (name: string) => {
    const place = await workspace();
    const { json } = await place.ok('import', 'vcard', join(samples, name), '--yes', '--json');
    return { report: json, people: await people(place), place };
  };

  it.each([
    [
      'GMAIL',
      {
        name: 'Mr. John Richter, James Doe Sr.',
        emails: [{ address: 'john.doe@ibm.com', label: 'home' }],
        phones: [
          { number: '905-555-1234', label: 'mobile' },
          { number: '905-666-1234', label: 'home' },
        ],
        urls: ['http://www.ibm.com'],
      },
    ],
    [
      'EVOLUTION',
      {
        emails: [{ address: 'john.doe@ibm.com', label: 'work' }],
        addresses: [
          { label: 'home', locality: 'Albaney', region: 'New York', postal_code: '12345', country: 'US' },
        ],
        tags: ['VIP'],
        identifiers: { vcard_uid: '477343c8e6bf375a9bac1f96a5000837' },
      },
    ],
    [
      'IPHONE',
      {
        birthday: '2012-06-06',
        emails: ['john.doe@ibm.com'],
        phones: [
          { number: '905-555-1234', label: 'mobile', primary: true },
          { number: '905-666-1234', label: 'home' },
          { number: '905-777-1234', label: 'work' },
          { number: '905-888-1234', label: 'home fax' },
          { number: '905-999-1234', label: 'work fax' },
          { number: '905-111-1234', label: 'pager' },
          { number: '905-222-1234', label: 'assistant phone' },
        ],
        addresses: [
          { label: 'home', street: 'Silicon Alley 5', country: 'US' },
          { label: 'work', street: 'Street4, Building 6, Floor 8', country: 'US' },
        ],
      },
    ],
    [
      'MS_OUTLOOK',
      {
        name: 'Mr. John Richter James Doe Sr.',
        emails: ['john.doe@ibm.cm'],
        phones: [
          { number: '(905) 555-1234', label: 'work' },
          { number: '(905) 666-1234', label: 'home' },
        ],
        addresses: [
          { label: 'work', street: 'Cresent moon drive' },
          { label: 'home', street: 'Silicon Alley 5' },
        ],
      },
    ],
  ])('John Doe of %s', async (program, wanted) => {
    const { people } = await alone(`mangstadt__ez-vcard/John_Doe_${program}.vcf`);
    expect(people).toHaveLength(1);
    const common = { given_name: 'John', family_name: 'Doe', title: 'Money Counter' };
    expect(people[0]).toMatchObject({ ...common, company: expect.stringMatching(/^ibm-/), ...wanted });
    if (program !== 'IPHONE') {
      expect(people[0]).toMatchObject({
        birthday: '1980-03-22',
        note: expect.stringContaining('THIS SOFTWARE IS PROVIDED'),
      });
    }
  });

  it('cards of Android, six of them and one with a photo', async () => {
    const { report, people } = await alone('mangstadt__ez-vcard/John_Doe_ANDROID.vcf');
    expect(report).toMatchObject({ rows: 6, created: 6, photos: 1, versions: { '2.1': 6 } });
    const bob = people.find(({ emails }) => JSON.stringify(emails).includes('bob@'));
    expect(bob).toMatchObject({
      name: 'Ñ Ñ Ñ Ñ',
      urls: ['www.company.com', 'http://www.company.com'],
      vcard: [`ORG:${'Ñ'.repeat(12)}`],
    });
  });

  it('cards in UTF-16, of a firm, and of a character set that nobody knows', async () => {
    const utf16 = await alone('roundcube__roundcubemail/utf-16_sample.vcf');
    expect(utf16.people).toMatchObject([
      { name: 'Ǽgean ĽdaMonté', addresses: [{ locality: 'LaPaz', country: 'PE' }] },
    ]);
    const apple = await alone('roundcube__roundcubemail/apple.vcf');
    expect(apple.people).toEqual([]);
    expect(apple.place.files('companies')).toHaveLength(1);
    const invalid = await alone('jeroendesloovere__vcard/invalid_encoding.vcf');
    expect(invalid.people).toMatchObject([
      { given_name: 'Jeroen', family_name: 'Desloovere', urls: ['http://www.jeroendesloovere.be'] },
    ]);
    expect(invalid.report.errors).toEqual([
      {
        line: 1,
        message: expect.stringContaining('N is in "invalid-encoding", a character set that nobody knows'),
      },
    ]);
    const nameless = await alone('Kozea__Radicale/broken-vcard.vcf');
    expect(nameless.report.errors).toEqual([
      { line: 1, message: expect.stringContaining('the card has neither FN nor N') },
    ]);
  });
});
