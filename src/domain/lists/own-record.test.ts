import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordTable } from '../exports/table.js';
import { isOwnHeader, ownKinds } from './own-columns.js';
import { ownRecords } from './own-record.js';

const id = 'k3f9w2q8ab';

/** A record as `export csv` lays it out. */
function exported(kind: 'company' | 'suppression', data: Record<string, unknown>, note = '') {
  const table = new RecordTable();
  const keys = { id, ...data, ...(note === '' ? {} : { note }) };
  table.learn(kind, keys);
  return { header: table.header(), cells: table.row(keys) };
}

const firm = {
  name: 'ACME srl',
  legal_name: 'ACME S.r.l.',
  domains: ['acme.example', 'acme.it'],
  phones: ['02 5550 0123', { number: '02 5550 0124', label: 'fax' }],
  addresses: [{ street: 'Via Roma 1', country: 'IT' }, { locality: 'Bari' }],
  tags: ['a;b', 'c'],
  identifiers: { customer: '00308', 'shop_id 2': '7' },
  custom: { Colour: 'red' },
};

describe('our own export of other kinds than contacts', () => {
  it('is read back as the record that it was', () => {
    const { header, cells } = exported('company', firm, 'Knows us.');
    expect(ownKinds(header, [cells])).toEqual(['company']);
    expect(ownRecords('company', header)(cells)).toEqual({ id, data: firm, note: 'Knows us.' });
    const gone = { address_hmac: ['ab', 'cd'], scope: 'all', reason: 'erased', at: '2026-11-01' };
    const other = exported('suppression', gone);
    expect(ownKinds(other.header, [other.cells])).toEqual(['suppression']);
    expect(ownRecords('suppression', other.header)(other.cells)).toEqual({ id, data: gone, note: '' });
  });

  it('is read back whatever its words are', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text);
    // A list of one text with brackets around it is the one that its cell cannot tell from a list of texts.
    const words = fc.array(
      word.filter((text) => !/^[[{]/.test(text)),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(word, words, fc.array(word, { minLength: 1, maxLength: 3 }), (name, tags, numbers) => {
        const data = { name, tags, phones: numbers };
        const { header, cells } = exported('company', data);
        expect(ownRecords('company', header)(cells)).toEqual({ id, data, note: '' });
      }),
    );
  });

  it('is recognised by every column and every id alone', () => {
    const { header, cells } = exported('company', firm);
    expect(ownKinds([...header, 'Shoe size'], [[...cells, '44']])).toEqual([]);
    expect(ownKinds(header, [cells, ['7', ...cells.slice(1)]])).toEqual([]);
    expect(ownKinds(header, [])).toEqual([]);
    expect(ownKinds(header.slice(1), [cells.slice(1)])).toEqual([]);
    expect(isOwnHeader(['id', 'domains', 'legal_name'])).toBe(false);
    expect(ownKinds(['id', 'kind', 'name'], [[id, 'deal', 'x']])).toEqual(['deal']);
    expect(ownKinds(['id', 'kind', 'name'], [[id, 'friend', 'x']])).toEqual([]);
  });

  it('refuses a row that is no such record', () => {
    expect(ownRecords('suppression', ['id', 'address', 'reason'])([id, 'm@example.it', 'because'])).toEqual({
      refused: expect.stringContaining('reason: '),
    });
    expect(ownRecords('suppression', ['id', 'reason'])([id, 'manual'])).toHaveProperty('refused');
  });
});
