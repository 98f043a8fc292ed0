import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks } from './find-links.js';
import { type Party, partyOf } from './party.js';

/** A record, whose id is its name padded, of firms that belong to none. */
function party(kind: Party['kind'], name: string, data: object = {}, phones: string[] = []): Party {
  const id = idOf(name);
  const row = {
    id,
    ref: `${name.toLowerCase().replace(/ /g, '-')}-${id}`,
    kind,
    name,
    data: { ...data },
    phones,
  };
  return partyOf(
    row,
    (one) => one,
    (one) => one,
    'IT',
  );
}
const idOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-hjkmnp-tv-z0-9]/g, '')
    .padEnd(10, '0')
    .slice(0, 10);
const person = (name: string, data: object = {}, phones?: string[]) => party('contact', name, data, phones);
const firm = (name: string, data: object = {}, phones?: string[]) => party('company', name, data, phones);
const at = (name: string) => ({ company: `x-${idOf(name)}` });
const emails = (...addresses: (string | object)[]) => ({ emails: addresses });

const found = (parties: Party[], isApart = (_a: string, _b: string) => false) =>
  findLinks(parties, isApart).map(({ kind, strength, members }) => [
    kind,
    strength,
    ...members.map(({ name }) => name),
  ]);

describe('people belong to firms that nobody linked them to', () => {
  it('by the domain of their mail, also a name below it; a provider is none', () => {
    const acme = firm('Acme', { domains: ['https://www.acme.example', 'gmail.com'] });
    const links = findLinks(
      [
        acme,
        person('Mario Rossi', emails('mario@mail.acme.example')),
        person('Gina Neri', emails('gina@gmail.com')),
        person('Anna Bianchi', { ...emails('anna@acme.example'), ...at('Acme') }),
        person('Ugo Verdi', { ...emails('ugo@acme.example'), positions: [at('Acme')] }),
      ],
      () => false,
    );
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({
      kind: 'mail_domain',
      strength: 0.95,
      suggestion: `itaca contact set ${idOf('Mario Rossi')} company=${idOf('Acme')}`,
    });
  });

  it('by the domain of colleagues; where that of one is that of many strangers, it says nothing', () => {
    const colleagues = ['Ada Uno', 'Bea Due'].map((name) =>
      person(name, { ...emails(`${idOf(name)}@acme.example`), ...at('Acme') }),
    );
    const mario = person('Mario Rossi', emails('mario@acme.example'));
    expect(found([firm('Acme'), ...colleagues, mario])).toEqual([
      ['mail_domain', 0.8, 'Mario Rossi', 'Acme'],
    ]);
    const [ada] = colleagues as [Party];
    expect(found([firm('Acme'), ada, mario])).toEqual([['mail_domain', 0.5, 'Mario Rossi', 'Acme']]);
    const gina = person('Gina Neri', emails('gina@acme.example'));
    expect(found([firm('Acme'), ada, mario, gina])).toEqual([
      ['mail_domain', 0.5, 'Mario Rossi', 'Gina Neri'],
    ]);
  });

  it('by a telephone number or an address; both say more than one', () => {
    const place = { addresses: [{ street: 'Via Roma 1', locality: 'Milano', postal_code: '20100' }] };
    const written = { addresses: [{ street: 'via roma, 1', postal_code: '20100' }] };
    const acme = firm('Acme', place, ['+39025550']);
    const links = findLinks([acme, person('Mario Rossi', written, ['+39025550'])], () => false);
    expect(links).toMatchObject([{ kind: 'phone', strength: 0.85 }]);
    expect(links[0]?.evidence.map(({ what }) => what)).toEqual([
      'phones +39025550',
      'addresses v roma 1, 20100',
    ]);
    // A namesake at the firm is most likely the same person.
    const same = person('Mario Rossi', at('Acme'), ['+39025550']);
    const other = { ...person('Rossi Mario', {}, ['+39025550']), id: 'rossi00000' };
    expect(findLinks([acme, same, other], () => false)[0]?.suggestion).toBe(
      `itaca contact merge ${same.id} rossi00000`,
    );
  });

  it('are told at once where a crowd shares a number', () => {
    const crowd = Array.from({ length: 50 }, (_, i) => person(`Somebody ${i}`, {}, ['+39025550']));
    const links = findLinks([firm('Acme', {}, ['+39025550']), ...crowd], () => false);
    expect(links).toHaveLength(1);
    expect(links[0]?.members).toHaveLength(51);
    const alone = findLinks(crowd, () => false);
    expect(alone).toHaveLength(1);
    expect(alone[0]?.strength).toBeLessThan(0.05);
  });
});

describe('somebody moved', () => {
  const firms = [firm('Acme', { domains: ['acme.example'] }), firm('Bassi', { domains: ['bassi.example'] })];

  it('whose mail goes to another firm, the more so where the old address bounced', () => {
    const mario = (...addresses: (string | object)[]) =>
      person('Mario Rossi', { ...emails(...addresses), ...at('Acme') });
    const gone = { address: 'm@acme.example', invalid: true };
    expect(found([...firms, mario('m@bassi.example')])).toEqual([['moved', 0.6, 'Mario Rossi', 'Bassi']]);
    expect(found([...firms, mario('m@bassi.example', gone)])).toEqual([
      ['moved', 0.9, 'Mario Rossi', 'Bassi'],
    ]);
    expect(found([...firms, mario('m@bassi.example', 'm@acme.example')])).toEqual([
      ['two_firms', 0.5, 'Mario Rossi', 'Bassi'],
    ]);
  });

  it('who is on file at both by one name, and one number or identifier', () => {
    const before = person('Mario Rossi', { ...at('Acme'), source: { at: '2024-01-01' } }, ['+39333']);
    const now = {
      ...person('Rossi, Mario', { ...at('Bassi'), source: { at: '2026-01-01' } }, ['+39333']),
      id: 'mar1000000',
    };
    const links = findLinks([...firms, before, now], () => false);
    expect(links).toMatchObject([
      { kind: 'moved', strength: 0.9, suggestion: `itaca contact merge mar1000000 ${before.id}` },
    ]);
    expect(findLinks([...firms, before, now], () => true)).toEqual([]);
    const namesake = { ...person('Mario Rossi', at('Bassi')), id: 'mar2000000' };
    expect(findLinks([...firms, person('Mario Rossi', at('Acme')), namesake], () => false)).toEqual([]);
  });

  it('whose mail comes back at the one, and arrives at the other', () => {
    const gone = { address: 'mario@acme.example', invalid: true };
    const before = person('Mario Rossi', { ...at('Acme'), ...emails(gone) });
    const now = {
      ...person('Mario Rossi', { ...at('Bassi'), ...emails('mr@bassi.example') }),
      id: 'mar1000000',
    };
    expect(found([...firms, before, now])).toEqual([['moved', 0.6, 'Mario Rossi', 'Mario Rossi']]);
  });
});

describe('firms', () => {
  it('are one by their VAT number, and near by their domain', () => {
    const [one, two] = [
      firm('Acme', { vat: 'IT07643520567' }),
      firm('Other', { vat: '0764 3520 567' }),
    ] as const;
    expect(findLinks([one, two], () => false)).toMatchObject([
      { kind: 'vat', suggestion: `itaca company merge ${one.id} ${two.id}` },
    ]);
    const domains = { domains: ['acme.example'] };
    expect(found([firm('Acme', domains), firm('Shop', domains)])).toEqual([['domain', 0.8, 'Acme', 'Shop']]);
    expect(found([firm('Acme', domains), { ...firm('Shop', domains), house: idOf('Acme') }])).toEqual([]);
  });
});

it('whatever the records, tells each group once, of records that are not linked, with a command', () => {
  const name = fc.constantFrom('Mario Rossi', 'Anna Bianchi', 'Ugo Verdi');
  const value = fc.constantFrom('a', 'b');
  const one = fc.record({
    isFirm: fc.boolean(),
    name,
    company: fc.option(fc.nat(9)),
    host: fc.option(value),
    phone: fc.option(value),
    invalid: fc.boolean(),
  });
  const ids = (index: number) => `k${index}`.padEnd(10, '0');
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (all) => {
      const firms = new Set(all.flatMap(({ isFirm }, index) => (isFirm ? [index] : [])));
      const parties = all.map(({ isFirm, name, company, host, phone, invalid }, index) =>
        partyOf(
          {
            id: ids(index),
            ref: `x-${ids(index)}`,
            kind: isFirm ? 'company' : 'contact',
            name,
            phones: phone ? [phone] : [],
            data: {
              ...(company !== null && firms.has(company) ? { company: `x-${ids(company)}` } : {}),
              ...(host
                ? { domains: [`${host}.example`], emails: [{ address: `x@${host}.example`, invalid }] }
                : {}),
            },
          },
          (id) => id,
          (id) => id,
          'IT',
        ),
      );
      const links = findLinks(parties, () => false);
      const groups = links.map(({ members }) =>
        members
          .map(({ id }) => id)
          .sort()
          .join(),
      );
      expect(new Set(groups).size).toBe(groups.length);
      for (const { members, strength, evidence, suggestion } of links) {
        expect(new Set(members).size).toBeGreaterThan(1);
        expect(new Set(members.map(({ house, id }) => house ?? id)).size).toBeGreaterThan(1);
        expect(strength).toBeGreaterThan(0);
        expect(strength).toBeLessThanOrEqual(1);
        expect(evidence.length).toBeGreaterThan(0);
        expect(suggestion).toMatch(/^itaca (?:contact|company|dedupe) /);
      }
    }),
  );
});
