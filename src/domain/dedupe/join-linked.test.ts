import { describe, expect, it } from 'vitest';
import { planCleanList } from './clean-list.js';

const row = (email: string, name: string, bare = '') => ({ email, name, bare });

function clean(rows: { email: string; name: string; bare: string }[], linked: number[], gone: string[] = []) {
  const keys = {
    emails: rows.map(({ email }) => email),
    phones: rows.map(() => ''),
    names: rows.map(({ name }) => name),
    companies: rows.map(() => ''),
    bare: rows.map(({ bare }) => bare),
    filled: rows.map(() => 2),
  };
  return planCleanList(keys, {
    keep: 'first',
    linked,
    suppressed: (address) => (gone.includes(address) ? 'unsubscribed' : undefined),
  }).removed.map(({ row: at, reason, duplicateOf }) => `${at} ${reason} ${duplicateOf ?? ''}`.trim());
}

describe('rows that linkage holds to be one person', () => {
  it('go with their reason and the row that stays', () => {
    const rows = [row('mario@x.it', 'mario rossi'), row('m@y.it', 'mario rosi'), row('anna@x.it', 'anna')];
    expect(clean(rows, [0, 0, 2])).toEqual(['1 same_person 0']);
  });

  it('keep the reason that a shared address or equal cells give', () => {
    const rows = [row('m@x.it', 'mario'), row('m@x.it', 'mario'), row('', 'x', 'x'), row('', 'x', 'x')];
    expect(clean(rows, [0, 0, 2, 2])).toEqual(['1 same_email 0', '3 identical 2']);
  });

  it('never take a mailbox from the others who share it', () => {
    const rows = [
      row('info@x.it', 'mario rossi'),
      row('info@x.it', 'anna bianchi'),
      row('mario@y.it', 'mario rossi'),
    ];
    expect(clean(rows, [0, 1, 0])).toEqual(['1 same_email 0']);
  });

  it('stand for nobody who must not be written to', () => {
    const rows = [row('m@x.it', 'mario rossi'), row('m@y.it', 'mario rossi')];
    expect(clean(rows, [0, 0], ['m@x.it'])).toEqual(['0 suppressed']);
  });
});
