import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampReader } from '../../eventlog/stamps.js';
import { orderState } from '../state.js';
import { amountOf } from './amount.js';
import { recogniseShopColumns, shopColumns } from './columns.js';
import { readOrders } from './read-orders.js';
import { reconcile } from './reconcile.js';

const time = stampReader('Europe/Rome', 'day-first');
const read = (header: string[], ...rows: string[][]) =>
  readOrders(
    rows.map((cells, i) => ({ line: i + 2, cells })),
    recogniseShopColumns(header, 'shop.csv'),
    header.length,
    time,
  );

describe('the columns of a shop', () => {
  it.each<[string, string[], object]>([
    [
      'English',
      ['Order Number', 'Order Date', 'Customer Name', 'Email', 'SKU', 'Title', 'Qty', 'Unit price'],
      { number: 0, placed_at: 1, name: 2, email: 3, sku: 4, title: 5, quantity: 6, price: 7 },
    ],
    [
      'Italian',
      [
        'Numero ordine',
        'Data ordine',
        'Tessera',
        'Articolo',
        'Quantità',
        'Consegna prevista',
        'Consegnato il',
      ],
      { number: 0, placed_at: 1, customer_number: 2, title: 3, quantity: 4, promised_by: 5, delivered_at: 6 },
    ],
    [
      'German',
      [
        'Bestellnummer',
        'Bestelldatum',
        'Kundennummer',
        'Artikel',
        'Menge',
        'Liefertermin',
        'Versandt am',
        'Währung',
      ],
      {
        ...{ number: 0, placed_at: 1, customer_number: 2, title: 3, quantity: 4 },
        ...{ promised_by: 5, shipped_at: 6, currency: 7 },
      },
    ],
    [
      'a shop system',
      ['Name', 'Email', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Billing Name', 'Cancelled at'],
      { number: 0, email: 1, placed_at: 2, quantity: 3, title: 4, name: 5, cancelled_at: 6 },
    ],
  ])('are known in %s', (_what, header, columns) => expect(shopColumns(header)).toEqual(columns));

  it('without a number are no list of orders', () => {
    expect(() => recogniseShopColumns(['Email', 'Title'], 'x.csv')).toThrow('number of the order');
    expect(() => recogniseShopColumns(['Order number', 'Colour'], 'x.csv')).toThrow('more than a number');
  });
});

describe('orders of a shop', () => {
  const header = ['Order number', 'Email', 'Order date', 'Delivered', 'Title', 'Quantity', 'Price'];

  it('are joined by their number; what a row leaves empty another says', () => {
    const { orders, refused, errors } = read(
      header,
      ['#1001', 'a@example.org', '2026-11-01 10:00:00 +0100', 'no', 'One', '2', '€ 16,50'],
      ['#1001', '', '', '03/11/2026', 'Two', '', '1.234,50 EUR'],
      ['1002', 'b@example.org', '02.11.2026', '', '', '', ''],
    );
    expect({ refused, errors }).toEqual({ refused: 0, errors: [] });
    expect(orders).toEqual([
      {
        ...{ number: '1001', line: 2, rows: 2, email: 'a@example.org' },
        ...{ placed_at: '2026-11-01T10:00:00+01:00', delivered_at: '2026-11-03' },
        lines: [
          { title: 'One', quantity: 2, price: { amount: '16.50', currency: 'EUR' } },
          { title: 'Two', price: { amount: '1234.50', currency: 'EUR' } },
        ],
      },
      { number: '1002', line: 4, rows: 1, email: 'b@example.org', placed_at: '2026-11-02', lines: [] },
    ]);
  });

  it('that cannot be read are refused whole, by line; the rest stands', () => {
    const { orders, refused, errors, numbers } = read(
      header,
      ['1', 'a@example.org', '', '', 'One', '1', ''],
      ['1', 'other@example.org', '', '', 'Two', '1', ''],
      ['2', '', '31/02/2026', '', '', '', ''],
      ['3', '', '', '', 'One', 'many', ''],
      ['4', '', '', '', 'One', '1', '1.234'],
      ['5', '', '', '', 'One', '1', '=cmd|x', 'more'],
      ['', '', '', '', 'One', '1', ''],
      ['9'.repeat(101), '', '', '', 'One', '1', ''],
      ['6', '', '', '', 'One', '1', ''],
    );
    expect(orders.map(({ number }) => number)).toEqual(['6']);
    expect(refused).toBe(8);
    expect(errors.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(numbers.has('4')).toBe(true);
  });

  it('account for every row, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ maxLength: 12 }), { maxLength: 9 }), { maxLength: 20 }),
        (rows) => {
          const { orders, refused } = read(header, ...rows);
          expect(orders.reduce((sum, one) => sum + one.rows, 0) + refused).toBe(rows.length);
        },
      ),
    );
  });
});

it.each([
  ['16,50', '16.50'],
  ['1.234.567,8', '1234567.8'],
  ["1'234.50", '1234.50'],
  ['1,234.50', '1234.50'],
  ['-3', '-3'],
  ['12 €', '12'],
  ['1.234', undefined],
  ['1,2,3', undefined],
  ['twelve', undefined],
  ['', undefined],
])('the amount %s is %s', (text, amount) => expect(amountOf(text)?.amount).toBe(amount));

it('an order is late when its day is over and it has not arrived', () => {
  const over = (when: string) => when < '2026-11-22';
  const promised_by = '2026-11-21';
  expect(orderState({ promised_by }, over)).toBe('late');
  expect(orderState({ promised_by, shipped_at: '2026-11-20' }, over)).toBe('late');
  expect(orderState({ promised_by: '2026-11-22' }, over)).toBe('placed');
  expect(orderState({ promised_by, delivered_at: '2026-11-25' }, over)).toBe('delivered');
  expect(orderState({ promised_by, cancelled_at: '2026-11-25' }, over)).toBe('cancelled');
  expect(orderState({ shipped_at: '2026-11-20' }, over)).toBe('shipped');
});

describe('what the shop says and the record', () => {
  const dayOf = (when: string) => when.slice(0, 10);
  const record = {
    placed_at: '2026-11-01T10:00:00+01:00',
    promised_by: '2026-11-20',
    lines: [
      { title: 'One', quantity: 1, price: { amount: '16.50', currency: 'EUR' } },
      { sku: 'B', title: 'x' },
    ],
  };

  it('is filled where it is empty, told where it differs, and the same by its meaning', () => {
    const lines = [
      { sku: 'B', quantity: 1 },
      { title: 'One', sku: 'A', price: '16.5' },
    ];
    const shop = { placed_at: '2026-11-01', promised_by: '2026-11-27', shipped_at: '2026-11-19', lines };
    expect(reconcile(record, shop, false, dayOf)).toEqual({
      set: { shipped_at: '2026-11-19' },
      differs: [{ key: 'promised_by', record: '2026-11-20', file: '2026-11-27' }],
    });
    expect(reconcile(record, shop, true, dayOf).set).toEqual({
      promised_by: '2026-11-27',
      shipped_at: '2026-11-19',
    });
  });

  it('differs in what was ordered', () => {
    for (const lines of [
      [{ title: 'One' }],
      [{ title: 'One', quantity: 2 }, { sku: 'B' }],
      [{ title: 'One', price: '17' }, { sku: 'B' }],
    ])
      expect(reconcile(record, { lines }, false, dayOf).differs).toHaveLength(1);
  });
});

describe('the state of an order in words', () => {
  const one = (status: string, more: Record<string, string> = {}) =>
    read(
      ['Order number', 'Date', 'Stato', 'Spedito il', 'Consegnato il', 'Annullato'],
      ['A1', '01/09/2026', status, more.shipped ?? '', more.delivered ?? '', more.cancelled ?? ''],
    );

  it.each(['Annullato', 'cancelled', 'Storniert', 'refunded', 'RIMBORSATO', 'reso'])('%s ends it', (status) =>
    expect(one(status).orders).toMatchObject([{ number: 'A1', cancelled: true }]),
  );

  it.each(['paid', 'Spedito', 'in Bearbeitung', 'partially refunded', 'consegnato'])(
    '%s does not',
    (status) => expect(one(status).orders).toMatchObject([{ cancelled: false }]),
  );

  it.each(['sì', 'x', 'true', 'ja'])('a column of cancellations may say %s', (cancelled) =>
    expect(one('', { cancelled }).orders).toMatchObject([{ cancelled: true }]),
  );

  it('refuses a word that nobody knows where nothing else tells, and says so', () => {
    expect(one('quux')).toMatchObject({ orders: [], refused: 1, errors: [{ line: 2 }] });
    expect(one('quux').errors[0]?.message).toContain('"quux"');
    expect(one('quux', { shipped: '02/09/2026' }).orders).toHaveLength(1);
  });

  it('what came back was delivered, and one row that stands keeps an order open', () => {
    const [back] = one('reso', { delivered: '05/09/2026' }).orders;
    expect(back).toMatchObject({ delivered_at: '2026-09-05', cancelled: false });
    const header = ['Order number', 'Date', 'Title', 'Status'];
    const rows = [
      ['A1', '01/09/2026', 'Danubio', 'cancelled'],
      ['A1', '01/09/2026', 'Moby Dick', 'shipped'],
    ];
    expect(read(header, ...rows).orders).toMatchObject([{ cancelled: false }]);
    expect(read(header, ...rows.reverse()).orders).toMatchObject([{ cancelled: false }]);
  });
});
