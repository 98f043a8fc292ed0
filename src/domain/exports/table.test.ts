import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unguarded } from '../../csv/formula.js';
import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { csvText } from '../../csv/write-csv.js';
import { GoogleTable } from './google.js';
import { OutlookTable } from './outlook.js';
import { type CsvLayout, RecordTable } from './table.js';

const made = (layout: CsvLayout, ...records: Record<string, unknown>[]) => {
  for (const record of records) layout.learn('contact', record);
  const header = layout.header();
  return records.map((record) => {
    const row = layout.row(record);
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, i) => [name, row[i]]).filter(([, cell]) => cell !== ''));
  });
};

const mario = {
  id: 'k3f9w2q8ab',
  name: 'Mario Maria Rossi',
  given_name: 'Mario',
  family_name: 'Rossi',
  company: 'ACME srl',
  emails: ['mario@x.example', { address: 'm@y.example', label: 'home', primary: true }],
  phones: [{ number: '02 1', label: 'fax' }, '333 1', { number: '333 2', label: 'mobile' }],
  addresses: [{ label: 'home', street: 'Via Po 1', locality: 'Roma', postal_code: '00184', country: 'IT' }],
  birthday: '1970-11-24',
  tags: ['fiera', 'vip'],
  identifiers: { member: '0012' },
  consents: [{ purpose: 'newsletter', state: 'given' }],
  note: 'two\nlines',
};

describe('the table of records', () => {
  it('has a column for each thing, in the order of the schema', () => {
    const table = new RecordTable();
    const [row, second] = made(table, mario, { id: 'b', name: 'Anna', shoe_size: 38 });
    expect(table.header()).toEqual([
      ...['id', 'name', 'given_name', 'family_name', 'company', 'email_1', 'email_2', 'email_2_label'],
      ...['email_2_primary', 'phone_1', 'phone_1_label', 'phone_2', 'phone_3', 'phone_3_label'],
      ...['address_1_label', 'address_1_street', 'address_1_locality', 'address_1_postal_code'],
      ...['address_1_country', 'birthday', 'tags', 'identifiers_member', 'consents', 'shoe_size', 'note'],
    ]);
    expect(row).toMatchObject({
      email_1: 'mario@x.example',
      email_2: 'm@y.example',
      phone_1_label: 'fax',
      address_1_postal_code: '00184',
      tags: 'fiera; vip',
      consents: '[{"purpose":"newsletter","state":"given"}]',
    });
    expect(second).toEqual({ id: 'b', name: 'Anna', shoe_size: '38' });
  });

  it('has a header without records', () => expect(new RecordTable().header()).toEqual(['id']));

  it('is never as wide as it is long', () => {
    const table = new RecordTable();
    const records = Array.from({ length: 500 }, (_, i) => ({
      id: `${i}`,
      identifiers: { [`key${i}`]: 'x' },
    }));
    expect(made(table, ...records)[7]).toEqual({ id: '7', identifiers: '{"key7":"x"}' });
    expect(table.header()).toEqual(['id', 'identifiers']);
  });

  it('is read back as it was, whatever its cells hold', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '=1+1',
        '@x',
        '+39 02 1',
        '-',
        "'=x",
        '"',
        'a,b',
        'a;b',
        'a\nb',
        ' x ',
        '00184',
        '::: |',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: text,
            tags: fc.array(text),
            emails: fc.array(text),
            source: fc.record({ name: text }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        (records) => {
          const table = new RecordTable();
          for (const record of records) table.learn('contact', record);
          const rows = records.map((record) => table.row({ ...record, id: 'k3f9w2q8ab' }));
          const file = openCsv(Buffer.from(csvText([table.header(), ...rows])), {
            known: (cells) => (cells[0] === 'id' ? 1 : 0),
            path: 'x.csv',
          });
          const read = [...rowsOf(file)].map(({ cells }) => cells.map(unguarded));
          const plain = (cell: string) => unguarded(cell.trim()).replace(/\r\n?/g, '\n');
          expect(read.map((row) => row.map(plain))).toEqual(rows.map((row) => row.map(plain)));
        },
      ),
    );
  });
});

describe('the layout of another program', () => {
  it('is that of Google Contacts', () => {
    expect(made(new GoogleTable(), mario)).toEqual([
      {
        'First Name': 'Mario',
        'Middle Name': 'Maria',
        'Last Name': 'Rossi',
        'Organization Name': 'ACME srl',
        Birthday: '1970-11-24',
        Notes: 'two\nlines',
        Labels: 'fiera ::: vip',
        'E-mail 1 - Label': '* home',
        'E-mail 1 - Value': 'm@y.example',
        'E-mail 2 - Value': 'mario@x.example',
        'Phone 1 - Label': 'fax',
        'Phone 1 - Value': '02 1',
        'Phone 2 - Value': '333 1',
        'Phone 3 - Label': 'mobile',
        'Phone 3 - Value': '333 2',
        'Address 1 - Label': 'home',
        'Address 1 - Street': 'Via Po 1',
        'Address 1 - City': 'Roma',
        'Address 1 - Postal Code': '00184',
        'Address 1 - Country': 'IT',
      },
    ]);
  });

  it('is that of Outlook', () => {
    expect(made(new OutlookTable(), mario)).toEqual([
      {
        'First Name': 'Mario',
        'Middle Name': 'Maria',
        'Last Name': 'Rossi',
        Company: 'ACME srl',
        'Home Street': 'Via Po 1',
        'Home City': 'Roma',
        'Home Postal Code': '00184',
        'Home Country/Region': 'IT',
        'Business Fax': '02 1',
        'Business Phone': '333 1',
        'Mobile Phone': '333 2',
        Birthday: '1970-11-24',
        Categories: 'fiera;vip',
        'E-mail Address': 'm@y.example',
        'E-mail 2 Address': 'mario@x.example',
        Notes: 'two\nlines',
      },
    ]);
  });

  it('counts what it has no column for', () => {
    const table = new OutlookTable();
    const many = (count: number, of: (i: number) => unknown) =>
      Array.from({ length: count }, (_, i) => of(i));
    made(table, {
      name: 'Anna',
      emails: many(5, (i) => `a${i}@x.example`),
      addresses: many(4, (i) => ({ locality: `Town ${i}` })),
      phones: many(3, (i) => ({ number: `${i}`, label: 'pager' })),
      birthday: '--11-24',
    });
    expect(table.left).toBe(2 + 1 + 1);
  });
});
