import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRecord } from './fill-record.js';

type Record_ = Record<string, unknown>;
const fill = (record: Record_, row: Record_, prefer: 'file' | 'record' = 'record') =>
  fillRecord(record, row, { country: 'IT', prefer: () => prefer });

describe('what a row adds to a record', () => {
  it('is what is empty, and what its lists lack; other spellings are nothing new', () => {
    const record = {
      name: 'Mario Rossi',
      emails: ['Mario@x.example'],
      phones: [{ number: '02 1234567', label: 'work' }],
      tags: 'vip',
    };
    const row = {
      name: 'ROSSI Mario',
      title: 'Boss',
      emails: ['mario@x.example', 'm@y.example'],
      phones: ['+39 02 1234567'],
      tags: ['VIP', 'fair'],
    };
    expect(fill(record, row)).toEqual({
      set: { title: 'Boss', emails: ['Mario@x.example', 'm@y.example'], tags: ['vip', 'fair'] },
      left: [],
    });
  });

  it('is told where the two differ, and taken where the file is preferred; a name stays', () => {
    const record = {
      name: 'Mario Rossi',
      title: 'Boss',
      custom: { size: '44', hair: 'red' },
      source: { name: 'a' },
    };
    const row = {
      name: 'Anna Blu',
      title: 'Buyer',
      custom: { size: '45', hair: 'Red', hat: 'yes' },
      source: { name: 'b' },
    };
    const kept = fill(record, row);
    expect(kept.set).toEqual({ custom: { size: '44', hair: 'red', hat: 'yes' } });
    expect(kept.left.map(({ key }) => key)).toEqual(['name', 'title', 'custom.size']);
    const taken = fill(record, row, 'file');
    expect(taken.set).toEqual({ title: 'Buyer', custom: { size: '45', hair: 'red', hat: 'yes' } });
    expect(taken.left.map(({ key }) => key)).toEqual(['name']);
  });

  it('completes an address that says less, and keeps another beside it', () => {
    const home = { label: 'home', street: 'Via Roma 1', locality: 'Milano' };
    const full = { street: 'via Roma, 1', locality: 'MILANO', postal_code: '20100' };
    const other = { street: 'Via Po 2', locality: 'Milano' };
    expect(fill({ addresses: [home] }, { addresses: [full, other] }).set).toEqual({
      addresses: [{ ...home, postal_code: '20100' }, other],
    });
    expect(fill({ addresses: [{ ...home, postal_code: '20100' }] }, { addresses: [full] }).set).toEqual({});
  });

  it('is nothing the second time, whoever is preferred', () => {
    const text = fc.constantFrom('a', 'A', 'b', 'Mario Rossi', 'c d');
    const record = fc.record(
      {
        name: text,
        title: text,
        tags: fc.array(text),
        emails: fc.array(fc.constantFrom('a@x.example', 'A@x.example', 'b@x.example', 'no')),
        custom: fc.dictionary(fc.constantFrom('x', 'y'), text),
        addresses: fc.array(fc.record({ street: text, locality: text, label: text }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        record,
        record,
        fc.constantFrom('file' as const, 'record' as const),
        (before, row, prefer) => {
          const after = { ...before, ...fill(before, row, prefer).set };
          expect(fill(after, row, prefer).set).toEqual({});
        },
      ),
    );
  });

  it('is a name where an address stood for one, and no address where a name stands', () => {
    const standIn = { name: 'ada@x.example', emails: [{ address: 'Ada@x.example' }] };
    expect(fill(standIn, { name: 'Ada Blu', emails: ['ada@x.example'] })).toEqual({
      set: { name: 'Ada Blu' },
      left: [],
    });
    const named = { name: 'Ada Blu', emails: ['ada@x.example'] };
    expect(fill(named, { name: 'ada@x.example', emails: ['ada@x.example'] })).toEqual({ set: {}, left: [] });
    const other = { name: 'a@y.example', emails: ['a@y.example', 'ada@x.example'] };
    expect(fill(other, { name: 'ada@x.example', emails: ['ada@x.example'] }).set).toEqual({});
  });
});
