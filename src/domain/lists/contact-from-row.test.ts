import { describe, expect, it } from 'vitest';
import { contact } from '../contacts/contact.js';
import { birthdayOf } from './birthday.js';
import { countryCode, languageCode } from './code-of-name.js';
import { contactFromRow, type RowContact } from './contact-from-row.js';
import { listDates } from './list-date.js';
import { layoutOf } from './list-layout.js';
import { Row } from './row.js';

function read(row: Record<string, string>, country = 'IT') {
  const header = Object.keys(row);
  const cells = Object.values(row);
  const { slots, trusted } = layoutOf(header, [cells], {});
  return contactFromRow(new Row(cells, slots), {
    header,
    country,
    trusted,
    source: { channel: 'import' },
    dates: listDates(undefined, 'Europe/Rome'),
  });
}

describe('a contact from a row', () => {
  it('puts what it knows into a contact, and keeps the rest apart', () => {
    const result = read({
      Nome: 'Mario',
      Cognome: 'Rossi',
      Email: 'Mario@Example.it',
      'Email 2': 'mario@',
      Cellulare: '347 5550142',
      Azienda: 'ACME srl',
      'Via (uff.)': 'Via Roma 1',
      'Città (uff.)': 'Milano',
      'Paese (uff.)': 'Italia',
      Lingua: 'Italiano',
      Compleanno: '03/04/1970',
      Categorie: 'Fiera;VIP',
      Codice: '00184',
      Colore: 'rosso',
      Note: 'cliente',
      Consenso: 'sì',
      Disiscritto: 'sì',
    }) as RowContact;
    expect(result.contact).toEqual({
      name: 'Mario Rossi',
      given_name: 'Mario',
      family_name: 'Rossi',
      emails: ['Mario@Example.it', { address: 'mario@', invalid: true }],
      phones: [{ number: '347 5550142', label: 'mobile' }],
      addresses: [{ label: 'work', street: 'Via Roma 1', locality: 'Milano', country: 'IT' }],
      language: 'it',
      tags: ['Fiera', 'VIP'],
      source: { channel: 'import' },
      identifiers: { codice: '00184' },
      custom: { Colore: 'rosso', Consenso: 'sì', Compleanno: '03/04/1970' },
    });
    expect(contact.safeParse(result.contact).success).toBe(true);
    expect(result).toMatchObject({
      company: 'ACME srl',
      note: 'cliente',
      key: 'email:mario@example.it',
      optOut: { reason: 'unsubscribed' },
    });
    expect(result.problems).toHaveLength(2);
  });

  it('refuses a row without name and address', () => {
    expect(read({ Nome: '', Cognome: '', Telefono: '02 1234567' })).toHaveProperty('refused');
  });

  it('derives the key from the number where there is no address, else from the row', () => {
    expect(read({ Nome: 'Mario', Cognome: 'Rossi', Telefono: '02 1234567' })).toMatchObject({
      key: 'phone:+39021234567|mario rossi',
    });
    expect(read({ Nome: 'Mario', Cognome: 'Rossi' })).toMatchObject({ key: 'row:mario|rossi' });
  });
});

describe('values of a row', () => {
  it.each([
    ['it', 'it'],
    ['it_IT', 'it-IT'],
    ['Italiano', 'it'],
    ['ital.', 'it'],
    ['ITA', 'it'],
    ['German', 'de'],
    ['tedesco', 'de'],
    ['Deutsch', 'de'],
    ['zz', undefined],
    ['klingonese', undefined],
  ])('language %s is %s', (written, tag) => expect(languageCode(written)).toBe(tag));

  it.each([
    ['Italia', 'IT'],
    ['ITALY', 'IT'],
    ['Österreich', 'AT'],
    ['UK', 'GB'],
    ['U.S.A.', 'US'],
    ['Olanda', 'NL'],
    ['de', 'DE'],
    ['ITA', 'IT'],
    ['Paperopoli', undefined],
  ])('country %s is %s', (written, code) => expect(countryCode(written)).toBe(code));

  it.each([
    ['1970-04-03', '1970-04-03'],
    ['3.4.1970', '1970-04-03'],
    ['23/04/1970', '1970-04-23'],
    ['04/23/1970', '1970-04-23'],
    ['4/4/1970', '1970-04-04'],
    ['--04-15', '--04-15'],
    ['03/04/1970', undefined],
    ['0/0/00', undefined],
    ['1970-02-30', undefined],
  ])('birthday %s is %s', (written, date) => expect(birthdayOf(written)).toBe(date));

  it.each([
    ['田中 美咲', '美咲', '田中', '田中 美咲'],
    ['田中美咲', '美咲', '田中', '田中美咲'],
    ['Dr. Ann B. Lee', 'Ann', 'Lee', 'Dr. Ann B. Lee'],
    ['Rossi, Mario', 'Mario', 'Rossi', 'Mario Rossi'],
    ['ACME srl', 'Mario', 'Rossi', 'Mario Rossi'],
  ])('%s, %s, %s is called %s', (Name, given, family, name) => {
    const row = read({ Name, 'First Name': given, 'Last Name': family, Email: 'a@x.example' }) as RowContact;
    expect(row.contact.name).toBe(name);
  });

  it('tells of a number that has no digits, and keeps it as written', () => {
    const { contact, problems } = read({ Name: 'Ada Blu', Phone: 'homephone' }) as RowContact;
    expect(contact.phones).toEqual(['homephone']);
    expect(problems).toEqual(['the phone number "homephone" has no digits']);
  });

  it('keeps what a contact has one of, and the row two', () => {
    const { contact, company } = read({
      Name: 'ACME info',
      'First Name': 'Ada',
      'Last Name': 'Blu',
      'Organization 1 - Name': 'ACME',
      'Organization 2 - Name': 'Other',
      'Organization 3 - Name': 'acme',
      'Job Title': 'Boss',
      Profession: 'Engineer',
    }) as RowContact;
    expect([contact.name, company, contact.title]).toEqual(['Ada Blu', 'ACME', 'Boss']);
    expect(contact.custom).toEqual({
      Name: 'ACME info',
      'Organization 2 - Name': 'Other',
      Profession: 'Engineer',
    });
  });
});
