import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaKeys } from '../records/kinds.js';
import { placeOf, valuesOf } from './from-cells.js';
import { RecordTable } from './table.js';

const keys = new Set(['id', 'note', ...schemaKeys('contact')]);

describe('the way back from cells', () => {
  it('knows the columns that are written, and no others', () => {
    expect(placeOf('email_2_label', keys)).toEqual({ key: 'emails', item: 2, inner: 'label' });
    expect(placeOf('phone_1', keys)).toEqual({ key: 'phones', item: 1, inner: 'number' });
    expect(placeOf('custom_Shoe size', keys)).toEqual({ key: 'custom', inner: 'Shoe size' });
    expect(placeOf('lifecycle', keys)).toEqual({ key: 'lifecycle' });
    const strangers = [
      'email',
      'Name',
      'email_0',
      'email_1_address',
      'address_1',
      'phone_1_',
      'custom_',
      'colour',
    ];
    for (const name of [
      ...strangers,
      'custom___proto__',
      '__proto__',
      'constructor',
      'email_1_constructor_1',
    ])
      expect([name, placeOf(name, keys)]).toEqual([name, undefined]);
  });

  it('says nothing of empty cells, of what labels nothing, and of what no export writes as JSON', () => {
    const read = (cells: Record<string, string>) =>
      valuesOf(
        Object.keys(cells).map((name) => placeOf(name, keys)!),
        Object.values(cells),
      );
    expect(read({ name: '', email_1: '', email_1_label: 'work', email_2: 'a@x.example' })).toEqual({
      emails: ['a@x.example'],
    });
    expect(read({ identifiers: '{"__proto__":"x"}', tags: '[[["deep"]]]' })).toEqual({
      identifiers: '{"__proto__":"x"}',
      tags: ['[[["deep"]]]'],
    });
  });

  it('gives what a record said, whatever it said', () => {
    const text = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a;b', 'a, b', '[x', '{"a":1}', '=1+1', 'a\nb'))
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const labelled = (value: string) =>
      fc.oneof(text, fc.record({ [value]: text, label: text }), fc.record({ label: text, [value]: text }));
    const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 4 });
    // One item that looks like JSON alone in its cell is JSON.
    const words = fc.array(text, { minLength: 2, maxLength: 4 });
    const map = fc.dictionary(
      text.filter((one) => one !== '__proto__'),
      text,
      { minKeys: 1, maxKeys: 4, noNullPrototype: true },
    );
    const person = fc.record(
      {
        name: text,
        emails: some(labelled('address')),
        phones: some(labelled('number')),
        addresses: some(fc.record({ street: text, locality: text }, { requiredKeys: ['street'] })),
        tags: words,
        source: fc.record({ channel: text, at: text }),
        identifiers: map,
        custom: map,
        birthday: text,
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), (people) => {
        const table = new RecordTable();
        for (const one of people) table.learn('contact', one);
        const places = table.header().map((name) => placeOf(name, keys)!);
        expect(people.map((one) => valuesOf(places, table.row(one)))).toEqual(people);
      }),
    );
  });
});
