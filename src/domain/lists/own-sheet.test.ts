import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFormats } from './formats/index.js';
import { layoutOf } from './list-layout.js';
import { ownHeader, recogniseOwnSheet } from './own-sheet.js';

const header = [
  'id',
  'name',
  'email_1',
  'email_1_label',
  'lifecycle',
  'custom_Shoe size',
  'consents',
  'note',
];
const row = (id: string) => [id, 'Anna', 'anna@x.example', 'work', 'lead', '38', '[]', ''];
const recognised = (names: string[], ...ids: string[]) =>
  recogniseOwnSheet(names, ids.map(row))?.format.object;

const data = resolve(process.env.ITACA_DATA ?? '../shared/data', 'import', 'csv-headers.json');

describe('our own sheet', () => {
  it('is known by its columns and its ids', () => {
    expect(recognised(header, 'k3f9w2q8ab', '', '0123456789')).toBe('contact');
    expect(recogniseOwnSheet(['id', 'name', 'vat'], [['k3f9w2q8ab', 'ACME', '1']])?.format.object).toBe(
      'company',
    );
    expect(ownHeader([...header, 'Colour'])?.places.at(-1)).toEqual({ key: 'custom', inner: 'Colour' });
    expect(ownHeader(['id', 'name', 'phone_1', 'vat', 'Colour'])?.format.object).toBe('company');
    expect(layoutOf(header, [row('k3f9w2q8ab')], {})).toMatchObject({
      format: { id: 'itaca' },
      columns: { emails: ['email_1', 'email_1_label'], custom: ['custom_Shoe size'], '-': ['consents'] },
      leftOut: ['consents'],
    });
  });

  it('is no list of another program that has ids and names', () => {
    // Numbers of ten digits, ids of another length or alphabet, none at all.
    for (const id of ['0123456789', '42', 'K3F9W2Q8AB', 'k3f9w2q8ai', 'k3f9w2q8abc', ''])
      expect([id, recognised(header, id)]).toEqual([id, undefined]);
    expect(recognised(header, 'k3f9w2q8ab', 'member-12')).toBeUndefined();
    expect(recognised(header)).toBeUndefined();
    for (const names of [
      ['id', 'name', 'email'],
      ['ID', 'name', 'email_1'],
      ['id', 'email_1'],
      ['name', 'email_1'],
      ['id', 'name', 'name'],
      [...header, 'kind'],
      [...header, ''],
      ['id', 'name', 'lifecycle', 'Colour'],
    ])
      expect([names, recogniseOwnSheet(names, [row('k3f9w2q8ab')])]).toEqual([names, undefined]);
  });

  it('is none of the known formats, and not where somebody says what the columns hold', () => {
    for (const { columns } of listFormats)
      expect(
        ownHeader(Object.values(columns).flatMap((names) => names.split('|').map((name) => name.trim()))),
      ).toBe(undefined);
    const pairs = [['custom.size', 'custom_Shoe size']] as const;
    expect(layoutOf(header, [row('k3f9w2q8ab')], { pairs }).format).toBeUndefined();
  });

  it.skipIf(!existsSync(data))('is no header that is on record (skipped: no data)', () => {
    const { formats } = JSON.parse(readFileSync(data, 'utf8')) as { formats: { header: string[] }[] };
    expect(formats.filter((format) => ownHeader(format.header))).toEqual([]);
  });
});
