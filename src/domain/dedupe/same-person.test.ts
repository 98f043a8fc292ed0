import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesAgree } from '../contacts/person-name.js';
import { planCleanList } from './clean-list.js';
import { samePersons } from './same-person.js';

interface Row {
  email?: string;
  phone?: string;
  name?: string;
  company?: string;
}

function keysOf(rows: readonly Row[]) {
  return {
    emails: rows.map((row) => row.email ?? ''),
    phones: rows.map((row) => row.phone ?? ''),
    names: rows.map((row) => row.name ?? ''),
    companies: rows.map((row) => row.company ?? ''),
    bare: rows.map((row) =>
      row.email || row.phone ? '' : `${row.name ?? ''}|${row.company ?? ''}`.replace(/^\|$/, ''),
    ),
    filled: rows.map((row) => Object.values(row).filter((value) => value !== '').length),
  };
}

/** The groups, each row by its content, in an order of their own. */
function groupsOf(rows: readonly Row[], order = rows.map((_, i) => i)): string[] {
  const shuffled = order.map((i) => rows[i]!);
  const sets = samePersons(keysOf(shuffled), () => true);
  const groups = new Map<number, number[]>();
  for (const [at, i] of order.entries()) groups.set(sets.find(at), [...(groups.get(sets.find(at)) ?? []), i]);
  return [...groups.values()].map((group) => group.sort((a, b) => a - b).join(' ')).sort();
}

describe('who is the same person', () => {
  const mario = { name: 'mario rossi', company: 'acme' };

  it.each<[string, Row[], string[]]>([
    ['one address', [{ email: 'a@x' }, { email: 'a@x', name: 'anna' }], ['0 1']],
    [
      'one number, names agree',
      [
        { phone: '1', name: 'm rossi' },
        { phone: '1', name: 'mario rossi', email: 'a@x' },
      ],
      ['0 1'],
    ],
    [
      'one switchboard, two colleagues',
      [
        { phone: '1', name: 'anna bianchi' },
        { phone: '1', name: 'mario rossi' },
      ],
      ['0', '1'],
    ],
    [
      'two namesakes with two addresses',
      [
        { ...mario, email: 'a@x' },
        { ...mario, email: 'b@x' },
      ],
      ['0', '1'],
    ],
    [
      'name and company, nothing differs',
      [
        { ...mario, email: 'a@x' },
        { ...mario, phone: '1' },
      ],
      ['0 1'],
    ],
    [
      'a bare row between two namesakes',
      [{ ...mario, email: 'a@x' }, { ...mario, email: 'b@x' }, mario],
      ['0', '1', '2'],
    ],
    [
      'two bare rows between two namesakes',
      [{ ...mario, email: 'a@x' }, { ...mario, email: 'b@x' }, mario, mario],
      ['0', '1', '2 3'],
    ],
    [
      'initials that fit two',
      [
        { phone: '1', name: 'mario rossi' },
        { phone: '1', name: 'marco rossi' },
        { phone: '1', name: 'm rossi' },
      ],
      ['0', '1', '2'],
    ],
    [
      'initials that fit two on two numbers',
      [
        { phone: '1', name: 'mario rossi' },
        { phone: '2', name: 'marco rossi' },
        { phone: '1\t2', name: 'm rossi' },
      ],
      ['0', '1', '2'],
    ],
    ['a number without a name', [{ phone: '1', name: 'mario rossi' }, { phone: '1' }], ['0 1']],
    [
      'a number without a name, two people',
      [{ phone: '1', name: 'mario rossi' }, { phone: '1', name: 'anna bianchi' }, { phone: '1' }],
      ['0', '1', '2'],
    ],
    [
      'a number, two addresses, no names',
      [
        { phone: '1', email: 'a@x' },
        { phone: '1', email: 'b@x' },
      ],
      ['0', '1'],
    ],
    [
      'a shared second address',
      [
        { email: 'a@x\tinfo@x', name: 'anna' },
        { email: 'b@x\tinfo@x', name: 'mario' },
      ],
      ['0', '1'],
    ],
    [
      'a shared mailbox is nobody',
      [
        { email: 'info@x', ...mario, phone: '1' },
        { email: 'info@x', name: 'anna' },
        { email: 'm@x', ...mario, phone: '1' },
      ],
      ['0 1', '2'],
    ],
    ['a name alone', [{ name: 'mario rossi' }, { name: 'mario rossi', email: 'a@x' }], ['0', '1']],
  ])('%s', (_, rows, groups) => expect(groupsOf(rows)).toEqual(groups));

  const some = (...values: string[]) => fc.constantFrom('', '', ...values);
  const row = fc.record({
    email: some('a@x', 'b@x', 'c@x', 'a@x\tb@x'),
    phone: some('1', '2', '1\t2'),
    name: some('mario rossi', 'marco rossi', 'm rossi', 'anna bianchi'),
    company: some('acme', 'beta'),
  });
  const rows = fc.array(row, { maxLength: 9 });

  it('does not depend on the order of the rows', () => {
    const shuffledRows = rows.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(
          list.map((_, i) => i),
          { minLength: list.length },
        ),
      ),
    );
    fc.assert(
      fc.property(shuffledRows, ([list, order]) => {
        expect(groupsOf(list, order)).toEqual(groupsOf(list));
      }),
      { numRuns: 3000 },
    );
  });

  it('puts two addresses under one survivor only where names agree and a number or an address links them', () => {
    fc.assert(
      fc.property(rows, (list) => {
        for (const group of groupsOf(list).map((text) => text.split(' ').map((i) => list[Number(i)]!))) {
          const addresses = new Set(
            group.flatMap((each) => each.email.split('\t')).filter((email) => email !== ''),
          );
          const single = new Set(group.map((each) => each.email).filter((email) => email !== ''));
          if (single.size < 2 || addresses.size < 2) continue;
          const names = group.map((each) => each.name);
          expect(names.some((a) => names.some((b) => namesAgree(a, b) === 'no'))).toBe(false);
          const linked =
            group.some((a) => group.some((b) => a.email !== b.email && a.phone !== '' && b.phone !== '')) ||
            group.some((each) => each.email.includes('\t'));
          expect(linked).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('accounts for every row', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('complete', 'first', 'last' as const), (list, keep) => {
        const keys = keysOf(list);
        const plan = planCleanList(keys, {
          keep: keep as 'first',
          suppressed: (email) => (email === 'c@x' ? 'manual' : undefined),
        });
        const removed = new Set(plan.removed.map((each) => each.row));
        expect(removed.size).toBe(plan.removed.length);
        for (const { row: at, reason, duplicateOf } of plan.removed) {
          if (reason === 'blank') expect(keys.filled[at]).toBe(0);
          else if (reason === 'suppressed') expect(keys.emails[at]).toBe('c@x');
          else expect(removed.has(duplicateOf!)).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
