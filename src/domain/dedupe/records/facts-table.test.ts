import { expect, it } from 'vitest';
import { linkRecords } from '../linkage/linkage.js';
import { companyFacts, contactFacts, rowFacts } from './facts.js';
import { tableOf } from './facts-table.js';
import { strongestLinks } from './links.js';

it('takes of a contact what it is compared by', () => {
  const data = {
    name: 'Rossi, Mario',
    emails: ['m@example.it', { address: 'mario@example.it', label: 'home' }],
    phones: [{ number: '02 5550 0123' }],
    addresses: [{ street: 'Via Roma 1', locality: 'Milano' }, { locality: 'Torino' }],
    birthday: '--05-12',
    identifiers: { member: '00184' },
  };
  expect(contactFacts(data, 'ACME')).toEqual({
    given_name: ['Mario'],
    family_name: ['Rossi'],
    company: ['ACME'],
    emails: ['m@example.it', 'mario@example.it'],
    phones: ['02 5550 0123'],
    street: ['Via Roma 1'],
    locality: ['Milano'],
    'identifiers.member': ['00184'],
  });
});

it('takes both names of a firm, and nothing of a record that holds what it should not', () => {
  expect(
    companyFacts({ name: 'ACME', legal_name: 'ACME Lighting srl', domains: 'x', addresses: [null] }),
  ).toEqual({
    name: ['ACME', 'ACME Lighting srl'],
  });
});

it('reads a row of a list in the same terms', () => {
  const facts = rowFacts('contact', { name: [0], email: [1], mobile: [2], phone: [3] });
  expect(facts(['Mario Rossi', 'm@example.it', '333 1', '02 2'])).toEqual({
    given_name: ['Mario'],
    family_name: ['Rossi'],
    emails: ['m@example.it'],
    phones: ['02 2', '333 1'],
  });
});

it('makes columns for as many values as there are, and compares any with any', () => {
  const person = (n: number) => ({
    given_name: [`G${n}abc`],
    family_name: [`F${n}xyz`],
    emails: [`p${n}@example.it`],
  });
  const others = Array.from({ length: 200 }, (_, n) => person(n));
  const twice = [
    {
      given_name: ['Massimo'],
      family_name: ['Quaranta'],
      emails: ['a@quaranta.example', 'm@lampada.example'],
    },
    { given_name: ['Massimo'], family_name: ['Quaranta'], emails: ['m@lampada.example'] },
  ];
  const table = tableOf('contact', [...twice, ...others], undefined, 'IT');
  expect(table.fields.map(({ plan }) => [plan.name, plan.columns.length])).toEqual([
    ['given_name', 1],
    ['family_name', 1],
    ['emails', 2],
  ]);
  const { clusters } = linkRecords(table);
  expect(clusters[1]).toBe(0);
  expect(new Set(clusters).size).toBe(201);
});

it('holds a group together by its strongest links', () => {
  const weights: Record<string, number> = { '1 2': 1, '1 3': 9, '2 3': 4 };
  const weigh = (a: number, b: number) => weights[[a, b].sort().join(' ')] as number;
  expect(strongestLinks([1, 2, 3], weigh)).toEqual([
    { a: 1, b: 3, weight: 9 },
    { a: 3, b: 2, weight: 4 },
  ]);
});
