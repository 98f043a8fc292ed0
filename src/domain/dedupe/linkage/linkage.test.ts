import { describe, expect, it } from 'vitest';
import { planFields } from './fields.js';
import { comparePairs, joinRecords, type Linkage, linkRecords, together, zones } from './linkage.js';
import { Model } from './model.js';
import { type Table, TableBuilder } from './table.js';

const header = ['first_name', 'last_name', 'email', 'phone', 'street', 'city', 'zip', 'date_of_birth'];

function tableOf(rows: readonly string[][], names: readonly string[] = header, second?: number): Table {
  const plans = planFields(names, rows);
  const builder = new TableBuilder(plans, 'IT');
  for (const [i, row] of rows.entries()) {
    if (i === second) builder.startSecond();
    builder.add(row);
  }
  return builder.build();
}

/** People who have nothing to do with each other, the same on every machine. */
function strangers(count: number): string[][] {
  let state = 7;
  const random = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const word = () => ['ba', 'co', 'di', 'fe', 'gu', 'la', 'mi', 'no', 'ra', 'su', 'te', 'vo'][random(12)];
  const name = () => `${word()}${word()}${word()}${word()}`;
  return Array.from({ length: count }, (_, i) => {
    const city = random(40);
    return [
      name(),
      name(),
      `${name()}${i}@${name()}.it`,
      `+39 02 ${5_000_000 + random(4_000_000)}`,
      `Via ${name()} ${1 + random(90)}`,
      `Città${city}`,
      String(20_000 + city),
      `${1930 + random(70)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`,
    ];
  });
}

const mario = [
  'Mario',
  'Rossetti',
  'mario@rossetti.it',
  '+39 02 4444444',
  'Via Verdi 12',
  'Milano',
  '20121',
  '1970-03-04',
];
const like = (changes: Partial<Record<(typeof header)[number], string>>, from = mario) =>
  header.map((name, i) => changes[name] ?? (from[i] as string));
const together_ = ({ clusters }: Linkage, a: number, b: number) => clusters[a] === clusters[b];
const asked = ({ asks }: Linkage, a: number, b: number) => asks.some((ask) => ask.a === a && ask.b === b);

describe('linkage', () => {
  it.each<[string, string[]]>([
    ['a misspelt name and a missing address', like({ last_name: 'Rosetti', email: '', street: '' })],
    ['names swapped', like({ first_name: 'Rossetti', last_name: 'Mario', email: '' })],
    ['day and month swapped', like({ date_of_birth: '1970-04-03', phone: '' })],
    ['another firm’s address and a short form', like({ first_name: 'M.', email: 'm.rossetti@acme.com' })],
    [
      'a number written otherwise, moved',
      like({ phone: '02/4444444', street: 'Corso Como 3', zip: '20154' }),
    ],
  ])('joins %s', (_, other) => {
    const linkage = linkRecords(tableOf([mario, other, ...strangers(500)]));
    expect(together_(linkage, 0, 1)).toBe(true);
    expect(new Set(linkage.clusters).size).toBe(501);
  });

  it('keeps man and wife apart, and asks', () => {
    const wife = like({ first_name: 'Giulia', email: 'giulia@example.org', date_of_birth: '' });
    const linkage = linkRecords(tableOf([mario, wife, ...strangers(500)]));
    expect(together_(linkage, 0, 1)).toBe(false);
    const silent = like({ first_name: 'Giulia', email: '', date_of_birth: '' });
    const other = linkRecords(tableOf([mario, silent, ...strangers(500)]));
    expect(together_(other, 0, 1)).toBe(false);
    expect(asked(other, 0, 1)).toBe(true);
  });

  it('keeps namesakes apart whose addresses are made of their name', () => {
    const one = like({ email: 'mario.rossetti@gmail.com' });
    const other = [
      'Mario',
      'Rossetti',
      'mario.rossetti@libero.it',
      '+39 06 7777777',
      'Via Appia 3',
      'Roma',
      '00184',
      '1988-11-20',
    ];
    const providers = strangers(500).map((row, i) =>
      like({ email: `${row[0]}.${row[1]}@${i % 2 ? 'gmail.com' : 'libero.it'}` }, row),
    );
    expect(together_(linkRecords(tableOf([one, other, ...providers])), 0, 1)).toBe(false);
  });

  it('does as people decided', () => {
    const double = like({ phone: '' });
    const rows = [mario, double, ...strangers(300)];
    expect(together_(linkRecords(tableOf(rows)), 0, 1)).toBe(true);
    const never = linkRecords(tableOf(rows), { decisions: [{ a: 0, b: 1, same: false }] });
    expect(together_(never, 0, 1)).toBe(false);
    expect(asked(never, 0, 1)).toBe(false);
    const joined = linkRecords(tableOf(rows), { decisions: [{ a: 5, b: 9, same: true }] });
    expect(together_(joined, 5, 9)).toBe(true);
  });

  it('is not led astray by one bridge between two people', () => {
    const anna = like({
      first_name: 'Anna',
      last_name: 'Bellini',
      email: 'anna@bellini.it',
      phone: '+39 06 3333333',
      date_of_birth: '1991-01-09',
      street: 'Via Appia 3',
      city: 'Roma',
      zip: '00184',
    });
    const both = like({
      first_name: '',
      last_name: '',
      email: 'anna@bellini.it',
      phone: '+39 02 4444444',
      date_of_birth: '',
      street: '',
      city: '',
      zip: '',
    });
    const linkage = linkRecords(
      tableOf([mario, like({ phone: '+39 02 4444444' }), anna, like({}, anna), both, ...strangers(300)]),
    );
    expect(together_(linkage, 0, 2)).toBe(false);
  });

  it('takes each record of one list for at most one of the other', () => {
    const linkage = linkRecords(
      tableOf([mario, ...strangers(200), like({}), like({ phone: '' }), ...strangers(200)], header, 201),
    );
    const ofMario = [...linkage.clusters.keys()].filter(
      (row) => linkage.clusters[row] === linkage.clusters[0],
    );
    expect(ofMario).toEqual([0, 201]);
  });

  it('gives the same in one part as in three', () => {
    const table = tableOf([mario, like({ phone: '' }), ...strangers(800), ...strangers(400)]);
    const model = new Model(table);
    const alone = joinRecords(model, comparePairs(model));
    const parts = [0, 1, 2].map((part) => comparePairs(new Model(table), { part, of: 3 }));
    const shared = joinRecords(model, together(parts));
    expect(shared.clusters).toEqual(alone.clusters);
    expect(shared.asks).toEqual(alone.asks);
    expect(shared.candidates).toBe(alone.candidates);
    expect(shared.blocking).toEqual(alone.blocking);
  });

  it('ends where all values are equal, and says what it left', () => {
    const rows = Array.from({ length: 3000 }, () => mario);
    const linkage = linkRecords(tableOf(rows));
    expect(linkage.candidates).toBe(0);
    expect(linkage.blocking.some(({ left }) => left === 3000)).toBe(true);
    const empty = linkRecords(tableOf(Array.from({ length: 3000 }, () => header.map(() => ''))));
    expect(empty.candidates).toBe(0);
    expect(new Set(empty.clusters).size).toBe(3000);
  });

  it('compares lists of any width', () => {
    const days = Array.from({ length: 80 }, (_, i) => `date of birth ${i}`);
    const wide = (person: readonly string[]) => [...person, ...days.map(() => person[7] as string)];
    const rows = [mario, mario, ...strangers(100)].map(wide);
    expect(together_(linkRecords(tableOf(rows, [...header, ...days])), 0, 1)).toBe(true);
  });

  it('explains a weight by its parts', () => {
    const table = tableOf([mario, like({ last_name: 'Rosetti', zip: '20122' }), ...strangers(300)]);
    const model = new Model(table);
    const parts = model.explain(0, 1);
    expect(parts.map(({ level }) => level)).toEqual(expect.arrayContaining(['exact', 'close', 'a sign off']));
    const places = new Set(['street', 'locality', 'postal_code']);
    const outside = parts.filter(
      ({ field }) => !places.has(table.fields[field]!.kind) && table.fields[field]!.kind !== 'phone',
    );
    const sum = outside.reduce((bits, { weight }) => bits + weight, 0);
    expect(model.weigh(0, 1)).toBeGreaterThan(sum);
    expect(model.weigh(0, 1)).toBeLessThanOrEqual(
      parts.reduce((bits, { weight }) => bits + weight, 0) + 1e-9,
    );
    expect(model.weigh(0, 1) + model.prior).toBeGreaterThan(zones.same);
    expect(model.weigh(1, 0)).toBeCloseTo(model.weigh(0, 1), 9);
  });
});
