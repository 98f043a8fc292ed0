import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOfRef } from '../records/ids.js';
import { kinds } from '../records/kind-names.js';
import { schemaKeys, schemas } from '../records/kinds.js';
import { rowsOf } from './rows.js';
import { tablesOf } from './tables.js';

const record = (kind: (typeof kinds)[number], data: Record<string, unknown>) =>
  rowsOf({ id: 'k3f9w2q8ab', kind, path: 'p', note: '', data }, idOfRef).map(({ table, values }) => [
    table.name,
    Object.fromEntries(
      table.columns.map(({ name }, i) => [name, values[i]]).filter(([, cell]) => cell !== undefined),
    ),
  ]);

describe('a record as rows', () => {
  it('has its values by their types, its lists in tables of their own, its references as ids', () => {
    const id = 'k3f9w2q8ab';
    expect(
      record('deal', {
        title: 'Hall',
        contact: 'mario-rossi-zzzzzzzzzz',
        stage: 'won',
        value: { amount: '12.50', currency: 'EUR', net: true },
        expected_close: '2026-12-24',
        history: [{ at: '2026-11-24T10:00:00+01:00', to: 'won', by: 'anna', level: 2 }],
        colour: 'red',
      }),
    ).toEqual([
      [
        'deals',
        {
          ...{ id, title: 'Hall', contact: 'zzzzzzzzzz', stage: 'won', value_amount: '12.50' },
          ...{ value_currency: 'EUR', expected_close: '2026-12-24', note: '', path: 'p' },
          more: { colour: 'red', value: { net: true } },
        },
      ],
      [
        'deal_history',
        { deal: id, position: 1, at: '2026-11-24T10:00:00+01:00', to: 'won', by: 'anna', more: { level: 2 } },
      ],
    ]);
    expect(
      record('contact', { name: 'A', emails: ['a@x.it', { address: 'b@x.it', primary: true }] }),
    ).toEqual([
      ['contacts', { id, name: 'A', note: '', path: 'p' }],
      ['contact_emails', { contact: id, position: 1, address: 'a@x.it' }],
      ['contact_emails', { contact: id, position: 2, address: 'b@x.it', primary: true }],
    ]);
    expect(
      record('agreement', { kind: 'subscription', state: 'active', notice_days: 30 })[0]?.[1],
    ).toMatchObject({ agreement_kind: 'subscription', notice_days: 30 });
  });

  it('keeps what breaks the schema under "more"', () => {
    const [[, row]] = record('deal', { title: ['x'], expected_close: 'soon', value: 'much' }) as [
      [string, object],
    ];
    expect(row).toMatchObject({ more: { title: ['x'], expected_close: 'soon', value: 'much' } });
  });

  it('loses nothing, whatever it holds', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant('2026-11-24'));
    const map = fc.dictionary(fc.constantFrom('amount', 'address', 'at', 'x'), leaf, {
      noNullPrototype: true,
    });
    const value = fc.oneof(leaf, map, fc.array(fc.oneof(leaf, map)));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.infiniteStream(value), (kind, values) => {
        const data = Object.fromEntries(
          [...schemaKeys(kind), 'unknown'].map((key) => [key, values.next().value]),
        );
        // Each value stands somewhere in the rows, as a number where it was one in text.
        const kept = JSON.stringify(record(kind, data));
        for (const one of leaves(data)) expect(kept).toContain(JSON.stringify(one).slice(1, -1));
      }),
    );
  });
});

/** All texts in a value. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return Number.isNaN(Number(value)) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

describe('the tables of a kind', () => {
  it.each(kinds)('hold every key of a %s, under names that are one each', (kind) => {
    const { table, placed } = tablesOf(kind);
    expect(placed.map(({ key }) => key)).toEqual(Object.keys(schemas[kind].shape));
    for (const { columns } of [table, ...placed.flatMap(({ items }) => items?.table ?? [])]) {
      const names = columns.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });
});
